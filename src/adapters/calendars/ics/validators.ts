// What a server gives with an answer so that it can be asked whether anything has changed (RFC 9110 8.8 and 13.1).

import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** To be kept with the copy that came with them, and given back whole when the same calendar is read again. */
export type Validators = {
  /** SHA-256 of the address that gave them, which after a redirect is not the one asked; the address itself is a secret. */
  readonly givenBy: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Milliseconds that the calendar itself asks for between two readings: what is unchanged does not say it again. */
  readonly interval?: number;
};

/** The validators of an answer from `url`; undefined where it has none that can be sent back. */
export function validatorsOf(headers: IncomingHttpHeaders, url: URL): Validators | undefined {
  const [etag, lastModified] = [kept(headers.etag), kept(headers['last-modified'])];
  if (etag === undefined && lastModified === undefined) return undefined;
  return {
    givenBy: markOf(url),
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

export type Conditions = { readonly 'if-none-match'?: string; readonly 'if-modified-since'?: string };

/** The headers that ask `url` for something newer; undefined where the validators are not its own. Sent back as they came. */
export function conditionsFor(url: URL, validators: Validators | undefined): Conditions | undefined {
  if (validators?.givenBy !== markOf(url)) return undefined;
  const { etag, lastModified } = validators;
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

/** An ETag is a hash or a version: some 70 characters. A server that gives more would have it sent at every reading. */
const LONGEST = 500;

function kept(header: string | undefined): string | undefined {
  return header !== undefined && header.length <= LONGEST && /^[\x20-\x7e]+$/.test(header)
    ? header
    : undefined;
}

function markOf(url: URL): string {
  return createHash('sha256').update(url.href).digest('hex');
}
