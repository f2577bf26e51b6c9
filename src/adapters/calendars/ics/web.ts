// One GET over https with everything bounded: where it goes, how often it is sent on, how long it takes, how much comes.
// Where a copy is kept, the server is asked only for something newer.

import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { CalendarUnreadable } from '../../../domain/errors.ts';
import { withoutWebcal } from '../../../flows/calendar-address.ts';
import { bodyOf, TOO_SLOW } from './body.ts';
import { AddressRefused, allowsHost, type Guard, guardedLookup } from './guard.ts';
import type { LoadingLimits } from './limits.ts';
import { maxAgeOf, retryAfterOf } from './refresh.ts';
import { type Conditions, conditionsFor, type Validators, validatorsOf } from './validators.ts';

export type DownloadOptions = {
  readonly limits: LoadingLimits;
  readonly guard: Guard;
  readonly ca?: string;
};

/** Unpacked. `maxAge` is how many milliseconds the server holds its answer for fresh. */
export type Body = {
  readonly kind: 'body';
  readonly bytes: Uint8Array;
  readonly validators: Validators | undefined;
  readonly maxAge: number | undefined;
};

/** What came with the validators is still the newest. */
export type Unchanged = { readonly kind: 'unchanged'; readonly maxAge: number | undefined };

/** The server answered, but with no calendar. `retryAfter`: milliseconds until it wants to be asked again, if it said so. */
export class CalendarWithheld extends CalendarUnreadable {
  readonly retryAfter: number | undefined;

  constructor(url: URL, message: string, retryAfter?: number) {
    super(url.hostname, message);
    this.retryAfter = retryAfter;
  }
}

/**
 * What is at the address, or that nothing has changed there since `validators` were given; without these always a body.
 * Throws CalendarUnreadable, which names the host and never the address.
 */
export function download(url: URL, options: DownloadOptions & { readonly validators?: never }): Promise<Body>;
export function download(
  url: URL,
  options: DownloadOptions & { readonly validators?: Validators },
): Promise<Body | Unchanged>;
export async function download(
  url: URL,
  options: DownloadOptions & { readonly validators?: Validators },
): Promise<Body | Unchanged> {
  const signal = AbortSignal.timeout(options.limits.timeout);
  let address = url;
  for (let left = options.limits.redirects; ; left--) {
    const conditions = conditionsFor(address, options.validators);
    const answer = await ask(address, { ...options, conditions, signal });
    const next = redirectOf(answer, address);
    if (!next) return received(answer, address, { ...options, conditions, signal });
    answer.destroy();
    if (left === 0) throw unreadable(address, 'it sends on from address to address too often');
    address = next;
  }
}

type Asking = DownloadOptions & {
  readonly conditions: Conditions | undefined;
  readonly signal: AbortSignal;
};

/** A connection of its own for every request, so that none is used again that was checked for another name. */
async function ask(url: URL, { guard, ca, conditions, signal }: Asking): Promise<IncomingMessage> {
  requireAllowed(url, guard);
  const headers = { ...HEADERS, ...conditions };
  const lookup = guardedLookup(guard);
  try {
    return await new Promise((resolve, reject) => {
      get(url, { agent: false, lookup, headers, signal, ...(ca === undefined ? {} : { ca }) }, resolve).on(
        'error',
        reject,
      );
    });
  } catch (error) {
    throw unreadable(url, whyNoAnswer(error, signal), error);
  }
}

const HEADERS = {
  accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1',
  'accept-encoding': 'gzip, deflate, br',
  'user-agent': 'Turnabout',
};

function requireAllowed(url: URL, guard: Guard): void {
  if (url.protocol === 'http:')
    throw unreadable(
      url,
      'it is read over https only: with http:// anybody on the way could read or change it',
    );
  if (url.protocol !== 'https:') throw unreadable(url, 'its address must begin with https:// or webcal://');
  if (!allowsHost(url.hostname, guard)) throw unreadable(url, NOT_PUBLIC);
  if (!guard.allowsPort(url.port === '' ? 443 : Number(url.port)))
    throw unreadable(url, 'its address names a port; only that of https is allowed');
}

const NOT_PUBLIC = 'its address is not on the public internet';

/** What a server inside a network would answer is nobody's business: one sentence for all that goes wrong on the way. */
function whyNoAnswer(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return TOO_SLOW;
  if (error instanceof AddressRefused) return NOT_PUBLIC;
  return 'no secure connection to it could be made; check the address, and try again later';
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The next address; undefined where the answer names none. */
function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | undefined {
  if (!REDIRECTS.has(statusCode) || headers.location === undefined) return undefined;
  return URL.parse(withoutWebcal(headers.location), url.href) ?? undefined;
}

/** The answer itself. Only one who was asked for something newer can say that there is nothing. */
async function received(
  answer: IncomingMessage,
  url: URL,
  { limits, conditions, signal }: Asking,
): Promise<Body | Unchanged> {
  const { statusCode = 0, headers } = answer;
  const maxAge = maxAgeOf(headers['cache-control']);
  if (statusCode === 200) {
    const bytes = await bodyOf(answer, { host: url.hostname, limits, signal });
    return { kind: 'body', bytes, validators: validatorsOf(headers, url), maxAge };
  }
  answer.destroy();
  if (statusCode === 304 && conditions) return { kind: 'unchanged', maxAge };
  throw new CalendarWithheld(url, sentenceOf(statusCode), retryAfterOf(headers['retry-after'], Date.now()));
}

function sentenceOf(status: number): string {
  if (status === 401 || status === 403)
    return 'it may not be read with this address; copy the private iCalendar address anew';
  if (status === 404 || status === 410)
    return 'there is no calendar at this address any more; copy the address anew';
  return `it answered ${status} instead of a calendar; try again later`;
}

function unreadable(url: URL, message: string, cause?: unknown): CalendarUnreadable {
  return new CalendarUnreadable(url.hostname, message, cause === undefined ? undefined : { cause });
}
