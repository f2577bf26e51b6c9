// Coming in with a real browser: with a passkey, by mail without a script, on a small screen, in the dark.

import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInTokenFor } from '../../src/flows/access/request-sign-in.ts';
import { type AccessApp, accessApp, mailedLink, signedIn } from '../support/access-app.ts';
import { complaintsOf, hasBrowser, launchBrowser, virtualAuthenticator } from '../support/browser.ts';

/** Milliseconds for a browser that looks at every element of many pages, on a busy machine. */
const PATIENCE = 240_000;

describe.skipIf(!hasBrowser)('in a browser', () => {
  let app: AccessApp;
  let browser: Browser;

  beforeAll(async () => {
    const address = new URL('https://issuer.example');
    const issuer = {
      key: 'google',
      name: 'Google',
      address,
      clientId: 'id',
      clientSecret: 'secret',
    } as const;
    app = await accessApp({ issuers: [issuer] });
    await signedIn(app);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ timezoneId: 'Europe/Lisbon', ...options });
    return context.newPage();
  }

  async function signInByLink(page: Page, to = '/account'): Promise<void> {
    const token = await signInTokenFor({ email: 'ana@example.com', destination: to }, app.world);
    await page.goto(`${app.url}/sign-in/confirm/${token}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(app.url + to);
  }

  it('a passkey is added, signs in without a name, and is refused when its owner is not verified', async () => {
    const page = await newPage();
    const complaints = complaintsOf(page);
    const { cdp, authenticator } = await virtualAuthenticator(page);
    await signInByLink(page);
    await page.getByLabel('Name of a new passkey').fill('Key of the test');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('From now on you can sign in with this passkey.').waitFor();
    expect(await page.getByText('Key of the test', { exact: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await page.getByText('You are signed out.').waitFor();
    await page.goto(`${app.url}/sign-in?to=/account`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(`${app.url}/account`);
    expect(await page.getByText('ana@example.com').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);

    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
    await page.getByText('You are signed out.').waitFor();
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: false });
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('alert').filter({ hasText: 'try again' }).waitFor();
    await page.goto(`${app.url}/account`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  it('a device that has a passkey already says so', async () => {
    const page = await newPage();
    await virtualAuthenticator(page);
    await signInByLink(page);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('From now on you can sign in with this passkey.').waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('This device has a passkey for you already.').waitFor();
  });

  it('everything but passkeys works without a script', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto(`${app.url}/sign-in?to=/account`);
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible()).toBe(false);
    await page.getByLabel('E-mail address').fill('nobody');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    expect(await page.getByText('Something is to be put right').isVisible()).toBe(true);
    await page.getByLabel('E-mail address').fill('plain@example.com');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    expect(await page.getByText('We wrote to plain@example.com.').isVisible()).toBe(true);
    await page.goto(app.url + mailedLink(app, 'plain@example.com'));
    await page.getByLabel('Name').fill('Plain');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('');
    await page.getByLabel('Time zone').fill('Europe/Paris');
    await page.getByRole('button', { name: 'Begin' }).click();
    expect(new URL(page.url()).pathname).toBe('/account');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Paris');
  });

  it('the zone of the browser is written into the empty field', async () => {
    const page = await newPage();
    await page.goto(
      `${app.url}/sign-in/confirm/${await signInTokenFor({ email: 'zone@example.com' }, app.world)}`,
    );
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Lisbon');
  });

  it('a refused form is shown again without a new page, and takes the reader to what is wrong', async () => {
    const page = await newPage();
    await signInByLink(page);
    await page.evaluate('window.isSamePage = true');
    await page.getByLabel('Name', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Something is to be put right').waitFor();
    expect(await page.evaluate('window.isSamePage')).toBe(true);
    expect(await page.evaluate('document.activeElement.className')).toBe('problems');
    expect(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('link', { name: 'Name is empty: write a name.' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('name');
    expect(await page.title()).toBe('Put right: your account – Turnabout');
  });

  it('what cannot be undone is asked about, and a new token is not shown again by going back', async () => {
    const page = await newPage();
    await signInByLink(page);
    await page.getByText('Make a token').click();
    await page.getByLabel('What the token is for').fill('Dashboard');
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.locator('.secret').waitFor();
    page.once('dialog', (dialog) => dialog.dismiss());
    await page.getByRole('button', { name: 'Revoke' }).click();
    expect(await page.getByRole('button', { name: 'Revoke' }).count()).toBe(1);
    await page.goto(`${app.url}/sign-in/sent`);
    await page.goBack();
    expect(await page.locator('.secret').count()).toBe(0);
    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('The token is revoked.').waitFor();
  });

  // Widths matter for what fits and colours for what can be read: each of them once.
  describe.each([
    [360, 'light'],
    [1200, 'dark'],
  ] as const)('%i pixels wide, %s', (width, colorScheme) => {
    const options = { viewport: { width, height: 800 }, colorScheme };

    async function pages(page: Page): Promise<readonly (readonly [string, () => Promise<unknown>])[]> {
      const token = await signInTokenFor({ email: `${width}-${colorScheme}@example.com` }, app.world);
      return [
        ['sign-in', () => page.goto(`${app.url}/sign-in`)],
        [
          'refused',
          () =>
            page
              .getByRole('button', { name: 'Send me a link' })
              .click()
              .then(() => page.locator('.problems').waitFor()),
        ],
        ['sent', () => page.goto(`${app.url}/sign-in/sent`)],
        ['new', () => page.goto(`${app.url}/sign-in/confirm/${token}`)],
        ['gone', () => page.goto(`${app.url}/sign-in/confirm/none`)],
        ['account', () => signInByLink(page).then(() => page.getByText('Make a token').click())],
        ['problem', () => page.goto(`${app.url}/nowhere`)],
      ];
    }

    it(
      'every page fits, and axe finds nothing',
      async () => {
        const page = await newPage(options);
        for (const [name, open] of await pages(page)) {
          await open();
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('datalist').analyze();
          expect(
            violations.map(({ id, nodes }) => [name, id, nodes[0]?.html]),
            name,
          ).toEqual([]);
          const overflow = await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          );
          expect(overflow, `${name} is too wide`).toBe(0);
        }
      },
      PATIENCE,
    );
  });
});

describe.skipIf(!hasBrowser)(
  'a browser that does not say where a request comes from, since there is no https',
  () => {
    it('signs in by mail all the same', async () => {
      const browser = await launchBrowser(['--host-resolver-rules=MAP turnabout.test 127.0.0.1']);
      const at = (port: number) => new URL(`http://turnabout.test:${port}`);
      const app = await accessApp({ settings: (port) => ({ publicUrl: at(port) }) });
      const page = await browser.newPage({ javaScriptEnabled: false });
      await page.goto(app.world.links.page('/sign-in'));
      await page.getByLabel('E-mail address').fill('plain@example.com');
      await page.getByRole('button', { name: 'Send me a link' }).click();
      expect(await page.getByText('We wrote to plain@example.com.').isVisible()).toBe(true);
      await browser.close();
      await app.stop();
    });
  },
);
