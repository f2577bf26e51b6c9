// The ledger, which anybody can count again, and the record, in which attendance is put right.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/time/duration.ts';
import { instantOf } from '../../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../../src/flows/answers/answer-invitation.ts';
import { runPartnership } from '../../../../src/flows/run/run-partnership.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import type { Client } from '../../../support/client.ts';
import { agreedPair, type Pair, type Web, web } from './web.ts';

let of: Web;
let pair: Pair;
let anas: Client;

/** Two check-ins are held: Ben bears 5, then Ana. The third is missed, since Ben declines it. */
beforeAll(async () => {
  of = await web();
  pair = await agreedPair(of);
  await later(16);
  const third = (await occurrencesOf(of.world, pair.id))[2]!;
  const declined = { uid: third.item.uid, partStat: 'declined', by: 'page' } as const;
  of.world.now = instantOf(third.item.start - 1);
  await answerInvitation(await of.world.partner(pair.ben, pair.id, 'answer'), declined, of.world);
  await later(24);
  anas = await of.as(pair.ana);
});

afterAll(() => of.stop());

/** Days after the beginning, with a run. */
async function later(days: number): Promise<void> {
  of.world.now = instantOf(Date.parse('2027-01-01T09:00:00Z') + days * DAY);
  await runPartnership(pair.id, of.world);
}

describe('the ledger', () => {
  it('shows what each has borne, and every entry with the ledger after it', async () => {
    const words = wordsOf(await anas.get(`${pair.path}/ledger`));
    expect(words).toMatch(/What each of you has borne .*Ana Duarte 4\.868/);
    expect(words).toMatch(/What each of you has borne .*Ben Okafor 4\.739/);
    const [ana, ben] = words.includes('Period from Ana Ben') ? [0, 1] : [1, 0];
    const rows = [...words.matchAll(/(Mon \d+ Jan 2027) (\d+|–) (\d+|–) (\d+\.\d{3}) (\d+\.\d{3})/g)].map(
      (row) => [row[1], row[2 + ana], row[2 + ben], row[4 + ana], row[4 + ben]],
    );
    expect(rows).toEqual([
      ['Mon 4 Jan 2027', '0', '5', '0.000', '5.000'],
      ['Mon 11 Jan 2027', '5', '0', '5.000', '4.868'],
      ['Mon 18 Jan 2027', '–', '–', '4.868', '4.739'],
    ]);
  });

  it('can be counted again by the rule that it states', async () => {
    const words = wordsOf(await anas.get(`${pair.path}/ledger`));
    expect(words).toContain('multiplied by 0.9737 and cut to thousandths');
    expect(Math.floor(5000 * 0.9737)).toBe(4868);
    expect(words).toContain('(d + 2 × what of d is over 120) ÷ 24, rounded to a whole point.');
    const cost = (d: number) => Math.round((d + 2 * Math.max(0, d - 120)) / 24);
    expect(words).toContain(`112.5 minutes before 09:00 and costs ${cost(112.5)} points`);
    expect(words).toContain(
      `97.5 minutes before and costs ${cost(97.5)} points. The call costs you ${cost(112.5) + cost(97.5)} points.`,
    );
  });

  it('has a bar for each, as long as what they have borne', async () => {
    const { text } = await anas.get(`${pair.path}/ledger`);
    const bars = [...text.matchAll(/<rect class="part" width="(\d+)"/g)].map(([, width]) => Number(width));
    expect(bars.sort()).toEqual([195, 200]);
  });
});

describe('the record', () => {
  it('counts what was held and missed, who was there, and how many in a row', async () => {
    const words = wordsOf(await anas.get(`${pair.path}/record`));
    expect(words).toContain('Held 2 of these moved 0 Missed 1 Too few there 0 In a row 0');
    expect(words).toContain('Ben Okafor was at 2 of 2.');
    expect(words).toMatch(
      /Mon 18 Jan 2027 Missed: Ben Okafor declined\. nobody Mon 11 Jan 2027 Held\. (Ana Duarte|Ben Okafor) hosted\./,
    );
  });

  it('lets attendance be put right for 72 hours, and the ledger follows', async () => {
    const page = await anas.get(`${pair.path}/record`);
    expect(wordsOf(page)).toContain(
      'The check-in of the period from Mon 18 Jan 2027 It can be put right until',
    );
    const answer = await anas.post(`${pair.path}/attendance`, {
      period: '2027-W03',
      present: [pair.ana, pair.ben],
    });
    expect([answer.status, answer.location]).toEqual([303, `${pair.path}/record`]);
    const words = wordsOf(await anas.get(`${pair.path}/record`));
    expect(words).toContain('Put right. The ledger follows.');
    expect(words).toContain('Held 3 of these moved 0 Missed 0 Too few there 0 In a row 3');
    expect(words).toMatch(/Mon 18 Jan 2027 Held\. [A-Za-z ]+ hosted\. Corrected by Ana Duarte\./);
  });

  it('refuses to put right what was put right meanwhile', async () => {
    const seen = /name="corrects" value="(\d+)"/.exec((await anas.get(`${pair.path}/record`)).text)![1]!;
    const correction = { period: '2027-W03', present: [pair.ana, pair.ben], corrects: seen };
    expect((await anas.post(`${pair.path}/attendance`, correction)).status).toBe(303);
    expect((await anas.post(`${pair.path}/attendance`, correction)).status).toBe(409);
  });

  it('refuses somebody who was not expected, at the field', async () => {
    const answer = await anas.post(`${pair.path}/attendance`, {
      period: '2027-W03',
      present: [pair.ana, crypto.randomUUID()],
    });
    expect([answer.status, wordsOf(answer)]).toEqual([
      422,
      expect.stringContaining('Who was there names somebody who was not expected at this check-in.'),
    ]);
    expect(answer.text).toContain('<fieldset id="present">');
    expect(answer.text).toMatch(
      new RegExp(`id="present-${pair.ana}" name="present" value="${pair.ana}" checked`),
    );
    expect(answer.text).not.toMatch(
      new RegExp(`id="present-${pair.ben}" name="present" value="${pair.ben}" checked`),
    );
  });

  it('refuses what is too late, and a period that is not over', async () => {
    const late = await anas.post(`${pair.path}/attendance`, { period: '2027-W01', present: [pair.ana] });
    expect([late.status, wordsOf(late)]).toEqual([
      409,
      expect.stringContaining(
        'Attendance can be corrected for 72 hours after it was posted; those are over.',
      ),
    ]);
    expect(
      (await anas.post(`${pair.path}/attendance`, { period: '2027-W30', present: [pair.ana] })).status,
    ).toBe(404);
  });
});
