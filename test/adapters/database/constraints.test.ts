// The rules that the database itself keeps, whatever the code does: each is broken by plain SQL, and would be broken for good
// if its constraint were dropped.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await database.pool.query(WORLD);
});

afterAll(() => database.drop());

/** Ids are a letter and zeros. */
const id = (letter: string): string => `'${letter.repeat(8)}-0000-4000-8000-000000000000'`;
const [ANA, BEN, NOBODY] = [id('a'), id('b'), id('f')];
const [HARBOUR, LANTERN] = [id('c'), id('d')];

type Held = {
  readonly id: string;
  readonly partnership: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly part?: number;
  readonly uid?: string;
  readonly host?: string;
  readonly status?: string;
};

function occurrence({ part = 0, host = ANA, status = 'CONFIRMED', ...held }: Held): string {
  const { partnership, period, from, to, uid = `${period}-${part}@${partnership.slice(1, 4)}` } = held;
  return `INSERT INTO occurrence (id, partnership_id, period, period_start, period_end, first_day, last_day, part, origin, uid,
      sequence, stamp, status, starts_at, ends_at, first_starts_at, zone, summary, description, organizer_name,
      organizer_email, host_id, burdens, credits, ledger, reason)
    VALUES (${held.id}, ${partnership}, '${period}', '2027-01-04Z', '2027-01-11Z', '2027-01-04', '2027-01-10', ${part}, 'planned',
      '${uid}', 3, '2027-01-01Z', '${status}', '${from}', '${to}', '${from}', 'UTC', '', '', '', '', ${host}, '{}', '{}', '{}', '{}');`;
}

function attendee(of: string, person: string, invited = true): string {
  return `INSERT INTO attendee (occurrence_id, person_id, invited, name, email, part_stat, during, live)
    SELECT id, ${person}, ${invited}, '', '', 'needs-action', during, live FROM occurrence WHERE id = ${of};`;
}

const entry = (number: number, kind: string, rest: string): string =>
  `INSERT INTO book_entry (id, partnership_id, number, kind, posted_at, first_day, detail, period, outcome, person_id)
   VALUES (gen_random_uuid(), ${HARBOUR}, ${number}, '${kind}', '2027-01-11Z', '2027-01-04', '{}', ${rest});`;

const draft = (version: number): string =>
  `INSERT INTO agreement (id, partnership_id, version, terms, text_hash, changed_at, changed_by)
   VALUES (gen_random_uuid(), ${HARBOUR}, ${version}, '{}', 'hash ${version}', '2027-01-01Z', ${ANA});`;

const [MONDAY, TUESDAY] = [id('1'), id('2')];

/** Ana and Ben meet on Monday at nine, and Ana somebody else on Tuesday at nine. */
const WORLD = `
  INSERT INTO person (id, email, name, zone, created_at) VALUES
    (${ANA}, 'ana@example.com', 'Ana', 'UTC', '2027-01-01Z'), (${BEN}, 'ben@example.com', 'Ben', 'UTC', '2027-01-01Z');
  INSERT INTO partnership (id, created_at, created_by) VALUES
    (${HARBOUR}, '2027-01-01Z', ${ANA}), (${LANTERN}, '2027-01-01Z', ${ANA});
  ${occurrence({ id: MONDAY, partnership: HARBOUR, period: 'w1', from: '2027-01-04 09:00Z', to: '2027-01-04 10:00Z' })}
  ${occurrence({ id: TUESDAY, partnership: LANTERN, period: 'w1', from: '2027-01-05 09:00Z', to: '2027-01-05 10:00Z' })}
  ${attendee(MONDAY, ANA)} ${attendee(MONDAY, BEN)} ${attendee(TUESDAY, ANA)}
  ${entry(1, 'closing', `'w1', 'held', NULL`)} ${entry(2, 'joined', `NULL, NULL, ${ANA}`)}
  ${draft(1)} ${draft(2).replace('INSERT', 'UPDATE agreement SET signed_at = changed_at, first_day = changed_at, since = changed_at; INSERT')}
  INSERT INTO travel VALUES (gen_random_uuid(), ${ANA}, '2027-02-01', '2027-02-05', 'UTC');
`;

const NEW = id('3');
const new_ = (held: Partial<Held>): string =>
  occurrence({
    id: NEW,
    partnership: LANTERN,
    period: 'w2',
    from: '2027-01-04 09:30Z',
    to: '2027-01-04 10:30Z',
    ...held,
  });

type Rule = readonly [rule: string, broken: string, state: string, without: string];

const OVERLAPS = 'ALTER TABLE attendee DROP CONSTRAINT attendee_overlaps';
const REVISIONS = 'ALTER TABLE occurrence DISABLE TRIGGER keep_revisions';

const RULES: readonly Rule[] = [
  ['nobody is in two check-ins at once', new_({}) + attendee(NEW, ANA), '23P01', OVERLAPS],
  [
    'nobody comes to be in two check-ins at once by a move',
    `UPDATE occurrence SET starts_at = '2027-01-04 09:59Z' WHERE id = ${TUESDAY}`,
    '23P01',
    OVERLAPS,
  ],
  [
    'the time of an attendee is that of the occurrence',
    `UPDATE attendee SET during = tstzrange('2027-03-01', '2027-03-02') WHERE person_id = ${BEN}`,
    '23503',
    'ALTER TABLE attendee DROP CONSTRAINT attendee_occurrence_id_during_live_fkey',
  ],
  ['SEQUENCE never falls', `UPDATE occurrence SET sequence = 2 WHERE id = ${MONDAY}`, '23514', REVISIONS],
  [
    'DTSTAMP never goes back',
    `UPDATE occurrence SET stamp = '2026-12-31 23:59:59Z' WHERE id = ${MONDAY}`,
    '23514',
    REVISIONS,
  ],
  ['a UID stays', `UPDATE occurrence SET uid = 'other' WHERE id = ${MONDAY}`, '23514', REVISIONS],
  [
    'what was published stays',
    new_({}).replace(/;$/, `; DELETE FROM occurrence WHERE id = ${NEW};`),
    '23514',
    REVISIONS,
  ],
  [
    'a period has one occurrence of each part, also where it was cancelled',
    new_({ period: 'w1', status: 'CANCELLED', uid: 'other' }),
    '23505',
    'ALTER TABLE occurrence DROP CONSTRAINT occurrence_partnership_id_period_part_key',
  ],
  [
    'a UID is that of one occurrence',
    new_({ uid: `w1-0@${HARBOUR.slice(1, 4)}` }),
    '23505',
    'ALTER TABLE occurrence DROP CONSTRAINT occurrence_uid_key',
  ],
  [
    'an occurrence is of a partnership that is there',
    new_({ partnership: NOBODY }),
    '23503',
    'ALTER TABLE occurrence DROP CONSTRAINT occurrence_partnership_id_fkey',
  ],
  [
    'a host is a person who is there',
    new_({ host: NOBODY }),
    '23503',
    'ALTER TABLE occurrence DROP CONSTRAINT occurrence_host_id_fkey',
  ],
  [
    'an attendee is a person who is there',
    attendee(MONDAY, NOBODY),
    '23503',
    'ALTER TABLE attendee DROP CONSTRAINT attendee_person_id_fkey',
  ],
  [
    'a period is closed once',
    entry(3, 'closing', `'w1', 'missed', NULL`),
    '23505',
    'DROP INDEX book_entry_closing',
  ],
  ['somebody joins once', entry(3, 'joined', `NULL, NULL, ${ANA}`), '23505', 'DROP INDEX book_entry_joined'],
  [
    'the book has an order',
    entry(2, 'closing', `'w2', 'held', NULL`),
    '23505',
    'ALTER TABLE book_entry DROP CONSTRAINT book_entry_partnership_id_number_key',
  ],
  [
    'what is in the book is never changed',
    `UPDATE book_entry SET outcome = 'missed' WHERE number = 1`,
    '23514',
    'ALTER TABLE book_entry DISABLE TRIGGER keep_book',
  ],
  [
    'what is in the book is never removed',
    'DELETE FROM book_entry',
    '23514',
    'ALTER TABLE book_entry DISABLE TRIGGER keep_book',
  ],
  ['there is one draft at a time', draft(3), '23505', 'DROP INDEX agreement_draft'],
  [
    'what all have signed is never changed',
    `UPDATE agreement SET terms = '[]' WHERE version = 1`,
    '23514',
    'ALTER TABLE agreement DISABLE TRIGGER keep_signed_agreement',
  ],
  [
    'a signature is on the text as it stands',
    `INSERT INTO signature SELECT id, ${ANA}, 'hash of before', '2027-01-02Z' FROM agreement WHERE version = 2`,
    '23503',
    'ALTER TABLE signature DROP CONSTRAINT signature_agreement_id_text_hash_fkey',
  ],
  [
    'nobody is in two zones on one day',
    `INSERT INTO travel VALUES (gen_random_uuid(), ${ANA}, '2027-02-05', '2027-02-07', 'UTC')`,
    '23P01',
    'ALTER TABLE travel DROP CONSTRAINT travel_overlaps',
  ],
  [
    'an address is that of one person',
    `UPDATE person SET email = 'ana@example.com' WHERE id = ${BEN}`,
    '23505',
    'ALTER TABLE person DROP CONSTRAINT person_email_key',
  ],
];

/** The state with which it is refused, "done" where it is not; nothing is kept. */
async function outcomeOf(sql: string): Promise<string> {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    return 'done';
  } catch (error) {
    return (error as { readonly code: string }).code;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('the database keeps that', () => {
  it.each(RULES)('%s', async (_, broken, state, without) => {
    expect(await outcomeOf(broken)).toBe(state);
    expect(await outcomeOf(`${without}; ${broken}`)).toBe('done');
  });
});

describe('the database lets', () => {
  it.each([
    [
      'one check-in begin when another ends',
      new_({ from: '2027-01-04 10:00Z', to: '2027-01-04 11:00Z' }) + attendee(NEW, ANA),
    ],
    ['a cancelled check-in lie beside another', new_({ status: 'CANCELLED' }) + attendee(NEW, ANA)],
    ['who is not invited any more be elsewhere', new_({}) + attendee(NEW, ANA, false)],
    [
      'a check-in be revised',
      `UPDATE occurrence SET sequence = 4, stamp = '2027-01-02Z' WHERE id = ${MONDAY}`,
    ],
    [
      'two check-ins change places',
      `UPDATE occurrence SET starts_at = CASE id WHEN ${MONDAY} THEN timestamptz '2027-01-05 09:00Z' ELSE '2027-01-04 09:00Z' END,
         ends_at = CASE id WHEN ${MONDAY} THEN timestamptz '2027-01-05 10:00Z' ELSE '2027-01-04 10:00Z' END`,
    ],
  ])('%s', async (_, sql) => {
    expect(await outcomeOf(sql)).toBe('done');
  });
});
