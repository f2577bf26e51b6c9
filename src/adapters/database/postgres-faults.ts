// What a PostgreSQL says that cannot do its work, as a sentence that says what to do. Errors of the query itself (a
// constraint, a wrong word) are not meant.

import { DatabaseUnavailable } from '../../domain/errors.ts';

/** For those who have a connection and do not know where it leads; who knows it calls `databaseFault` again. */
export const SOMEWHERE = 'database';

/** A failed query or connection as DatabaseUnavailable; undefined where the database is well and the query is not. */
export function databaseFault(error: unknown, where: string): DatabaseUnavailable | undefined {
  if (error instanceof DatabaseUnavailable)
    return error.where === SOMEWHERE
      ? new DatabaseUnavailable(where, error.message, { cause: error })
      : error;
  const said = error instanceof Error ? `${'code' in error ? error.code : ''} ${error.message}` : '';
  const sentence = SENTENCES.find(([pattern]) => pattern.test(said))?.[1];
  return sentence === undefined ? undefined : new DatabaseUnavailable(where, sentence, { cause: error });
}

/** Whether it may pass by itself, because the database is about to stop or to start. */
export function isPassing(error: unknown): boolean {
  const sentence = databaseFault(error, '')?.message;
  return sentence === STOPPED || sentence === NO_ANSWER;
}

const NO_ANSWER = 'no database answers there; check that it runs, and DATABASE_URL';

const STOPPED = 'the database has stopped or is about to start; try again in a moment';

/** By SQLSTATE (PostgreSQL's manual, appendix A), the system's code, or the words of the package pg, which has no codes. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^(53100|ENOSPC) /, 'the disk is full; make room and try again. Nothing that was confirmed is lost'],
  [/^28000 .*no encryption/, 'the database wants TLS; add sslmode=verify-full to DATABASE_URL'],
  [/^28\w{3} /, 'the database refuses the user or the password; check DATABASE_URL'],
  [/^3D000 /, 'there is no database of that name; check DATABASE_URL, or make it with createdb'],
  [/^42501 /, 'the user may not do this in the database; it must be the owner of the database'],
  [/^25006 /, 'the database is read-only; DATABASE_URL must name the primary server'],
  [
    /^53300 /,
    'no connection is left; end other programs that use the database, or raise its max_connections',
  ],
  [/^(57P0[1-5]|08\w{3}|ECONNRESET|EPIPE) /, STOPPED],
  [/Connection terminated|not queryable|Cannot use a pool after/, STOPPED],
  [
    /does not support SSL|establishing an SSL connection/,
    'the server offers no TLS; let it have a certificate, or write sslmode=disable in DATABASE_URL where nobody can listen on the way',
  ],
  [
    /^(\w*CERT\w*|UNABLE_TO_\w+) /,
    'the certificate of the server is not trusted; name the file of its authority as sslrootcert in DATABASE_URL',
  ],
  [
    /^(ENOENT|EACCES) .*, open /,
    'a file that DATABASE_URL names cannot be read (sslrootcert, sslcert, sslkey)',
  ],
  [
    /^(ECONNREFUSED|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN) |timeout exceeded when trying to connect/,
    NO_ANSWER,
  ],
];
