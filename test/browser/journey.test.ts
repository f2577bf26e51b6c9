// The whole way of two partners in a browser: from the first link to the first answer and the feed. With a script and without.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Web, web } from '../adapters/http/pages/web.ts';
import { complaintsOf, hasBrowser, launchBrowser } from '../support/browser.ts';

const ANA = { email: 'ana@example.com', name: 'Ana Duarte', zone: 'America/Los_Angeles' } as const;
const BEN = { email: 'ben@example.com', name: 'Ben Okafor', zone: 'Europe/Berlin' } as const;

/** Milliseconds for two browsers on a busy machine. */
const PATIENCE = 180_000;

describe.skipIf(!hasBrowser).each([
  ['with a script', true],
  ['without a script', false],
] as const)('two partners, %s', (_, javaScriptEnabled) => {
  let of: Web;
  let browser: Browser;

  beforeAll(async () => {
    of = await web();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await of?.stop();
  });

  async function pageOf(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled, ...options });
    return context.newPage();
  }

  /** The path of the last link of a kind that was mailed to somebody. */
  async function mailedTo(email: string, kind: 'join' | 'answer' | 'sign-in'): Promise<string> {
    await of.world.settle();
    const link = new RegExp(`/${kind}/\\S+`);
    const mail = of.world.mails.findLast(({ to, text }) => to.email === email && link.test(text));
    return of.url + link.exec(mail!.text)![0];
  }

  async function signIn(page: Page, { email, name, zone }: typeof ANA | typeof BEN): Promise<void> {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText(`We wrote to ${email}.`).waitFor();
    await page.goto(await mailedTo(email, 'sign-in'));
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Time zone').fill(zone);
    await page.getByRole('button', { name: 'Begin' }).click();
  }

  async function sign(page: Page): Promise<void> {
    await page.getByRole('heading', { name: 'Version 1, a draft' }).waitFor();
    await page.getByLabel(/I agree to version/).check();
    await page.getByRole('button', { name: /^Sign version/ }).click();
  }

  it(
    'sign in, found, invite, join, set hours, sign, see the plan, answer a mail, and subscribe',
    async () => {
      const ana = await pageOf({ timezoneId: ANA.zone });
      const ben = await pageOf({ timezoneId: BEN.zone, viewport: { width: 360, height: 740 } });
      const complaints = [complaintsOf(ana), complaintsOf(ben)];

      await ana.goto(of.url);
      await ana.getByRole('link', { name: 'Sign in' }).click();
      await signIn(ana, ANA);
      await ana.getByRole('link', { name: 'Begin a partnership' }).click();
      await ana.getByLabel('Name').fill('Harbour');
      await ana.getByRole('button', { name: 'Begin' }).click();
      await ana.getByText('Three steps to your first check-in').waitFor();
      await ana.getByLabel('E-mail address').fill(BEN.email);
      await ana.getByRole('button', { name: 'Send the invitation' }).click();
      await ana.getByText(`The invitation to ${BEN.email} lies in the outbox.`).waitFor();

      await ben.goto(await mailedTo(BEN.email, 'join'));
      await ben.getByText('Ana Duarte invites you to Harbour').waitFor();
      await ben.getByRole('link', { name: 'Sign in to join' }).click();
      await signIn(ben, BEN);
      await ben.getByRole('button', { name: 'Join as Ben Okafor' }).click();
      await ben.getByText('You have joined.').waitFor();

      await ben.getByRole('link', { name: 'Change the draft' }).click();
      const own = ben.getByRole('region', { name: 'Your hours' });
      await own.getByLabel('Reachable hours').fill('Mon-Fri 9-5');
      await ben.getByRole('button', { name: 'Save the draft' }).click();
      await ben.getByText('Something is to be put right').waitFor();
      expect(await own.getByLabel('Reachable hours').inputValue()).toBe('Mon-Fri 9-5');
      await own.getByLabel('Reachable hours').fill('Mon-Fri 07:00-20:00');
      await ben.getByRole('button', { name: 'Save the draft' }).click();
      await ben.getByText('The draft is saved.').waitFor();
      await sign(ben);
      await ben.getByText('You have signed. It counts when the others have signed as well.').waitFor();

      await ana.reload();
      await ana.getByRole('link', { name: 'Agreement' }).click();
      await ana.getByText('Mon-Fri 07:00-20:00').waitFor();
      await ana.getByRole('link', { name: 'See the plan that it gives' }).click();
      await ana.getByText('The plan under version 1').waitFor();
      await ana.getByRole('link', { name: 'Back to the draft' }).click();
      await sign(ana);
      await ana.getByText('All have signed. The check-ins are planned within a minute.').waitFor();
      await of.world.settle();
      await ana.getByRole('link', { name: 'Check-ins' }).click();
      await ana.getByRole('link', { name: /^Mon 4 Jan, 08:45 to 09:15/ }).click();
      await ana.getByRole('heading', { name: 'Why this time' }).waitFor();

      await ben.context().clearCookies();
      await ben.goto(await mailedTo(BEN.email, 'answer'));
      await ben.getByText('You answer as Ben Okafor').waitFor();
      await ben.getByRole('button', { name: /^Accept/ }).click();
      await ben.getByText('You accepted. You can still change it.').waitFor();

      await ana.getByRole('link', { name: 'Feeds' }).click();
      await ana.getByLabel('Name', { exact: true }).fill('Phone');
      await ana.getByRole('button', { name: 'Make the feed' }).click();
      const address = await ana.locator('.secret').textContent();
      const feed = await of.browser().get(new URL(address!).pathname);
      expect(feed.text.match(/BEGIN:VEVENT/g)).toHaveLength(12);
      expect(feed.text).toContain('PARTSTAT=ACCEPTED');
      expect(complaints.flat().filter((each) => !/422|409/.test(each))).toEqual([]);
    },
    PATIENCE,
  );
});
