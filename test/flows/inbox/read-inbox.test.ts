// What comes into the mailbox: answers that count, and everything that does not.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { formatInstant, type Instant, plus } from '../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../src/flows/answers/answer-invitation.ts';
import { readInbox } from '../../../src/flows/inbox/read-inbox.ts';
import type { InboxEntry, IncomingMail } from '../../../src/flows/mail-ports.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import type { KeptOccurrence } from '../../../src/flows/stores.ts';
import { type Agreed, occurrencesOf, runsAsked, underWay } from '../../support/agreed.ts';
import { at } from '../../support/builders.ts';
import { type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;
let second: KeptOccurrence;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
  second = (await occurrencesOf(world, group.id))[1]!;
});

afterEach(() => world.close());

let count = 0;

function mail(changes: Partial<IncomingMail> = {}): IncomingMail {
  return {
    messageId: `mail-${++count}@example.com`,
    from: 'ben@example.com',
    subject: 'Accepted: Harbour check-in',
    receivedAt: world.now,
    authentication: 'pass',
    autoSubmitted: false,
    ...changes,
  } as IncomingMail;
}

type Answering = {
  readonly method?: string;
  readonly partStat?: string;
  readonly attendee?: string;
  readonly sequence?: number;
  readonly stamp?: Instant;
  readonly start?: Instant;
  readonly minutes?: number;
  readonly uid?: string;
};

function calendarText(changes: Answering = {}): string {
  const { method = 'REPLY', partStat = 'ACCEPTED', attendee = 'ben@example.com' } = changes;
  const { minutes = 30 } = changes;
  const { sequence = second.item.sequence, stamp = world.now, uid = second.item.uid } = changes;
  const start = changes.start ?? second.item.start;
  const written = (instant: Instant) => formatInstant(instant).replaceAll(/[-:]/g, '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${written(stamp)}`,
    `DTSTART:${written(start)}`,
    `DTEND:${written(plus(start, minutes * MINUTE))}`,
    'ORGANIZER:mailto:turnabout@example.com',
    `ATTENDEE;PARTSTAT=${partStat}:mailto:${attendee}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const answer = (changes: Answering = {}, more: Partial<IncomingMail> = {}) =>
  mail({ calendarText: calendarText(changes), ...more });

/** The mailbox that holds these, read from where it was left. */
async function receive(...mails: readonly (IncomingMail | InboxEntry)[]): Promise<number> {
  const entries = mails.map(
    (each, k): InboxEntry =>
      'mark' in each ? each : { kind: 'mail', mail: each, mark: { uidValidity: '1', uid: ++count + k } },
  );
  async function* read() {
    yield* entries;
  }
  const inbox = { read, check: async () => ({ kind: 'ready' as const }), close: () => undefined };
  return readInbox({ address: 'turnabout@example.com', inbox }, world);
}

async function standing() {
  return (await world.database.occurrences.byUid(second.item.uid))!;
}

const saidByBen = async () => (await standing()).answers.get(group.ben);

describe('a REPLY', () => {
  it.each([
    ['ACCEPTED', 'accepted'],
    ['DECLINED', 'declined'],
    ['TENTATIVE', 'tentative'],
  ])('that says %s is kept as the answer and asks for a run', async (partStat, kept) => {
    await receive(answer({ partStat }));
    expect(await saidByBen()).toBe(kept);
    expect(runsAsked(world)).toEqual(['answer']);
  });

  it('that is read twice counts once, also where the mark was lost', async () => {
    const same = answer();
    await receive(same);
    world.jobs.length = 0;
    await receive(same, same);
    expect(world.jobs).toEqual([]);
  });

  it('of another sender than its attendee changes nothing', async () => {
    await receive(answer({ partStat: 'DECLINED' }, { from: 'eve@example.com' }));
    await receive(answer({ partStat: 'DECLINED', attendee: 'ana@example.com' }));
    expect(await saidByBen()).toBe('needs-action');
    expect((await standing()).answers.get(group.ana)).toBe('needs-action');
  });

  it('whose sender is not who they say changes nothing', async () => {
    await receive(answer({ partStat: 'DECLINED' }, { authentication: 'fail' }));
    expect(await saidByBen()).toBe('needs-action');
  });

  it('of somebody who is not invited, or about an event of others, changes nothing', async () => {
    await world.person('Eve Moss', 'UTC');
    await receive(
      answer({ attendee: 'eve@example.com' }, { from: 'eve@example.com' }),
      answer({ uid: 'other@example.com' }),
    );
    expect(world.jobs).toEqual([]);
  });

  it('about an earlier revision changes nothing', async () => {
    const later = { ...second, item: { ...second.item, sequence: 3, stamp: world.now } };
    await world.database.transaction((stores) => stores.occurrences.put(group.id, later));
    await receive(answer({ sequence: 2 }));
    expect(await saidByBen()).toBe('needs-action');
    await receive(answer({ sequence: 3 }));
    expect(await saidByBen()).toBe('accepted');
  });

  it('that comes after a later one, or after an answer on the page, does not take its place', async () => {
    const noon = world.now;
    world.now = plus(noon, HOUR);
    await receive(
      answer({ partStat: 'DECLINED', stamp: plus(noon, 1000) }),
      answer({ partStat: 'ACCEPTED', stamp: noon }),
    );
    expect(await saidByBen()).toBe('declined');
    const partner = await world.partner(group.ben, group.id, 'answer');
    await answerInvitation(partner, { uid: second.item.uid, partStat: 'tentative', by: 'page' }, world);
    await receive(answer({ partStat: 'ACCEPTED', stamp: plus(noon, 2000) }));
    expect(await saidByBen()).toBe('tentative');
  });

  it('to a check-in that has begun changes nothing', async () => {
    world.now = plus(second.item.start, 1000);
    await receive(answer({ partStat: 'DECLINED' }));
    expect(await saidByBen()).toBe('needs-action');
  });

  it('by somebody who has left changes nothing', async () => {
    await world.database.partnerships.leave(group.id, group.ben, world.now);
    await receive(answer({ partStat: 'DECLINED' }));
    expect(await saidByBen()).toBe('needs-action');
  });
});

describe('a COUNTER', () => {
  const THURSDAY = at('2027-01-14T18:00:00Z');

  it('becomes a question to the others', async () => {
    await receive(answer({ method: 'COUNTER', start: THURSDAY }));
    expect(await world.database.questions.of(group.id)).toMatchObject([
      { asks: [group.ana], ask: { because: 'counter', of: group.ben, time: { start: THURSDAY } } },
    ]);
  });

  it('that is sent twice is one question, and is not declined', async () => {
    const counter = { method: 'COUNTER', start: THURSDAY } as const;
    await receive(answer(counter), answer(counter));
    await world.settle();
    expect(await world.database.questions.of(group.id)).toHaveLength(1);
    expect(world.mails.filter(({ method }) => method === 'DECLINECOUNTER')).toEqual([]);
  });

  it('for an impossible time is declined with the reason, to the proposer alone', async () => {
    await receive(answer({ method: 'COUNTER', start: plus(THURSDAY, 30 * DAY) }));
    await world.settle();
    const declined = world.mails.filter(({ method }) => method === 'DECLINECOUNTER');
    expect(declined.map(({ to }) => to.email)).toEqual(['ben@example.com']);
    const { subject, text } = declined[0]!;
    expect(subject).toMatch(
      /^Your proposal for Harbour check-in, \w{3} 1\d Jan, could not be put to the others$/,
    );
    expect(text).toContain(
      'You proposed Sat 13 Feb 19:00 (Europe/Berlin). This check-in can be held from Mon 11 Jan 00:00 (Europe/Berlin) to Mon 18 Jan 00:00 (Europe/Berlin).',
    );
    expect(text).toMatch(/It stays on \w{3} 1\d Jan \d\d:\d\d \(Europe\/Berlin\)\./);
    expect(text).not.toMatch(/\dZ/);
    expect(await world.database.questions.of(group.id)).toEqual([]);
  });

  it('with a decline is both: an answer and a question', async () => {
    await receive(answer({ method: 'COUNTER', start: THURSDAY, partStat: 'DECLINED' }));
    expect(await saidByBen()).toBe('declined');
    expect(await world.database.questions.of(group.id)).toHaveLength(1);
    await world.settle();
    expect(await world.database.questions.of(group.id)).toMatchObject([{ ask: { because: 'counter' } }]);
  });

  it('with a decline is a decline also where its time cannot be', async () => {
    await receive(answer({ method: 'COUNTER', start: plus(THURSDAY, 30 * DAY), partStat: 'DECLINED' }));
    expect(await saidByBen()).toBe('declined');
  });

  it('of another length is not put to the others as something else: its sender is told', async () => {
    await receive(answer({ method: 'COUNTER', start: THURSDAY, minutes: 60 }));
    await world.settle();
    expect(await world.database.questions.of(group.id)).toEqual([]);
    const [declined] = world.mails.filter(({ method }) => method === 'DECLINECOUNTER');
    expect(declined!.text).toContain('This check-in lasts 30 minutes;');
  });

  it.each([
    ['has begun', -1, 'That cannot be: it lies in the past: propose a time that is ahead.'],
    ['is no quarter of an hour', 5, 'That cannot be: it is not on a quarter of an hour'],
  ])('for a time that %s is declined in whole sentences', async (_, minutes, sentence) => {
    const period = second.occurrence.period.start;
    const start = minutes < 0 ? period : plus(THURSDAY, minutes * MINUTE);
    world.now = plus(period, HOUR);
    await receive(answer({ method: 'COUNTER', start }));
    await world.settle();
    const [declined] = world.mails.filter(({ method }) => method === 'DECLINECOUNTER');
    expect(declined!.text).toContain(sentence);
  });

  it('to which not all agree is declined, and the time stays', async () => {
    await receive(answer({ method: 'COUNTER', start: THURSDAY }));
    world.now = (await world.database.questions.of(group.id))[0]!.deadline;
    await runPartnership(group.id, world);
    await world.settle();
    const declined = world.mails.filter(({ method }) => method === 'DECLINECOUNTER');
    expect(declined).toHaveLength(1);
    expect(declined[0]!.subject).toMatch(
      /^Your proposal for Harbour check-in, \w{3} 1\d Jan, was not agreed to$/,
    );
    expect(declined[0]!.text).toContain('The others were asked, and not everybody agreed.');
    expect((await standing()).item.start).toBe(second.item.start);
  });
});

describe('everything else', () => {
  it('is read, kept as read, and changes nothing', async () => {
    const entries = [
      mail({ subject: 'Hello' }),
      answer({}, { calendarText: 'BEGIN:VCALENDAR' }),
      answer({ method: 'REQUEST' }),
      answer({ partStat: 'NEEDS-ACTION' }),
      { kind: 'too-large', bytes: 9e9, mark: { uidValidity: '1', uid: 900_001 } } as const,
      { kind: 'unreadable', why: 'damaged', mark: { uidValidity: '1', uid: 900_002 } } as const,
    ];
    expect(await receive(...entries)).toBe(6);
    expect(world.jobs).toEqual([]);
    expect(await world.database.inbox.mark('turnabout@example.com')).toEqual({
      uidValidity: '1',
      uid: 900_002,
    });
  });

  it('that came back is shown beside the invitation', async () => {
    await runPartnership(group.id, world);
    const messageId = `${second.item.uid.split('@')[0]}.0.1798801200.${group.ben}@turnabout.example.com`;
    const bounce = {
      recipient: 'ben@example.com',
      originalMessageId: messageId,
      permanent: true,
      why: '550 no such mailbox',
    };
    await receive(mail({ from: 'mailer-daemon@example.com', bounce }));
    expect((await standing()).undelivered).toEqual(new Map([[group.ben, '550 no such mailbox']]));
    const stranger = { ...bounce, recipient: 'ana@example.com', permanent: false };
    await receive(mail({ bounce: stranger }));
    expect((await standing()).undelivered.size).toBe(1);
  });
});
