// What a restore does besides bringing rows back, which counts with them or not at all.

import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeBackup } from '../../../src/adapters/database/backup.ts';
import { type RestoreOptions, readBackup } from '../../../src/adapters/database/restore.ts';
import { keepTimetable } from '../../../src/flows/run/keep-timetable.ts';
import { MIGRATIONS } from '../../../src/open-database.ts';
import { freshDatabase, type TestDatabase, temporaryFolder } from '../../support/database.ts';
import {
  founded,
  type ServiceWorld,
  serviceWorld,
  signedByAll,
  worldOn,
} from '../../support/service-world.ts';
import { NOON, now } from './backup-world.ts';

/** A Friday, when the backup is made as well. */
const START = '2027-01-01T09:00:00Z';

let path: string;
let then: ServiceWorld;

/** Ana and Ben meet every week; the first twelve check-ins are published. */
beforeAll(async () => {
  path = join(await temporaryFolder('restore'), 'backup');
  then = await serviceWorld(START);
  const people = [
    await then.person('Ana Duarte', 'Europe/Lisbon'),
    await then.person('Ben Okafor', 'Europe/Berlin'),
  ];
  const id = await founded(then, people);
  await signedByAll(then, id, people);
  await then.settle();
  const { pool } = then.connection;
  await pool.query(
    `INSERT INTO session (id, person_id, token_hash, created_at, rotated_at, seen_at, expires_at, user_agent, signed_in_by)
     VALUES (gen_random_uuid(), $1, 's', $2, $2, $2, $2, '', 'link')`,
    [people[0], NOON],
  );
  await writeBackup({ pool, path, now });
});

afterAll(() => then.close());

let place: TestDatabase;

beforeEach(async () => {
  place = await freshDatabase();
  return () => place.drop();
});

const restore = (options: Partial<RestoreOptions> = {}) =>
  readBackup({ pool: place.pool, path, folder: MIGRATIONS, now, replace: true, ...options });

async function sequences(): Promise<number[]> {
  const { rows } = await place.pool.query('SELECT DISTINCT sequence FROM occurrence ORDER BY 1');
  return rows.map(({ sequence }) => sequence);
}

describe('SEQUENCE', () => {
  it('of an occurrence that comes into being anew after a restore is beyond what may have been sent', async () => {
    await restore();
    expect(await sequences()).toEqual([100]);
    const world = await worldOn(
      { config: place.config, drop: async () => undefined },
      '2027-01-02T09:00:00Z',
    );
    const { rows } = await place.pool.query('SELECT count(*)::int AS count FROM occurrence');
    await world.wait((world.now + 8 * 86_400_000) as typeof world.now);
    const later = await place.pool.query('SELECT count(*)::int AS count FROM occurrence');
    expect(later.rows[0].count).toBeGreaterThan(rows[0].count);
    expect((await sequences())[0]).toBe(100);
    await world.close();
  });

  it('rises with every restore, also of the same backup over its own successor', async () => {
    expect(await restore()).toMatchObject({ raisedBy: 100 });
    await place.pool.query('UPDATE occurrence SET sequence = sequence + 50');
    expect(await restore()).toMatchObject({ raisedBy: 200 });
    expect(await sequences()).toEqual([200]);
    const { rows } = await place.pool.query(`SELECT value FROM instance_fact WHERE name = 'sequence-floor'`);
    expect(rows).toEqual([{ value: '200' }]);
  });
});

describe('a run after a restore', () => {
  it('comes on the same day, and mails every coming invitation again', async () => {
    await restore();
    const world = await worldOn({ config: place.config, drop: async () => undefined }, START);
    const { rows } = await place.pool.query(
      `SELECT count(*)::int AS count FROM attendee JOIN occurrence o ON o.id = occurrence_id
       WHERE sent_sequence IS NOT NULL AND status <> 'CANCELLED'`,
    );
    await keepTimetable(world);
    await world.settle();
    const invitations = world.mails.filter(({ method }) => method === 'REQUEST');
    expect(invitations).toHaveLength(rows[0].count);
    expect(invitations.length).toBeGreaterThan(0);
    await world.close();
  });
});

describe('what is done within a restore', () => {
  it('sees everything in place, and sessions gone', async () => {
    let seen: unknown;
    await restore({
      within: async (client) => {
        const { rows } = await client.query(COUNTS);
        seen = rows[0];
      },
    });
    expect(seen).toEqual({ people: 2, sessions: 0, facts: 1 });
  });

  it('undoes all of it where it fails', async () => {
    const within = async () => {
      throw new Error('the disk is full');
    };
    await expect(restore({ within })).rejects.toThrow('the disk is full');
    const { rows } = await place.pool.query(COUNTS);
    expect(rows).toEqual([{ people: 0, sessions: 0, facts: 0 }]);
  });
});

const COUNTS = `SELECT (SELECT count(*)::int FROM person) AS people, (SELECT count(*)::int FROM session) AS sessions,
  (SELECT count(*)::int FROM instance_fact) AS facts`;
