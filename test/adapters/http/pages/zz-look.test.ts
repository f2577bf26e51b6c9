import { writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { it } from 'vitest';
import { agreed } from '../../../support/agreed.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { at } from '../../../support/builders.ts';
import { founded, redrafted } from '../../../support/service-world.ts';
import { web } from './web.ts';

const say = (...words: unknown[]) => process.stderr.write(`${words.join(' ')}\n`);

it.runIf(process.env.LOOK)(
  'looks',
  async () => {
    const w = await web();
    const { id, ana, ben } = await agreed(w.world, [['Dev Sharma', 'Asia/Kolkata']]);
    await w.world.settle();
    await w.world.wait(at(process.env.UNTIL ?? '2027-02-03T09:00:00Z'));
    await redrafted(w.world, { id, by: ben }, (t) => ({
      ...t,
      checkIn: { ...t.checkIn, minutes: 45 },
      stage: 'growing',
    }));
    const dev = await w.world.person('Emere Ngata', 'Pacific/Auckland');
    const fresh = await founded(w.world, [dev]);
    await w.world.settle();
    const occ = await w.world.database.occurrences.after(id, w.world.now);
    const path = `/partnerships/${id}`;
    const one = `${path}/occurrences/${encodeURIComponent(occ[1]!.item.uid)}`;
    const pagesOf: [string, string, typeof ana][] = [
      ['home', '/', ana],
      ['partnership', path, ana],
      ['occurrence', one, ana],
      ['proposal', `${one}/proposal?at=2027-02-11T17:00`, ana],
      ['agreement', `${path}/agreement`, ana],
      ['edit', `${path}/agreement/edit`, ana],
      ['preview', `${path}/agreement/preview`, ana],
      ['ledger', `${path}/ledger`, ana],
      ['record', `${path}/record`, ana],
      ['calendars', '/calendars', ana],
      ['feeds', '/feeds', ana],
      ['data', '/account/data', ana],
      ['outbox', '/outbox', ana],
      ['new', '/partnerships/new', ana],
      ['fresh', `/partnerships/${fresh}`, dev],
      ['fresh-agreement', `/partnerships/${fresh}/agreement`, dev],
      ['fresh-home', '/', dev],
    ];
    const link = /\/answer\/\S+/.exec(
      w.world.mails.findLast((m) => m.to.email === 'ana@example.com' && m.text.includes('/answer/'))!.text,
    )![0];
    pagesOf.push(['answer', link, ana]);
    const only = process.env.ONLY?.split(',');
    const browser = await launchBrowser();
    for (const scheme of (process.env.SCHEMES ?? 'light,dark').split(',') as ('light' | 'dark')[])
      for (const width of (process.env.WIDTHS ?? '360,1200').split(',').map(Number))
        for (const who of [ana, dev]) {
          const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
          await context.addCookies([{ name: 'turnabout', value: await w.sessionOf(who), url: w.url }]);
          const page = await context.newPage();
          page.on('console', (m) => {
            if (['error', 'warning'].includes(m.type())) say('CONSOLE', m.text());
          });
          for (const [name, where, of] of pagesOf) {
            if (of !== who || (only && !only.includes(name))) continue;
            const answer = await page.goto(w.url + where);
            if (answer?.status() !== 200) say(name, answer?.status());
            writeFileSync(`/tmp/look/${name}.html`, await page.content());
            const wide = await page.evaluate(
              'document.documentElement.scrollWidth > document.documentElement.clientWidth',
            );
            if (wide) say('OVERFLOW', name, width);
            if (!process.env.NOAXE) {
              const axe = await new AxeBuilder({ page }).setLegacyMode().exclude('datalist').analyze();
              for (const v of axe.violations)
                say(
                  'AXE',
                  name,
                  width,
                  scheme,
                  v.id,
                  ...v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 2),
                );
            }
            await page.screenshot({ path: `/tmp/look/${name}-${scheme}-${width}.png`, fullPage: true });
          }
          await context.close();
        }
    await browser.close();
    await w.stop();
  },
  600_000,
);
