// Correcting who was there.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, InvalidFields, NotFound } from '../../../src/domain/errors.ts';
import { closingsIn, ledgerFrom, recordOf } from '../../../src/domain/fairness/book.ts';
import type { Closing } from '../../../src/domain/fairness/closing.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { correctAttendance } from '../../../src/flows/answers/correct-attendance.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;
const WEEK = '2027-W01';

/** The first check-in was held and posted. */
beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world, [['Chiara Lim', 'Europe/Rome']]);
  world.now = (await occurrencesOf(world, group.id))[0]!.item.end;
  await runPartnership(group.id, world);
  world.jobs.length = 0;
});

afterEach(() => world.close());

async function correct(present: readonly PartnerId[], period = WEEK) {
  return correctAttendance(await world.partner(group.ana, group.id, 'write'), { period, present }, world);
}

async function entries() {
  return world.database.book.entries(group.id);
}

/** In no order. */
function reasonsIn(closing: Closing): ReadonlySet<string> {
  if (closing.kind === 'held') return new Set();
  return new Set(
    closing.reasons.map((reason) => ('partner' in reason ? `${reason.kind} ${reason.partner}` : reason.kind)),
  );
}

describe('a correction', () => {
  it('is a new entry in the book, after which record and ledger follow it', async () => {
    const [ana, ben, chiara] = group.all as [PartnerId, PartnerId, PartnerId];
    const before = await entries();
    await correct([ana, ben]);
    const after = await entries();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.at(-1)).toMatchObject({
      kind: 'correction',
      by: ana,
      closing: { kind: 'held', absent: [chiara] },
    });
    const record = recordOf(closingsIn(after));
    expect(record).toMatchObject({ held: 1, missed: 0 });
    expect(record.attendance.get(chiara)).toEqual({ present: 0, of: 1 });
    const burden = (await world.database.occurrences.ofPeriod(group.id, WEEK))[0]!.occurrence.burdens;
    expect(ledgerFrom(after).get(ana)).toBe(1000 * burden.get(ana)!);
  });

  it('is told to the others, with whose it is', async () => {
    const [ana, ben] = group.all as [PartnerId, PartnerId];
    world.mails.length = 0;
    await correct([ana, ben]);
    await world.settle();
    const told = world.mails.filter(({ subject }) => subject.includes('was corrected'));
    expect(told.map(({ to }) => to.email).sort()).toEqual(['ben@example.com', 'chiara@example.com']);
    expect(told[0]!.subject).toBe('Harbour: the record of 2027-W01 was corrected');
    expect(told[0]!.text).toContain('By Ana Duarte. Ana Duarte and Ben Okafor were there.');
  });

  it('with fewer than two makes it missed, and can be taken back', async () => {
    const [ana, ben] = group.all as [PartnerId, PartnerId];
    await correct([ana]);
    const [closing] = closingsIn(await entries());
    expect(closing!.kind).toBe('missed');
    expect(new Set(closing!.absent)).toEqual(new Set([ben, group.all[2]]));
    expect(reasonsIn(closing!)).toEqual(new Set([`not-there ${ben}`, `not-there ${group.all[2]}`]));
    await correct([...group.all]);
    expect(closingsIn(await entries())).toMatchObject([{ kind: 'held', absent: [] }]);
  });

  it('makes somebody who was there host where the host was not', async () => {
    const closing = closingsIn(await entries())[0]!;
    const host = closing.kind === 'held' ? closing.host : undefined;
    const others = group.all.filter((each) => each !== host);
    await correct(others);
    expect(closingsIn(await entries())).toMatchObject([{ host: others[0] }]);
  });

  it('is possible for 72 hours after the posting, also of a correction, and no longer', async () => {
    const posted = world.now;
    world.now = plus(posted, 72 * HOUR);
    await correct([...group.all]);
    world.now = plus(posted, 72 * HOUR + 1);
    await expect(correct(group.all.slice(0, 2))).rejects.toThrow(Conflict);
  });

  it('of a period that is not closed finds nothing', async () => {
    await expect(correct([...group.all], '2027-W05')).rejects.toThrow(NotFound);
  });

  it('that names somebody who was not expected is refused, and nothing is posted', async () => {
    const eve = await world.person('Eve Moss', 'UTC');
    const before = await entries();
    await expect(correct([group.ana, eve])).rejects.toThrow(InvalidFields);
    expect(await entries()).toEqual(before);
  });
});

describe('a check-in that was not held after all', () => {
  async function standing() {
    return (await world.database.occurrences.ofPeriod(group.id, WEEK))[0]!;
  }

  it('is looked for again while its week lasts, and everybody is invited anew', async () => {
    const before = await standing();
    await correct([group.ana]);
    world.mails.length = 0;
    await world.settle();
    const { item, answers } = await standing();
    expect(item).toMatchObject({ uid: before.item.uid, sequence: before.item.sequence + 1 });
    expect(item.start).toBeGreaterThan(world.now);
    expect([...answers.values()]).toEqual(group.all.map(() => 'needs-action'));
    const invitations = world.mails.filter(({ calendar }) => calendar?.ics.includes(`UID:${item.uid}`));
    expect(invitations.map(({ method }) => method)).toEqual(group.all.map(() => 'REQUEST'));
    await runPartnership(group.id, world);
    expect((await standing()).item).toEqual(item);
    world.now = item.end;
    await runPartnership(group.id, world);
    expect(closingsIn(await entries())).toMatchObject([{ kind: 'held', moved: true }]);
  });

  it('is cancelled at its new time where all were there in truth, and that can be corrected as well', async () => {
    await correct([group.ana]);
    await world.settle();
    await correct([...group.all]);
    await world.settle();
    expect((await standing()).item.status).toBe('CANCELLED');
    expect(closingsIn(await entries())).toMatchObject([{ kind: 'held', absent: [] }]);
    await correct([group.ana, group.ben]);
    expect(closingsIn(await entries())).toMatchObject([{ kind: 'held', absent: [group.all[2]] }]);
  });

  it('is missed where its week is over by then: all are told why, once', async () => {
    await correct([group.ana]);
    world.now = (await standing()).occurrence.period.end;
    world.mails.length = 0;
    await world.settle();
    await runPartnership(group.id, world);
    await world.settle();
    const [closing] = closingsIn(await entries());
    expect(closing).toMatchObject({ kind: 'missed' });
    expect(reasonsIn(closing!)).toEqual(new Set([`not-there ${group.ben}`, `not-there ${group.all[2]}`]));
    const told = world.mails.filter(({ subject }) => subject.includes('there was no check-in'));
    expect(told).toHaveLength(group.all.length);
    expect(told[0]!.text).toContain('Ben Okafor was not there');
  });
});
