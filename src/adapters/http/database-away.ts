// Whether an error means that the database is away for the moment: stopped, starting again, or out of reach.

/**
 * PostgreSQL's class 08 and its 57P01 to 57P03 (appendix A of its manual), those of the system for a connection, and what Prisma
 * makes of them.
 */
const AWAY = /^(08\w{3}|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017)$/;

/** Looks at the error and at everything that caused it. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, originalCode, cause, meta, driverAdapterError } = error as Readonly<Record<string, unknown>>;
  if ([code, originalCode].some((each) => typeof each === 'string' && AWAY.test(each))) return true;
  return [cause, meta, driverAdapterError].some(isDatabaseAway);
}
