// Everything behind one check-in, and what can be done about it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '../../../../src/domain/time/duration.ts';
import { instantOf } from '../../../../src/domain/time/instant.ts';
import { connectCalendar } from '../../../../src/flows/calendars/connect-calendar.ts';
import { addLeave, addTravel } from '../../../../src/flows/calendars/plan-days.ts';
import { runPartnership } from '../../../../src/flows/run/run-partnership.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import { day } from '../../../support/builders.ts';
import { zoneOf } from '../../../support/cast.ts';
import { signedIn } from '../../../support/service-world.ts';
import { agreedPair, fieldIn, type Pair, pathOf, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

/** Ben bears most in the first week, Ana in the second. */
async function weeksOf(pair: Pair) {
  const [first, second] = await occurrencesOf(of.world, pair.id);
  return { first: first!, second: second!, one: pathOf(pair, first!), other: pathOf(pair, second!) };
}

describe('the page of a check-in', () => {
  it('says why it is at this time, what was ruled out, and what would be easier for whom at whose cost', async () => {
    const pair = await agreedPair(of);
    const { other } = await weeksOf(pair);
    const words = wordsOf(await (await of.as(pair.ana)).get(other));
    expect(words).toContain(
      'Why this time It is the easiest time for all together: 5 points, against 9 at Mon 11 Jan 16:00 (Europe/Berlin).',
    );
    expect(words).toContain('It is the check-in of Mon 11 Jan to Sun 17 Jan 2027.');
    expect(words).toMatch(
      /Of 671 quarters of an hour at which it could begin, \d+ were left\. .*Ana Duarte's limit of reachable hours rules out 376 starts\./,
    );
    expect(words).toMatch(
      /What would be easier for one of you For you: .*, 0 points instead of 5\. It would lift Ben Okafor by \d+ points above the most that anybody bears\./,
    );
  });

  it('has the ledger before and after it, and the agenda with minutes that add up', async () => {
    const pair = await agreedPair(of);
    const { other } = await weeksOf(pair);
    const words = wordsOf(await (await of.as(pair.ana)).get(other));
    expect(words).toMatch(/Partner Before Added After .*Ana Duarte 0 5 5/);
    expect(words).toMatch(/Partner Before Added After .*Ben Okafor 5 0 5/);
    const agenda = words.slice(words.indexOf('Agenda'), words.indexOf('Another time'));
    expect(agenda).toContain('Personal check-in 3 min');
    expect([...agenda.matchAll(/(\d+) min/g)].reduce((sum, [, minutes]) => sum + Number(minutes), 0)).toBe(
      30,
    );
  });

  it('names the limit that it has come to break, and has other times on the clock where the reader then is', async () => {
    const pair = await agreedPair(of);
    const { other } = await weeksOf(pair);
    const [ana, ben] = [signedIn(of.world, pair.ana, 'write'), signedIn(of.world, pair.ben, 'write')];
    // While a calendar is unknown, what is announced stays.
    await connectCalendar(ben, { name: 'Work', address: 'https://example.com/gone.ics' }, of.world);
    const days = { from: day('2027-01-09'), to: day('2027-01-18') };
    await addTravel(ana, { ...days, zone: zoneOf('Pacific/Honolulu') }, of.world);
    await of.world.settle();
    const words = wordsOf(await (await of.as(pair.ana)).get(other));
    expect(words).toContain(
      'Why this time It was announced for this time, and stays. Ana Duarte cannot be reached then: it is Mon 11 Jan 05:45 (Pacific/Honolulu).',
    );
    expect(words).toMatch(
      /For (you|Ben Okafor): \S+ \d+ Jan, \d\d:\d\d Pacific\/Honolulu ?, \d+ points instead of/,
    );
  });

  it('that was cancelled, or is over, says so and offers nothing', async () => {
    const pair = await agreedPair(of);
    const { one, other, first } = await weeksOf(pair);
    const mine = signedIn(of.world, pair.ben, 'write');
    await addLeave(mine, { from: day('2027-01-09'), to: day('2027-01-18') }, of.world);
    await runPartnership(pair.id, of.world);
    const browser = await of.as(pair.ana);
    const cancelled = wordsOf(await browser.get(other));
    expect(cancelled).toContain('This check-in was cancelled.');
    expect(cancelled).not.toMatch(/Accept|Propose a time/);
    const before = of.world.now;
    of.world.now = instantOf(first.item.end + HOUR);
    const over = wordsOf(await browser.get(one));
    expect(over).toContain('This check-in is over.');
    expect(over).not.toMatch(/Accept|Propose a time|Host it myself/);
    of.world.now = before;
  });

  it('of nobody is not there', async () => {
    const pair = await agreedPair(of);
    const answer = await (await of.as(pair.ana)).get(`${pair.path}/occurrences/2027-W01-nothing%40turnabout`);
    expect([answer.status, wordsOf(answer)]).toEqual([
      404,
      expect.stringContaining('There is no such check-in.'),
    ]);
  });

  it('of another partnership is not there either', async () => {
    const [pair, others] = [await agreedPair(of), await agreedPair(of)];
    const { first } = await weeksOf(others);
    expect((await (await of.as(pair.ana)).get(pathOf(pair, first))).status).toBe(404);
  });
});

describe('an answer', () => {
  it('is kept and can be changed, from the list and from the page', async () => {
    const pair = await agreedPair(of);
    const { one } = await weeksOf(pair);
    const browser = await of.as(pair.ana);
    const fromList = await browser.post(`${one}/answer`, { answer: 'accepted', from: 'list' });
    expect([fromList.status, fromList.location]).toEqual([303, pair.path]);
    expect(wordsOf(await browser.get(one))).toContain('You accepted. I may come');
    const fromPage = await browser.post(`${one}/answer`, { answer: 'declined' });
    expect(fromPage.location).toBe(one);
    const declined = wordsOf(await browser.get(one));
    expect(declined).toContain(
      'Everybody is asked about another time; until they agree it stays where it is.',
    );
    expect(declined).toContain('You Mon 4 Jan, 08:45 America/Los_Angeles 0 points declined');
  });

  it('that is none is refused', async () => {
    const pair = await agreedPair(of);
    const { one } = await weeksOf(pair);
    expect((await (await of.as(pair.ana)).post(`${one}/answer`, { answer: 'skip' })).status).toBe(422);
  });
});

describe('proposing a time', () => {
  it('shows it on everybody’s clock first, and then asks the others', async () => {
    const pair = await agreedPair(of);
    const { one } = await weeksOf(pair);
    const browser = await of.as(pair.ana);
    expect(fieldIn(await browser.get(one), 'at').value).toBe('2027-01-04T08:45');
    const shown = await browser.get(`${one}/proposal?at=2027-01-06T08%3A00`);
    expect(wordsOf(shown)).toContain(
      'You Wed 6 Jan, 08:00 America/Los_Angeles Ben Okafor Wed 6 Jan, 17:00 Europe/Berlin Ask the others',
    );
    const [, start] = /name="start" value="([^"]+)"/.exec(shown.text)!;
    expect(start).toBe('2027-01-06T16:00:00Z');
    const asked = await browser.post(`${one}/proposal`, { start: start! });
    expect([asked.status, asked.location]).toEqual([303, one]);
    expect(wordsOf(await browser.get(one))).toContain(
      'Asked about it Ana Duarte proposes Wed 6 Jan 08:00 (America/Los_Angeles)',
    );
  });

  it.each([
    ['soon', 'is no date and time: write it as 2027-01-05T17:00'],
    ['2027-01-06T08:00;', 'is no date and time: write it as 2027-01-05T17:00'],
  ])('says that "%s" is none and keeps it', async (at, problem) => {
    const pair = await agreedPair(of);
    const { one } = await weeksOf(pair);
    const answer = await (await of.as(pair.ana)).get(`${one}/proposal?at=${encodeURIComponent(at)}`);
    expect([answer.status, fieldIn(answer, 'at')]).toEqual([
      422,
      { problem: `New time ${problem}.`, value: at },
    ]);
    expect(wordsOf(answer)).not.toContain('Ask the others');
  });

  it.each([
    ['2027-01-06T16:05:00Z', '2027-01-06T08:05', 422, 'New time is not on a quarter of an hour'],
    ['2027-01-13T16:00:00Z', '2027-01-13T08:00', 422, 'New time lies outside the period'],
    ['2027-01-04T16:45:00Z', '2027-01-04T08:45', 409, 'The check-in is at that time already.'],
    ['nonsense', 'nonsense', 422, 'New time is no date and time'],
  ])('of %s is refused with the reason, and nothing is asked', async (start, kept, status, problem) => {
    const pair = await agreedPair(of);
    const { one } = await weeksOf(pair);
    const answer = await (await of.as(pair.ana)).post(`${one}/proposal`, { start });
    expect(answer.status).toBe(status);
    expect(wordsOf(answer)).toContain(problem);
    expect(fieldIn(answer, 'at').value).toBe(kept);
    expect(await of.world.database.questions.of(pair.id)).toEqual([]);
  });
});

describe('turns', () => {
  it('are offered for exchange where the odd hour is one’s own, with the other’s weeks to choose from', async () => {
    const pair = await agreedPair(of);
    const { one, other } = await weeksOf(pair);
    const browser = await of.as(pair.ana);
    expect(wordsOf(await browser.get(one))).not.toContain('Exchange turns');
    const page = await browser.get(other);
    expect(wordsOf(page)).toContain('The odd hour is yours this time.');
    expect(page.text).toContain('<option value="2027-W01" >Mon 4 Jan, 08:45: Ben Okafor</option>');
    const offered = await browser.post(`${other}/swap`, { other: '2027-W01' });
    expect([offered.status, offered.location]).toEqual([303, other]);
    expect(wordsOf(await (await of.as(pair.ben)).get(pair.path))).toContain(
      'Ana Duarte would like to exchange turns: 2027-W02 at Mon 11 Jan 17:45',
    );
  });

  it('that cannot be exchanged say why, on the page from which it was asked', async () => {
    const pair = await agreedPair(of);
    const { other } = await weeksOf(pair);
    const browser = await of.as(pair.ana);
    const answer = await browser.post(`${other}/swap`, { other: '2027-W04' });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer)).toContain(
      "Their turn is nobody else's turn: name a period in which another bears most.",
    );
    const unknown = await browser.post(`${other}/swap`, { other: '1999-W01' });
    expect([unknown.status, wordsOf(unknown)]).toEqual([
      422,
      expect.stringContaining('Their turn 1999-W01 has no check-in that could be moved.'),
    ]);
  });

  it('of others can be taken over', async () => {
    const pair = await agreedPair(of);
    const { one, other } = await weeksOf(pair);
    const browser = await of.as(pair.ana);
    expect(wordsOf(await browser.get(other))).not.toContain('Take the odd hour');
    expect(wordsOf(await browser.get(one))).toContain('Take the odd hour');
    expect((await browser.post(`${one}/volunteer`)).location).toBe(one);
    expect(wordsOf(await browser.get(one))).toContain('Ana Duarte offers to take the odd hour of 2027-W01');
    const more = await browser.post(`${one}/proposal`, { start: '2027-01-05T16:00:00Z' });
    expect([more.status, wordsOf(more)]).toEqual([
      409,
      expect.stringContaining('Something is asked about 2027-W01 already'),
    ]);
  });
});

describe('the host', () => {
  it('may be taken over by whoever is there', async () => {
    const pair = await agreedPair(of);
    const { one } = await weeksOf(pair);
    const browser = await of.as(pair.ben);
    expect(wordsOf(await browser.get(one))).toContain('Ana Duarte hosts.');
    expect((await browser.post(`${one}/host`)).location).toBe(one);
    const words = wordsOf(await browser.get(one));
    expect(words).toContain('You host this check-in.');
    expect(words).toContain('Ben Okafor hosts.');
    expect(words).not.toContain('Host it myself');
  });
});
