// People, their days off and their journeys.

import { Conflict } from '../../../domain/errors.ts';
import type { PartnerId } from '../../../domain/partner.ts';
import type { Zone } from '../../../domain/time/zone.ts';
import type { Person, PersonStore } from '../../../flows/stores.ts';
import type { Person as Row } from '../client/client.ts';
import { optional, toDate, toDay, toPlainDate } from '../columns.ts';
import { type Db, SQL_STATES, sqlState } from '../connection.ts';
import { erasePerson } from './erase-person.ts';

export function personStore(db: Db): PersonStore {
  return {
    byId: async (id) => personOf(await db.person.findUnique({ where: { id } })),
    byEmail: async (email) => personOf(await db.person.findUnique({ where: { email } })),
    add: async (person, at) => {
      await db.person.create({ data: { ...person, createdAt: toDate(at) } });
    },
    change: async (id, changes) => {
      await db.person.update({ where: { id }, data: changes });
    },
    formerNames: async (id) => {
      const row = await db.person.findUnique({ where: { id }, select: { formerNames: true } });
      return row?.formerNames ?? [];
    },
    leaves: async (personId) => {
      const rows = await db.leave.findMany({ where: { personId }, orderBy: { firstDay: 'asc' } });
      return rows.map(({ id, firstDay, lastDay }) => ({
        id,
        from: toPlainDate(firstDay),
        to: toPlainDate(lastDay),
      }));
    },
    travels: async (personId) => {
      const rows = await db.travel.findMany({ where: { personId }, orderBy: { firstDay: 'asc' } });
      return rows.map(({ id, firstDay, lastDay, zone }) => ({
        id,
        from: toPlainDate(firstDay),
        to: toPlainDate(lastDay),
        zone: zone as Zone,
      }));
    },
    addLeave: async (personId, { id, from, to }) => {
      await db.leave.create({ data: { id, personId, firstDay: toDay(from), lastDay: toDay(to) } });
    },
    addTravel: async (personId, { id, from, to, zone }) => {
      const data = { id, personId, firstDay: toDay(from), lastDay: toDay(to), zone };
      await db.travel.create({ data }).catch((cause: unknown) => {
        if (sqlState(cause) !== SQL_STATES.exclusion) throw cause;
        throw new Conflict('it overlaps another journey: nobody is in two zones on one day', { cause });
      });
    },
    removeDays: async (personId, id) => {
      const leaves = await db.leave.deleteMany({ where: { id, personId } });
      const travels = await db.travel.deleteMany({ where: { id, personId } });
      return leaves.count + travels.count > 0;
    },
    erase: (id, { name, at }) => erasePerson(db, id, { name, erasedAt: toDate(at) }),
  };
}

function personOf(row: Row | null): Person | undefined {
  if (!row) return undefined;
  const { id, email, name, zone, region } = row;
  return { id: id as PartnerId, name, zone: zone as Zone, region, ...optional('email', email) };
}
