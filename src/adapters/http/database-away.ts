// Whether an error means that the database is away for the moment (stopped, starting again, out of reach), or its disk full.

/**
 * PostgreSQL's class 08 and its 57P01 to 57P03 (appendix A of its manual), those of the system for a connection, and what Prisma
 * makes of them.
 */
const AWAY = /^(08\w{3}|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017)$/;

/** A file that is not there is no database; a socket that is not there is one that has ended. */
export function isDatabaseAway(error: unknown): boolean {
  return isAnywhere(
    error,
    ({ message }, code) => AWAY.test(code) || (code === 'ENOENT' && /connect ENOENT/.test(String(message))),
  );
}

/** The database answers, and can write nothing. */
export function isDiskFull(error: unknown): boolean {
  return isAnywhere(error, (_, each) => FULL.test(each));
}

const FULL = /^(53100|ENOSPC)$/;

type Fields = Readonly<Record<string, unknown>>;

/** Looks at the error and at everything that caused it. */
function isAnywhere(error: unknown, isMeant: (fields: Fields, code: string) => boolean): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const fields = error as Fields;
  const codes = [fields.code, fields.originalCode].filter((each) => typeof each === 'string');
  if (codes.some((each) => isMeant(fields, each))) return true;
  return [fields.cause, fields.meta, fields.driverAdapterError].some((each) => isAnywhere(each, isMeant));
}
