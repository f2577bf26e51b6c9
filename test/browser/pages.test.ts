// Every page in a browser: it fits a phone and a desk, in light and in the dark, axe finds nothing, and the keyboard is enough.

import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitePartner } from '../../src/flows/partnership/invite-partner.ts';
import { sendInvitation } from '../../src/flows/run/send-invitation.ts';
import { agreedPair, newPair, type Pair, pathOf, type Web, web } from '../adapters/http/pages/web.ts';
import { occurrencesOf } from '../support/agreed.ts';
import { complaintsOf, hasBrowser, launchBrowser } from '../support/browser.ts';
import { at } from '../support/builders.ts';
import { redrafted } from '../support/service-world.ts';

/** Milliseconds for a browser that looks at every element of many pages, on a busy machine. */
const PATIENCE = 240_000;

/** A name that no line may end in. */
const UNBREAKABLE = 'Wolfeschlegelsteinhausenbergerdorffvonderheide';

describe.skipIf(!hasBrowser)('in a browser', () => {
  let of: Web;
  let browser: Browser;
  let pair: Pair;
  let paths: Readonly<Record<string, string>>;

  beforeAll(async () => {
    of = await web();
    browser = await launchBrowser();
    pair = await agreedPair(of);
    await of.world.database.people.change(pair.ben, { name: UNBREAKABLE });
    const began = await newPair(of);
    await of.world.wait(at('2027-01-13T09:00:00Z'));
    await redrafted(of.world, { id: pair.id, by: pair.ben }, (terms) => ({
      ...terms,
      checkIn: { ...terms.checkIn, minutes: 45 },
    }));
    await addAna(began);
    const next = (await occurrencesOf(of.world, pair.id)).find(({ item }) => item.start > of.world.now)!;
    await sendInvitation({ uid: next.item.uid, to: pair.ana }, of.world).catch(() => undefined);
    const answer = of.world.mails.findLast(({ text }) => text.includes('/answer/'))!;
    const one = pathOf(pair, next);
    paths = {
      home: '/',
      new: '/partnerships/new',
      partnership: pair.path,
      'first steps': began.path,
      'check-in': one,
      proposal: `${one}/proposal?at=2027-01-19T08:00`,
      agreement: `${pair.path}/agreement`,
      draft: `${pair.path}/agreement/edit`,
      preview: `${pair.path}/agreement/preview`,
      version: `${pair.path}/agreement/1`,
      ledger: `${pair.path}/ledger`,
      record: `${pair.path}/record`,
      calendars: '/calendars',
      'other side': `/calendars/seen-by/${pair.id}`,
      feeds: '/feeds',
      data: '/account/data',
      answer: /\/answer\/\S+/.exec(answer.text)![0],
      join: await joinLink(),
      outbox: '/outbox',
    };
  }, PATIENCE);

  afterAll(async () => {
    await browser?.close();
    await of?.stop();
  });

  async function joinLink(): Promise<string> {
    const { id, ben } = await newPair(of);
    await invitePartner(await of.world.partner(ben, id, 'write'), 'chiara@example.com', of.world);
    await of.world.settle();
    return /\/join\/\S+/.exec(of.world.mails.at(-1)!.text)![0];
  }

  /** So that one session sees both partnerships. */
  async function addAna({ id }: Pair): Promise<void> {
    await of.world.database.partnerships.join(id, pair.ana, of.world.now);
  }

  async function pageOf(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'turnabout', value: await of.sessionOf(pair.ana), url: of.url }]);
    return context.newPage();
  }

  async function look(page: Page, name: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('datalist').analyze();
    expect(
      violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      name,
    ).toEqual([]);
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow, `${name} is too wide`).toBe(0);
  }

  // Widths matter for what fits and colours for what can be read: each of them once.
  it.each([
    [360, 'light'],
    [1200, 'dark'],
  ] as const)(
    'every page fits %i pixels, %s, and axe finds nothing',
    async (width, colorScheme) => {
      const page = await pageOf({ viewport: { width, height: 800 }, colorScheme });
      const complaints = complaintsOf(page);
      for (const [name, path] of Object.entries(paths)) {
        const answer = await page.goto(of.url + path);
        expect([name, answer?.status()]).toEqual([name, 200]);
        await look(page, name);
      }
      await page.goto(of.url + paths.draft!);
      await page.getByLabel('Name', { exact: true }).fill('');
      await page.getByRole('button', { name: 'Save the draft' }).click();
      await page.locator('.problems').waitFor();
      await look(page, 'refused draft');
      await page.context().clearCookies();
      await page.goto(of.url);
      await look(page, 'welcome');
      expect(complaints.filter((each) => !/422/.test(each))).toEqual([]);
    },
    PATIENCE,
  );

  it('on a phone the name of the service and the way out stand above the places to go', async () => {
    const page = await pageOf({ viewport: { width: 390, height: 844 } });
    await page.goto(`${of.url}${pair.path}/agreement`);
    const topOf = async (selector: string) => (await page.locator(selector).first().boundingBox())!.y;
    expect(Math.abs((await topOf('.brand')) - (await topOf('.top form')))).toBeLessThan(12);
    expect(await topOf('.top li')).toBeGreaterThan((await topOf('.brand')) + 20);
  });

  it('an answer is given, and a table scrolled, by the keyboard alone', async () => {
    const page = await pageOf({ viewport: { width: 360, height: 740 } });
    await page.goto(of.url + pair.path);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    const tabTo = async (isThere: string) => {
      for (let i = 0; i < 60 && !(await page.evaluate(isThere)); i++) await page.keyboard.press('Tab');
      expect(await page.evaluate(isThere)).toBe(true);
    };
    await tabTo("document.activeElement.matches('.scroll')");
    await page.goto(of.url + pair.path);
    await tabTo("document.activeElement.value === 'accepted'");
    await page.keyboard.press('Enter');
    await page.getByText('You accepted.').first().waitFor();
  });

  it('the HTML of a mail stays in its sandbox', async () => {
    const page = await pageOf({});
    await page.goto(`${of.url}/outbox`);
    await page.locator('details.mail summary').first().click();
    await page.getByRole('link', { name: 'See it as HTML' }).first().click();
    await page.locator('h1').waitFor();
    expect(await page.evaluate('self.origin')).toBe('null');
  });
});
