// Occurrences as they were published, the answers to them, and what was mailed about them.

import { ChangedMeanwhile } from '../../../domain/errors.ts';
import type { PublishedOccurrence } from '../../../domain/run/observation.ts';
import type { OccurrenceStore } from '../../../flows/stores.ts';
import { toDate, toDay, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';
import { pointsColumn, reasonColumn } from '../json-columns.ts';
import { FLOOR } from '../sequence-floor.ts';
import { occurrenceOf } from './occurrence-row.ts';

export function occurrenceStore(db: Db): OccurrenceStore {
  const include = { attendees: true } as const;
  const byUid = async (uid: string) => {
    const row = await db.occurrence.findUnique({ where: { uid }, include });
    return row ? occurrenceOf(row) : undefined;
  };
  return {
    byUid,
    firstSequence: async () => {
      const fact = await db.instanceFact.findUnique({ where: { name: FLOOR } });
      return Number(fact?.value ?? 0);
    },
    unclosed: async (partnership) => {
      const open = await db.$queryRaw<{ id: string }[]>`
        SELECT id FROM occurrence o WHERE partnership_id = ${partnership}::uuid AND NOT EXISTS (
          SELECT FROM book_entry b
          WHERE b.partnership_id = o.partnership_id AND b.period = o.period
          HAVING bool_or(b.kind = 'closing') AND NOT bool_or(b.kind = 'correction'))`;
      const rows = await db.occurrence.findMany({
        where: { id: { in: open.map(({ id }) => id) } },
        orderBy: [{ startsAt: 'asc' }, { uid: 'asc' }],
        include,
      });
      return rows.map(occurrenceOf);
    },
    after: async (partnershipId, since) => {
      const rows = await db.occurrence.findMany({
        where: { partnershipId, endsAt: { gt: toDate(since) } },
        orderBy: [{ startsAt: 'asc' }, { uid: 'asc' }],
        include,
      });
      return rows.map(occurrenceOf);
    },
    ofPeriod: async (partnershipId, period) => {
      const rows = await db.occurrence.findMany({
        where: { partnershipId, period },
        orderBy: { part: 'asc' },
        include,
      });
      return rows.map(occurrenceOf);
    },
    put: (partnership, occurrence) => put(db, partnership, occurrence),
    uidsOf: async (personId) => {
      const rows = await db.attendee.findMany({
        where: { personId },
        select: { occurrence: { select: { uid: true } } },
      });
      return new Set(rows.map(({ occurrence }) => occurrence.uid));
    },
    elsewhere: async (person, partnership, { start, end }) => {
      const rows = await db.$queryRaw<{ starts_at: Date; ends_at: Date }[]>`
        SELECT o.starts_at, o.ends_at FROM attendee a JOIN occurrence o ON o.id = a.occurrence_id
        WHERE a.person_id = ${person}::uuid AND a.live AND a.invited AND o.partnership_id <> ${partnership}::uuid
          AND a.during && tstzrange(${toDate(start)}, ${toDate(end)})
        ORDER BY o.starts_at`;
      return rows.map((row) => ({ start: toInstant(row.starts_at), end: toInstant(row.ends_at) }));
    },
    setHost: async (uid, hostId) => {
      await db.occurrence.update({ where: { uid }, data: { hostId } });
    },
    answer: async (uid, { person, partStat, at, by }) => {
      await db.attendee.updateMany({
        where: { personId: person, occurrence: { uid } },
        data: { partStat, answeredAt: toDate(at), answeredBy: by },
      });
    },
    claim: async ({ uid, person, now, until }) => {
      const { count } = await db.attendee.updateMany({
        where: {
          personId: person,
          occurrence: { uid },
          OR: [{ claimedUntil: null }, { claimedUntil: { lte: toDate(now) } }],
        },
        data: { claimedUntil: toDate(until) },
      });
      return count === 0 ? undefined : byUid(uid);
    },
    sent: async (uid, personId, { method, sequence, stamp, at, time, host }, problem) => {
      await db.attendee.updateMany({
        where: { personId, occurrence: { uid } },
        data: {
          sentMethod: method,
          sentSequence: sequence,
          sentStamp: toDate(stamp),
          sentAt: toDate(at),
          sentStartsAt: toDate(time.start),
          sentEndsAt: toDate(time.end),
          sentHostId: host,
          claimedUntil: null,
          problem: problem ?? null,
        },
      });
    },
    releaseAll: async () => {
      await db.attendee.updateMany({ where: { claimedUntil: { not: null } }, data: { claimedUntil: null } });
    },
    unsent: async (uid, personId, problem) => {
      const data = { claimedUntil: null, ...(problem !== undefined && { problem }) };
      await db.attendee.updateMany({ where: { personId, occurrence: { uid } }, data });
    },
  };
}

async function put(db: Db, partnershipId: string, published: PublishedOccurrence): Promise<void> {
  const { part, origin, occurrence, item, firstStart } = published;
  const { period, host, burdens, credits, ledger, reason } = occurrence;
  const data = {
    origin,
    sequence: item.sequence,
    stamp: toDate(item.stamp),
    status: item.status,
    startsAt: toDate(item.start),
    endsAt: toDate(item.end),
    firstStartsAt: toDate(firstStart),
    zone: item.zone,
    summary: item.summary,
    description: item.description,
    location: item.location ?? null,
    conference: item.conference ?? null,
    organizerName: item.organizer.name,
    organizerEmail: item.organizer.email,
    hostId: host,
    burdens: pointsColumn.write(burdens),
    credits: pointsColumn.write(credits),
    ledger: pointsColumn.write(ledger),
    reason: reasonColumn.write(reason),
  };
  const { id } = await db.occurrence.upsert({
    where: { uid: item.uid },
    create: {
      id: crypto.randomUUID(),
      partnershipId,
      uid: item.uid,
      part,
      period: period.id,
      periodStart: toDate(period.start),
      periodEnd: toDate(period.end),
      firstDay: toDay(period.first),
      lastDay: toDay(period.last),
      ...data,
    },
    update: data,
    select: { id: true },
  });
  await putAttendees(db, id, published);
}

/** Who is not invited any more keeps their row, so that they can be told. */
async function putAttendees(db: Db, id: string, { item, answers }: PublishedOccurrence): Promise<void> {
  const names = item.attendees.map(({ name }) => name);
  const emails = item.attendees.map(({ email }) => email);
  const [people, given] = [[...answers.keys()], [...answers.values()]];
  await db.$executeRaw`
    INSERT INTO attendee (occurrence_id, person_id, invited, name, email, part_stat, during, live)
    SELECT o.id, p.id, true, i.name, i.email, coalesce(a.part_stat, 'needs-action'), o.during, o.live
    FROM occurrence o
    CROSS JOIN unnest(${names}::text[], ${emails}::text[]) AS i (name, email)
    JOIN person p ON p.email = i.email
    LEFT JOIN unnest(${people}::uuid[], ${given}::text[]) AS a (person_id, part_stat) ON a.person_id = p.id
    WHERE o.id = ${id}::uuid
    ON CONFLICT (occurrence_id, person_id) DO UPDATE
      SET invited = true, name = EXCLUDED.name, email = EXCLUDED.email, part_stat = EXCLUDED.part_stat`;
  await db.attendee.updateMany({
    where: { occurrenceId: id, email: { notIn: emails } },
    data: { invited: false },
  });
}

/** Two check-ins of one partner at a time are refused when the transaction ends: another partnership was quicker. */
export function takenMeanwhile(cause: unknown): ChangedMeanwhile {
  return new ChangedMeanwhile('time of a partner', { cause });
}
