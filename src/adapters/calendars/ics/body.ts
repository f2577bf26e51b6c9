// The body of an answer, with everything bounded: how long it takes, how much comes, how much that unpacks to.

import type { IncomingMessage } from 'node:http';
import { type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { CalendarUnreadable } from '../../../domain/errors.ts';
import { tooLarge } from './calendars.ts';
import type { LoadingLimits } from './limits.ts';

export type Receiving = {
  readonly host: string;
  readonly limits: LoadingLimits;
  readonly signal: AbortSignal;
};

/** The sentence for an answer that took longer than allowed. */
export const TOO_SLOW = 'it did not answer in time; try again later';

/** Counted as it comes and as it is unpacked: a small one may unpack to gigabytes. Throws CalendarUnreadable. */
export async function bodyOf(
  answer: IncomingMessage,
  { host, limits, signal }: Receiving,
): Promise<Uint8Array> {
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
