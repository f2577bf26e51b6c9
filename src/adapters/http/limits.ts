// How often something may be done. Counts of what leads in are kept in the database, so that they hold for all processes and
// over a restart; counts that only spare the machine are kept in memory. Every client and every address has a count of its own.

import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

/** So often within so many seconds. */
type Rate = { readonly points: number; readonly duration: number };

const QUARTER_HOUR = 15 * 60;

const KEPT = {
  /** Requests for a sign-in link by one client, and for one address. */
  'sign-in': { points: 10, duration: QUARTER_HOUR },
  'sign-in-address': { points: 3, duration: QUARTER_HOUR },
  /** Confirmations, passkeys and sign-ins elsewhere by one client. */
  attempt: { points: 30, duration: QUARTER_HOUR },
  /** Tokens, links and feeds that do not exist. Who has a right one is not kept out by wrong ones. */
  'wrong-token': { points: 60, duration: QUARTER_HOUR },
} as const satisfies Record<string, Rate>;

const IN_MEMORY = {
  /** Requests to the API by one person. */
  api: { points: 600, duration: 60 },
  /** Feeds by one client. */
  feed: { points: 120, duration: 60 },
} as const satisfies Record<string, Rate>;

export type LimitName = keyof typeof KEPT | keyof typeof IN_MEMORY;

export type Limits = {
  /** Counts one more for `who`; throws TooMany where that is one too many. Of nobody in particular nothing is counted. */
  readonly spend: (limit: LimitName, who: string | undefined) => Promise<void>;
};

/** It was done too often; `retryAfter` in seconds. */
export class TooMany extends Error {
  override readonly name = 'TooMany';
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(`that was too often: try again in ${inWords(retryAfter)}`);
    this.retryAfter = retryAfter;
  }
}

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

export function limitsOver(pool: Pool): Limits {
  const limiters = new Map<string, RateLimiterPostgres | RateLimiterMemory>();
  for (const [name, rate] of Object.entries(KEPT)) limiters.set(name, kept(name, rate, pool));
  for (const [name, rate] of Object.entries(IN_MEMORY)) limiters.set(name, new RateLimiterMemory(rate));
  return {
    spend: async (limit, who) => {
      if (who === undefined) return;
      await limiters.get(limit)!.consume(digestOf(who)).catch(refuse);
    },
  };
}

function kept(keyPrefix: string, rate: Rate, pool: Pool): RateLimiterPostgres {
  const table = { tableName: 'rate_limit', tableCreated: true, clearExpiredByTimeout: false };
  return new RateLimiterPostgres({ storeClient: pool, storeType: 'pool', keyPrefix, ...table, ...rate });
}

/** Addresses of people are not kept in clear, and a key has 255 characters at most. */
function digestOf(who: string): string {
  return createHash('sha256').update(who).digest('base64url');
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  throw new TooMany(Math.max(1, Math.ceil(reason.msBeforeNext / 1_000)));
}

/**
 * The client behind an address: with IPv6 the network of 64 bits, of which one client has all addresses (RFC 4291 2.5.4).
 * Undefined where there is no address, as on a socket of the machine.
 */
export function clientOf(ip: string | undefined): string | undefined {
  if (ip === undefined || !ipaddr.isValid(ip)) return undefined;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return address.toByteArray().slice(0, 8).join('.');
}
