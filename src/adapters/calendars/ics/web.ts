// One GET over https with everything bounded: where it goes, how often it is sent on, how long it takes, how much comes.

import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { CalendarUnreadable } from '../../../domain/errors.ts';
import { tooLarge } from './calendars.ts';
import { AddressRefused, allowsHost, type Guard, guardedLookup } from './guard.ts';
import type { LoadingLimits } from './limits.ts';

export type DownloadOptions = {
  readonly limits: LoadingLimits;
  readonly guard: Guard;
  readonly ca?: string;
};

/** The body at the address, unpacked; throws CalendarUnreadable, which names the host and never the address. */
export async function download(url: URL, options: DownloadOptions): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(options.limits.timeout);
  let address = url;
  for (let left = options.limits.redirects; ; left--) {
    const answer = await ask(address, { ...options, signal });
    const next = redirectOf(answer, address);
    if (!next) return bodyOf(answer, { host: address.hostname, limits: options.limits, signal });
    answer.destroy();
    if (left === 0) throw unreadable(address, 'it sends on from address to address too often');
    address = next;
  }
}

type Asking = DownloadOptions & { readonly signal: AbortSignal };

/** A connection of its own for every request, so that none is used again that was checked for another name. */
async function ask(url: URL, { guard, ca, signal }: Asking): Promise<IncomingMessage> {
  requireAllowed(url, guard);
  try {
    return await new Promise((resolve, reject) => {
      const lookup = guardedLookup(guard);
      get(
        url,
        { agent: false, lookup, headers: HEADERS, signal, ...(ca === undefined ? {} : { ca }) },
        resolve,
      ).on('error', reject);
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

const TOO_SLOW = 'it did not answer in time; try again later';

/** The next address; undefined where this is the answer. Throws CalendarUnreadable at an answer that is no calendar. */
function redirectOf(answer: IncomingMessage, url: URL): URL | undefined {
  const status = answer.statusCode ?? 0;
  if (status === 200) return undefined;
  const { location } = answer.headers;
  if (REDIRECTS.has(status) && location !== undefined) {
    const next = URL.parse(location.replace(/^webcals?:/i, 'https:'), url.href);
    if (next) return next;
  }
  answer.destroy();
  throw unreadable(url, sentenceOf(status));
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function sentenceOf(status: number): string {
  if (status === 401 || status === 403)
    return 'it may not be read with this address; copy the private iCalendar address anew';
  if (status === 404 || status === 410)
    return 'there is no calendar at this address any more; copy the address anew';
  return `it answered ${status} instead of a calendar; try again later`;
}

type Receiving = { readonly host: string; readonly limits: LoadingLimits; readonly signal: AbortSignal };

/** The body, counted as it comes and as it is unpacked: a small one may unpack to gigabytes. */
async function bodyOf(answer: IncomingMessage, { host, limits, signal }: Receiving): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const count = counter(limits.bytes, (chunk) => chunks.push(chunk));
  try {
    const unpack = unpackerOf(answer.headers['content-encoding']);
    const raw = bounded(answer, limits.rawBytes);
    const sink = new Writable({ write: (chunk: Uint8Array, _, done) => done(count(chunk)) });
    await (unpack ? pipeline(raw, unpack, sink, { signal }) : pipeline(raw, sink, { signal }));
  } catch (error) {
    answer.destroy();
    throw new CalendarUnreadable(host, whyNoBody(error, { limits, signal }), { cause: error });
  }
  return Buffer.concat(chunks);
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

function counter(limit: number, keep: (chunk: Uint8Array) => void): (chunk: Uint8Array) => Error | null {
  let size = 0;
  return (chunk) => {
    size += chunk.length;
    if (size > limit) return new TooLarge();
    keep(chunk);
    return null;
  };
}

async function* bounded(answer: IncomingMessage, limit: number): AsyncGenerator<Uint8Array> {
  if (Number(answer.headers['content-length'] ?? 0) > limit) throw new TooLarge();
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit) throw new TooLarge();
    yield chunk;
  }
}

class EncodingUnknown extends Error {
  override readonly name = 'EncodingUnknown';
}

function unpackerOf(encoding: string | undefined): Transform | undefined {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') return undefined;
  if (name === 'gzip' || name === 'x-gzip') return createGunzip();
  if (name === 'deflate') return createInflate();
  if (name === 'br') return createBrotliDecompress();
  throw new EncodingUnknown();
}

function whyNoBody(error: unknown, { limits, signal }: Omit<Receiving, 'host'>): string {
  if (signal.aborted) return TOO_SLOW;
  if (error instanceof TooLarge) return tooLarge(limits.bytes);
  if (error instanceof EncodingUnknown) return 'it comes packed in a way that was not asked for';
  return 'it broke off while it was read; try again later';
}

function unreadable(url: URL, message: string, cause?: unknown): CalendarUnreadable {
  return new CalendarUnreadable(url.hostname, message, cause === undefined ? undefined : { cause });
}
