// The connection to PostgreSQL: one pool for the client, for plain SQL and for the queue.

import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolConfig } from 'pg';
import { Prisma, PrismaClient } from './client/client.ts';

/** Either the client itself or a transaction of it. */
export type Db = Prisma.TransactionClient;

export type Connection = {
  readonly pool: Pool;
  readonly client: PrismaClient;
  readonly close: () => Promise<void>;
};

/** Idle connections are given back soon, since each is a process of the server. */
const POOL: PoolConfig = { max: 10, idleTimeoutMillis: 10_000, connectionTimeoutMillis: 10_000 };

export function connect(config: PoolConfig): Connection {
  const pool = new Pool({ ...POOL, ...config });
  // A connection that breaks while it is idle is made anew when it is needed.
  pool.on('error', () => {});
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await client.$disconnect();
    await pool.end();
  };
  return { pool, client, close };
}

/** The code of PostgreSQL behind an error (such as 23P01), however it is wrapped. */
export function sqlState(error: unknown): string | undefined {
  for (let current = error; typeof current === 'object' && current !== null; ) {
    if ('code' in current && isSqlState(current.code) && !isPrismas(current)) return current.code;
    if ('originalCode' in current && typeof current.originalCode === 'string') return current.originalCode;
    if ('meta' in current) {
      const found = sqlState(current.meta) ?? prismaState(current);
      if (found) return found;
    }
    current =
      'driverAdapterError' in current
        ? current.driverAdapterError
        : 'cause' in current
          ? current.cause
          : undefined;
  }
  return undefined;
}

function isSqlState(code: unknown): code is string {
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}

/** Prisma's own codes, such as P2002, look like those of PostgreSQL. */
function isPrismas(error: object): error is Prisma.PrismaClientKnownRequestError {
  return error instanceof Prisma.PrismaClientKnownRequestError;
}

/** What Prisma calls P2002 is 23505. */
function prismaState(error: object): string | undefined {
  return isPrismas(error) && error.code === 'P2002' ? SQL_STATES.unique : undefined;
}

/** RFC: appendix A of the manual of PostgreSQL, "Error Codes". */
export const SQL_STATES = {
  unique: '23505',
  exclusion: '23P01',
  serialization: '40001',
  deadlock: '40P01',
} as const;
