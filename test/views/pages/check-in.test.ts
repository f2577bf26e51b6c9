import { describe, expect, it } from 'vitest';
import type { CalendarItem } from '../../../src/domain/calendar/itip.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { inviteTo } from '../../../src/views/invite.ts';
import {
  answerForm,
  type CheckInSetting,
  checkInCard,
  type ShownCheckIn,
} from '../../../src/views/pages/check-in.ts';
import { checkInPage } from '../../../src/views/pages/occurrence.ts';
import { at, day, idOf, occurrence, partnership, pointsFor } from '../../support/builders.ts';
import { ANA, BEN, CHIARA, zoneOf } from '../../support/cast.ts';
import { words } from './words.ts';

const GROUP = partnership({ partners: [ANA, BEN, CHIARA] });

const SETTING: CheckInSetting = {
  id: 'p1',
  partnership: GROUP,
  reader: idOf('ben'),
  now: at('2027-01-01T09:00:00Z'),
};

function shown(changes: Partial<ShownCheckIn> = {}, item: Partial<CalendarItem> = {}): ShownCheckIn {
  const of = changes.occurrence ?? occurrence({ burdens: pointsFor({ ana: 9, ben: 0, chiara: 84 }) });
  const base = { sequence: 0, stamp: SETTING.now, status: 'CONFIRMED' as const };
  return {
    part: 0,
    origin: 'planned',
    occurrence: of,
    item: { ...inviteTo(GROUP, of, { uid: '2027-W01-p1@turnabout' }), ...base, ...item },
    firstStart: of.start,
    answers: new Map([
      [idOf('ana'), 'declined'],
      [idOf('ben'), 'needs-action'],
    ]),
    sent: new Map(),
    undelivered: new Map(),
    ...changes,
  };
}

describe('the card of a check-in', () => {
  it('begins with the reader’s own time and puts them first among all', async () => {
    const text = await words(checkInCard(shown(), SETTING));
    expect(text).toMatch(
      /^Tue 5 Jan, 17:00 to 17:30 Europe\/Berlin The odd hour is for Chiara Lim, at 84 points\. Ben Okafor hosts\. You Tue 5 Jan, 17:00 Europe\/Berlin 0 points no answer yet Ana Duarte Tue 5 Jan, 08:00 America\/Los_Angeles 9 points declined/,
    );
  });

  it('shows where somebody then is, and who is away', async () => {
    const travels = [{ from: day('2027-01-04'), to: day('2027-01-08'), zone: zoneOf('Asia/Tokyo') }];
    const setting = { ...SETTING, partnership: { ...GROUP, partners: [{ ...ANA, travels }, BEN, CHIARA] } };
    const of = occurrence({ burdens: pointsFor({ ana: 9, ben: 0 }), credits: pointsFor({ chiara: 4 }) });
    const text = await words(checkInCard(shown({ occurrence: of }), setting));
    expect(text).toContain('Ana Duarte Wed 6 Jan, 01:00 Asia/Tokyo 9 points');
    expect(text).toContain('Chiara Lim away');
  });

  it('marks the reader’s own turn, and an hour that is odd for nobody', async () => {
    expect(await words(checkInCard(shown(), { ...SETTING, reader: idOf('chiara') }))).toContain(
      'Your turn The odd hour',
    );
    const easy = occurrence({ burdens: pointsFor({ ana: 0, ben: 0 }) });
    expect(await words(checkInCard(shown({ occurrence: easy }), SETTING))).toContain(
      'A good hour for everybody. Ben Okafor hosts.',
    );
  });

  it('says which half of one it is', async () => {
    expect(await words(checkInCard(shown({ part: 2 }), SETTING))).toContain(
      'The second of two half-meetings.',
    );
  });

  it('says of whose mail the last one did not arrive', async () => {
    const undelivered = new Map([[idOf('ana'), 'mailbox full']]);
    expect(await words(checkInCard(shown({ undelivered }), SETTING))).toContain(
      'The invitation did not reach Ana Duarte: mailbox full',
    );
  });
});

describe('the form of an answer', () => {
  it('offers what was not answered', async () => {
    const ana = { ...SETTING, reader: idOf('ana') };
    expect(await words(answerForm(shown(), { ...ana, from: 'list' }))).toBe(
      'You said that you cannot come. Accept (Tue 5 Jan) I may come (Tue 5 Jan)',
    );
  });

  it.each([
    ['who is not invited', { reader: idOf('chiara') }, {}],
    ['once it has begun', { now: at('2027-01-05T16:00:00Z') }, {}],
    ['once it is cancelled', {}, { status: 'CANCELLED' as const }],
  ])('is not there for somebody %s', (_, setting, item) => {
    expect(answerForm(shown({}, item), { ...SETTING, ...setting, from: 'list' })).toBe('');
  });
});

describe('the page of a check-in', () => {
  const page = (conference: string) =>
    checkInPage({ ...SETTING, name: 'Harbour', shown: shown({}, { conference }), questions: [] });

  it('links to a call on the web, and only names another one', async () => {
    expect(String(await page('https://meet.example.com/h').body)).toContain(
      '<a href="https://meet.example.com/h" rel="noreferrer">Join the call</a>',
    );
    const other = String(await page('tel:+4930123456').body);
    expect(other).toContain('The call: tel:+4930123456');
    expect(other).not.toContain('href="tel:');
  });

  it('without an explanation reckons the ledger back from what is kept', async () => {
    const of = occurrence({ ledger: pointsFor({ ana: 49, ben: 0 }), burdens: pointsFor({ ana: 9, ben: 0 }) });
    const text = await words(
      checkInPage({ ...SETTING, name: 'Harbour', shown: shown({ occurrence: of }), questions: [] }).body,
    );
    expect(text).toContain('Ana Duarte 40 9 49 Ben Okafor 0 0 0');
  });

  it('is titled by the reader’s time', () => {
    expect(checkInPage({ ...SETTING, name: 'Harbour', shown: shown(), questions: [] }).title).toBe(
      'Tue 5 Jan, 17:00: Harbour',
    );
    const late = { ...SETTING, now: plus(at('2027-01-05T16:30:00Z'), 0) };
    expect(checkInPage({ ...late, name: 'Harbour', shown: shown(), questions: [] }).title).toContain(
      'Harbour',
    );
  });
});
