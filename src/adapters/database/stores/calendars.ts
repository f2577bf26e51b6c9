// Connected calendars, and when their owners are busy. Titles are never kept.

import type { Snapshot } from '../../../domain/calendar/snapshot.ts';
import type { BusyTime, PartnerId } from '../../../domain/partner.ts';
import { instantOf } from '../../../domain/time/instant.ts';
import type { Interval } from '../../../domain/time/interval.ts';
import type { CalendarStore, ConnectedCalendar } from '../../../flows/stores.ts';
import { type Calendar, Prisma } from '../client/client.ts';
import { optional, optionalInstant, toDate, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';
import { validatorsColumn } from '../json-columns.ts';

export function calendarStore(db: Db): CalendarStore {
  return {
    add: async ({ id, person, kind, name, host, nextCheckAt }, sealedAddress) => {
      const times = { createdAt: toDate(nextCheckAt), nextCheckAt: toDate(nextCheckAt) };
      const bytes = new Uint8Array(sealedAddress);
      await db.calendar.create({
        data: { id, personId: person, kind, name, host, sealedAddress: bytes, ...times },
      });
    },
    of: async (personId) => {
      const rows = await db.calendar.findMany({ where: { personId }, orderBy: { createdAt: 'asc' } });
      return rows.map(calendarOf);
    },
    byId: async (id) => {
      const row = await db.calendar.findUnique({ where: { id } });
      return row ? { ...calendarOf(row), sealedAddress: row.sealedAddress } : undefined;
    },
    due: async (at) => {
      const rows = await db.calendar.findMany({
        where: { nextCheckAt: { lte: toDate(at) } },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    snapshot: (id) => snapshot(db, id),
    busy: (person, window) => busy(db, person, window),
    lookSoon: async (id, at) => {
      await db.calendar.update({
        where: { id },
        data: { nextCheckAt: toDate(at), validators: Prisma.DbNull },
      });
    },
    checked: async (id, { snapshot: read, ...check }) => {
      await db.calendar.update({
        where: { id },
        data: {
          checkedAt: toDate(check.checkedAt),
          nextCheckAt: toDate(check.nextCheckAt),
          failures: check.failures,
          problem: check.problem ?? null,
          emptiedAt: check.emptiedAt === undefined ? null : toDate(check.emptiedAt),
          validators: check.validators ? validatorsColumn.write(check.validators) : Prisma.DbNull,
          ...(read && {
            readAt: toDate(read.readAt),
            confirmedAt: toDate(read.confirmedAt),
            windowStart: toDate(read.window.start),
            windowEnd: toDate(read.window.end),
          }),
        },
      });
      if (read) await replaceEvents(db, id, read);
    },
    remove: async (id) => {
      await db.calendar.deleteMany({ where: { id } });
    },
  };
}

function calendarOf(row: Calendar): ConnectedCalendar {
  return {
    id: row.id,
    person: row.personId as PartnerId,
    kind: 'ics',
    name: row.name,
    host: row.host,
    failures: row.failures,
    nextCheckAt: toInstant(row.nextCheckAt),
    ...optional('checkedAt', optionalInstant(row.checkedAt)),
    ...optional('confirmedAt', optionalInstant(row.confirmedAt)),
    ...optional('problem', row.problem),
    ...optional('emptiedAt', optionalInstant(row.emptiedAt)),
    ...optional('validators', row.validators === null ? null : validatorsColumn.read(row.validators)),
  };
}

/** As numbers, since there may be thousands and each date would have to be read as a text. */
async function busy(db: Db, person: string, { start, end }: Interval): Promise<BusyTime[]> {
  const rows = await db.$queryRaw<{ starts: number; ends: number; tentative: boolean }[]>`
    SELECT (extract(epoch FROM e.starts_at) * 1000)::float8 AS starts,
           (extract(epoch FROM e.ends_at) * 1000)::float8 AS ends, e.tentative
    FROM observed_event e JOIN calendar c ON c.id = e.calendar_id
    WHERE c.person_id = ${person}::uuid AND e.blocks AND e.starts_at < ${toDate(end)} AND e.ends_at > ${toDate(start)}
      AND NOT EXISTS (
        SELECT FROM occurrence o JOIN attendee a ON a.occurrence_id = o.id
        WHERE o.uid = e.uid AND a.person_id = c.person_id)
    ORDER BY e.starts_at, e.ends_at`;
  return rows.map(({ starts, ends, tentative }) => ({
    start: instantOf(starts),
    end: instantOf(ends),
    tentative,
  }));
}

type EventRow = { uid: string; starts_at: Date; ends_at: Date; blocks: boolean; tentative: boolean };

async function snapshot(db: Db, id: string): Promise<Snapshot | undefined> {
  const row = await db.calendar.findUnique({ where: { id } });
  if (!row?.windowStart || !row.windowEnd || !row.confirmedAt || !row.readAt) return undefined;
  const events = await db.$queryRaw<EventRow[]>`
    SELECT uid, starts_at, ends_at, blocks, tentative FROM observed_event
    WHERE calendar_id = ${id}::uuid ORDER BY starts_at, ends_at, uid`;
  return {
    window: { start: toInstant(row.windowStart), end: toInstant(row.windowEnd) },
    readAt: toInstant(row.readAt),
    confirmedAt: toInstant(row.confirmedAt),
    events: events.map(({ uid, starts_at, ends_at, blocks, tentative }) => ({
      uid,
      start: toInstant(starts_at),
      end: toInstant(ends_at),
      blocks,
      tentative,
    })),
  };
}

/** In one statement, because a calendar may hold tens of thousands. */
async function replaceEvents(db: Db, id: string, { events }: Snapshot): Promise<void> {
  await db.$executeRaw`DELETE FROM observed_event WHERE calendar_id = ${id}::uuid`;
  const rows = JSON.stringify(
    events.map(({ uid, start, end, blocks, tentative }) => ({ uid, start, end, blocks, tentative })),
  );
  await db.$executeRaw`
    INSERT INTO observed_event (calendar_id, uid, starts_at, ends_at, blocks, tentative)
    SELECT ${id}::uuid, uid, to_timestamp(start / 1000.0), to_timestamp("end" / 1000.0), blocks, tentative
    FROM jsonb_to_recordset(${rows}::jsonb) AS e (uid text, start bigint, "end" bigint, blocks boolean, tentative boolean)`;
}
