// All stores over one connection, and transactions over several of them.

import { ChangedMeanwhile, Conflict } from '../../domain/errors.ts';
import type { Database, JobStore, Stores } from '../../flows/stores.ts';
import { type Connection, type Db, SQL_STATES, sqlState } from './connection.ts';
import { agreementStore } from './stores/agreements.ts';
import { bookStore } from './stores/book.ts';
import { calendarStore } from './stores/calendars.ts';
import { feedStore } from './stores/feeds.ts';
import { inboxStore } from './stores/inbox.ts';
import { noticeStore } from './stores/notices.ts';
import { occurrenceStore, takenMeanwhile } from './stores/occurrences.ts';
import { invitationStore, partnershipStore } from './stores/partnerships.ts';
import { personStore } from './stores/people.ts';
import { questionStore } from './stores/questions.ts';

/** Where jobs go: into the same transaction as what they are about. */
export type JobsIn = (db: Db) => JobStore;

export function databaseOver({ client }: Pick<Connection, 'client'>, jobsIn: JobsIn): Database {
  return {
    ...storesOver(client, jobsIn),
    transaction: async (work) => {
      try {
        return await client.$transaction((db) => work(storesOver(db, jobsIn)), TRANSACTION);
      } catch (error) {
        throw translated(error);
      }
    },
  };
}

/** Long enough for a run that publishes a year of occurrences on a busy machine. */
const TRANSACTION = { maxWait: 10_000, timeout: 30_000 };

function storesOver(db: Db, jobsIn: JobsIn): Stores {
  return {
    people: personStore(db),
    partnerships: partnershipStore(db),
    invitations: invitationStore(db),
    agreements: agreementStore(db),
    occurrences: occurrenceStore(db),
    book: bookStore(db),
    questions: questionStore(db),
    calendars: calendarStore(db),
    notices: noticeStore(db),
    feeds: feedStore(db),
    inbox: inboxStore(db),
    jobs: jobsIn(db),
  };
}

/** Constraints that are checked when the transaction ends are broken there. */
function translated(error: unknown): unknown {
  // A store has put it into words already.
  if (error instanceof Conflict) return error;
  const state = sqlState(error);
  if (state === SQL_STATES.exclusion) return takenMeanwhile(error);
  if (state === SQL_STATES.serialization || state === SQL_STATES.deadlock)
    return new ChangedMeanwhile('partnership', { cause: error });
  return error;
}
