// What people write is text on every page, whatever it looks like.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Terms } from '../../../../src/domain/agreement/terms.ts';
import { connectCalendar } from '../../../../src/flows/calendars/connect-calendar.ts';
import { runPartnership } from '../../../../src/flows/run/run-partnership.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import type { Client } from '../../../support/client.ts';
import { founded, redrafted, signedByAll, signedIn } from '../../../support/service-world.ts';
import { newPerson, type Web, web } from './web.ts';

const EVIL = `<script>alert("x")</script>'&amp;`;
const ESCAPED = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;amp;';

let of: Web;
let browser: Client;
let paths: readonly string[];

beforeAll(async () => {
  of = await web();
  const ana = await newPerson(of, 'Ana Duarte', 'America/Los_Angeles');
  const evil = await newPerson(of, 'Ben Okafor', 'Europe/Berlin');
  await of.world.database.people.change(evil, { name: EVIL });
  const id = await founded(of.world, [ana, evil]);
  const named = (terms: Terms) => ({ ...terms, name: EVIL });
  await redrafted(of.world, { id, by: ana }, named);
  await signedByAll(of.world, id, [ana, evil]);
  await runPartnership(id, of.world);
  const [first, second] = await occurrencesOf(of.world, id);
  await of.world.database.occurrences.unsent(first!.item.uid, evil, `550 ${EVIL}`);
  await redrafted(of.world, { id, by: evil }, (terms) => ({
    ...terms,
    checkIn: { ...terms.checkIn, minutes: 45 },
  }));
  await connectCalendar(
    signedIn(of.world, ana, 'write'),
    { name: EVIL, address: 'https://example.com/none.ics' },
    of.world,
  );
  await of.world.settle();
  browser = await of.as(ana);
  const path = `/partnerships/${id}`;
  const one = (uid: string) => `${path}/occurrences/${encodeURIComponent(uid)}`;
  await (await of.as(evil)).post(`${one(second!.item.uid)}/proposal`, { start: '2027-01-12T16:00:00Z' });
  paths = [
    ...[
      '/',
      path,
      one(first!.item.uid),
      one(second!.item.uid),
      `${one(first!.item.uid)}/proposal?at=2027-01-05T08:00`,
    ],
    ...[
      `${path}/agreement`,
      `${path}/agreement/edit`,
      `${path}/agreement/preview`,
      `${path}/ledger`,
      `${path}/record`,
    ],
    ...['/calendars', `/calendars/seen-by/${id}`, '/feeds', '/outbox'],
  ];
});

afterAll(() => of.stop());

describe('a name with a script in it', () => {
  it('is text on every page that shows it', async () => {
    for (const path of paths) {
      const { text, status } = await browser.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect([path, text.includes(ESCAPED)]).toEqual([path, true]);
      expect([path, text.includes('<script>alert')]).toEqual([path, false]);
      expect(text.match(/<script/g)).toHaveLength(2);
    }
  });

  it('is text where it is given back after a mistake, also with quotes that would end an attribute', async () => {
    const answer = await browser.post('/partnerships/new', {
      name: EVIL,
      anchor: '"><img src=x onerror=alert(1)>',
      stage: 'early',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`value="${ESCAPED}"`);
    expect(answer.text).not.toContain('<img src=x');
  });

  it('is text in an area of lines', async () => {
    const form = await browser.get(paths.find((path) => path.endsWith('/edit'))!);
    const [, area] = /<textarea id="(comfortable-[^"]+)"/.exec(form.text)!;
    const answer = await browser.post(paths.find((path) => path.endsWith('/edit'))!, {
      [area!]: '</textarea><script>alert(1)</script>',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('&lt;/textarea&gt;&lt;script&gt;');
    expect(answer.text.match(/<script/g)).toHaveLength(2);
  });
});
