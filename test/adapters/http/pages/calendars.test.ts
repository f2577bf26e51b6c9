// One's calendars, when one is away, and what the other side sees of it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarEvent } from '../../../../src/domain/calendar/event.ts';
import { DAY } from '../../../../src/domain/time/duration.ts';
import { type Instant, instantOf, plus } from '../../../../src/domain/time/instant.ts';
import { syncCalendar } from '../../../../src/flows/calendars/sync-calendar.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { at } from '../../../support/builders.ts';
import { clientAt } from '../../../support/client.ts';
import { agreedPair, fieldIn, newPair, newPerson, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

const ADDRESS = 'https://example.com/secret-of-ana.ics';

/** A meeting each day from the fourth of January on. */
function meetings(count: number): CalendarEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const start = plus(at('2027-01-04T09:00:00Z'), i * DAY);
    return {
      uid: `meeting-${i}`,
      start,
      end: plus(start, DAY / 24),
      status: 'confirmed',
      transp: 'opaque',
    } as unknown as CalendarEvent;
  });
}

async function somebody() {
  const ana = await newPerson(of, 'Ana Duarte', 'America/Los_Angeles');
  return { ana, browser: await of.as(ana) };
}

async function connected(count: number) {
  const { ana, browser } = await somebody();
  const address = `https://example.com/${ana}.ics`;
  of.world.calendars.set(address, meetings(count));
  await browser.post('/calendars', { name: 'Work', address });
  await of.world.settle();
  const [calendar] = await of.world.database.calendars.of(ana);
  return { ana, browser, address, calendar: calendar! };
}

async function lookAgain(calendar: string, now: Instant): Promise<void> {
  of.world.now = now;
  await syncCalendar({ calendar }, of.world);
}

describe('a calendar', () => {
  it('is connected by its address, which is never shown again', async () => {
    const { browser } = await somebody();
    of.world.calendars.set(ADDRESS, meetings(3));
    const answer = await browser.post('/calendars', { name: 'Work', address: ADDRESS });
    expect([answer.status, answer.location]).toEqual([303, '/calendars']);
    const fresh = await browser.get('/calendars');
    expect(wordsOf(fresh)).toContain('Work not read yet example.com Never read. It is read within a minute.');
    await of.world.settle();
    const page = await browser.get('/calendars');
    expect(wordsOf(page)).toContain(
      'Work up to date example.com Last read Fri 1 Jan, 01:00 America/Los_Angeles .',
    );
    for (const { text } of [answer, fresh, page]) expect(text).not.toContain('secret-of-ana');
  });

  it('with a wrong name or address is refused at its field, and only the name is worth keeping', async () => {
    const { browser } = await somebody();
    const answer = await browser.post('/calendars', { name: '', address: 'ftp://example.com/a.ics' });
    expect([answer.status, fieldIn(answer, 'calendar-name').problem]).toEqual([
      422,
      'Name is empty: write a name.',
    ]);
    const other = await browser.post('/calendars', { name: 'Work', address: 'ftp://example.com/a.ics' });
    expect(fieldIn(other, 'calendar-address').problem).toContain('Address is no address');
    expect(fieldIn(other, 'calendar-name').value).toBe('Work');
    expect(other.text).toContain('<a href="#calendar-address">');
  });

  it('that cannot be read says what is wrong and what to do, and is looked at when its owner wants it', async () => {
    const { browser, address, calendar } = await connected(3);
    of.world.calendars.delete(address);
    const before = of.world.now;
    await lookAgain(calendar.id, plus(before, 2 * DAY));
    expect(wordsOf(await browser.get('/calendars'))).toContain(
      'Work more than a day old example.com Last read Fri 1 Jan, 01:00 America/Los_Angeles . What is wrong: there is no such calendar. It still counts.',
    );
    await lookAgain(calendar.id, plus(before, 8 * DAY));
    expect(wordsOf(await browser.get('/calendars'))).toContain(
      'Nothing new is placed until it can be read: look whether the address still holds',
    );
    of.world.now = plus(of.world.now, DAY);
    const asked = await browser.post(`/calendars/${calendar.id}/check`);
    expect(asked.location).toBe('/calendars');
    expect(of.world.jobs.some(({ job }) => job.kind === 'sync' && job.calendar === calendar.id)).toBe(true);
    of.world.now = before;
  });

  it('of which half is gone is believed once its owner says so', async () => {
    const { browser, address, calendar } = await connected(6);
    of.world.calendars.set(address, meetings(1));
    const before = of.world.now;
    await lookAgain(calendar.id, plus(before, DAY));
    expect(wordsOf(await browser.get('/calendars'))).toContain('Work half is gone example.com');
    expect((await browser.post(`/calendars/${calendar.id}/confirmation`)).location).toBe('/calendars');
    expect(wordsOf(await browser.get('/calendars'))).toContain('Believed. What it says now counts.');
    expect(wordsOf(await browser.get('/calendars'))).toContain('Work up to date');
    of.world.now = before;
  });

  it('is disconnected by its owner, and by nobody else', async () => {
    const { browser, calendar } = await connected(3);
    const eve = (await somebody()).browser;
    for (const what of ['disconnect', 'confirmation', 'check'])
      expect((await eve.post(`/calendars/${calendar.id}/${what}`)).status).toBe(404);
    expect((await browser.post(`/calendars/${calendar.id}/disconnect`)).location).toBe('/calendars');
    expect(wordsOf(await browser.get('/calendars'))).toContain('Disconnected. Nothing of it is kept.');
  });
});

describe('days', () => {
  it('off are added and removed', async () => {
    const { browser } = await somebody();
    await browser.post('/days/leaves', { 'leave-from': '2027-02-01', 'leave-to': '2027-02-05' });
    const page = await browser.get('/calendars');
    expect(wordsOf(page)).toContain(
      'Mon 1 Feb 2027 to Fri 5 Feb 2027 Remove Mon 1 Feb 2027 to Fri 5 Feb 2027',
    );
    const [, remove] = /action="(\/days\/[^"]+\/remove)"/.exec(page.text)!;
    await browser.post(remove!);
    expect(wordsOf(await browser.get('/calendars'))).not.toContain('Mon 1 Feb 2027');
    expect((await browser.post(remove!)).status).toBe(404);
  });

  it('off that are none are refused at their field', async () => {
    const { browser } = await somebody();
    const wrong = await browser.post('/days/leaves', { 'leave-from': '1 Feb', 'leave-to': '2027-02-30' });
    expect([wrong.status, fieldIn(wrong, 'leave-from')]).toEqual([
      422,
      { problem: 'First day &quot;1 Feb&quot; is no date: write it as 2027-01-04.', value: '1 Feb' },
    ]);
    expect(fieldIn(wrong, 'leave-to').problem).toBe(
      'Last day 2027-02-30 does not exist: look at the calendar again.',
    );
    const backward = await browser.post('/days/leaves', {
      'leave-from': '2027-02-05',
      'leave-to': '2027-02-01',
    });
    expect(fieldIn(backward, 'leave-to').problem).toBe('Last day is before the first day: exchange the two.');
    expect(fieldIn(backward, 'travel-to').problem).toBeUndefined();
  });

  it('elsewhere are added with their zone, and two at once are refused', async () => {
    const { browser } = await somebody();
    const journey = {
      'travel-from': '2027-02-01',
      'travel-to': '2027-02-05',
      'travel-zone': 'Europe/London',
    };
    await browser.post('/days/travels', journey);
    expect(wordsOf(await browser.get('/calendars'))).toContain(
      'Mon 1 Feb 2027 to Fri 5 Feb 2027 in Europe/London',
    );
    const twice = await browser.post('/days/travels', journey);
    expect([twice.status, wordsOf(twice)]).toEqual([
      409,
      expect.stringContaining('It overlaps another journey: nobody is in two zones on one day.'),
    ]);
    const nowhere = await browser.post('/days/travels', { ...journey, 'travel-zone': 'Londn' });
    expect(fieldIn(nowhere, 'travel-zone').problem).toContain(
      'Time zone there &quot;Londn&quot; is no time zone',
    );
  });

  it('that are public holidays follow a region, which has to exist', async () => {
    const { ana, browser } = await somebody();
    await browser.post('/days/region', { region: 'us-ca' });
    expect((await of.world.database.people.byId(ana))!.region).toBe('US-CA');
    const wrong = await browser.post('/days/region', { region: 'XX' });
    expect([wrong.status, fieldIn(wrong, 'region').value]).toEqual([422, 'XX']);
    expect((await of.world.database.people.byId(ana))!.region).toBe('US-CA');
    await browser.post('/days/region', { region: '' });
    expect((await of.world.database.people.byId(ana))!.region).toBe('none');
  });
});

describe('what the other side sees', () => {
  it('is the very text that a partner gets, without a title and without saying which calendar', async () => {
    const pair = await agreedPair(of);
    const address = `https://example.com/${pair.ana}.ics`;
    of.world.calendars.set(
      address,
      meetings(3).map((event) => ({ ...event, summary: 'Divorce lawyer' })) as never,
    );
    const browser = await of.as(pair.ana);
    await browser.post('/calendars', { name: 'My secret calendar', address });
    await of.world.settle();
    expect((await browser.get('/calendars')).text).toContain(`href="/calendars/seen-by/${pair.id}"`);
    const { text } = await browser.get(`/calendars/seen-by/${pair.id}`);
    const shown = /<pre class="bytes"[^>]*>([\s\S]*?)<\/pre>/.exec(text)![1]!.replaceAll('&quot;', '"');
    const { start, end } = JSON.parse(shown) as { start: string; end: string };
    const bens = clientAt(of.world.links.page('').replace('localhost', '127.0.0.1'));
    bens.cookies.set('turnabout', await of.sessionOf(pair.ben));
    const got = await bens.get(
      `/api/v1/partnerships/${pair.id}/partners/${pair.ana}/free-busy?from=${start}&to=${end}`,
      { accept: 'application/json' },
    );
    expect(got.status).toBe(200);
    expect(shown).toBe(got.text);
    expect(shown).toContain('"2027-01-04T09:00:00Z"');
    for (const secret of ['Divorce', 'My secret calendar', 'meeting-0', 'example.com'])
      expect(shown).not.toContain(secret);
  });

  it('is for partners alone', async () => {
    const pair = await newPair(of);
    const { browser } = await somebody();
    expect((await browser.get(`/calendars/seen-by/${pair.id}`)).status).toBe(404);
  });
});

describe('the clock of the tests', () => {
  it('stands where it stood', () => {
    expect(of.world.now).toBe(instantOf(at('2027-01-01T09:00:00Z')));
  });
});
