// Conditions of a request (RFC 9110 13.1), by which two who edit the same thing do not overwrite each other.

import type { Request } from 'express';
import { ChangedMeanwhile } from '../../../domain/errors.ts';
import { BadRequest } from '../bodies.ts';

/** What a request says about the version that it was made from. */
export type Conditions = {
  /** If-Match, as it was sent. */
  readonly ifMatch?: string;
  /** If-None-Match: * — there must not be a version yet. */
  readonly onlyIfNew: boolean;
};

export function conditionsOf({ headers }: Pick<Request, 'headers'>): Conditions {
  const match = headers['if-match'];
  return {
    ...(match !== undefined && { ifMatch: match }),
    onlyIfNew: headers['if-none-match']?.trim() === '*',
  };
}

/** Strong tags alone: a weak one matches nothing (RFC 9110 13.1.1), and would pass for a change that nobody made. */
function tagsIn(header: string): readonly string[] | 'any' {
  const sent = header.trim();
  if (sent === '*') return 'any';
  if (!STRONG_TAGS.test(sent)) throw new BadRequest(400, UNREADABLE);
  return [...sent.matchAll(/"([^"]*)"/g)].map(([, tag]) => tag!);
}

const STRONG_TAGS = /^"[^"]*"(\s*,\s*"[^"]*")*$/;
const UNREADABLE =
  'If-Match is written in quotes, as the ETag was given, and without W/: If-Match: "9f86d081884c7d65"';

/** A strong entity tag. */
export function etagOf(version: string): string {
  return `"${version}"`;
}

/**
 * The version that the request was made from: `current`, or undefined where there is none and none is expected. Throws
 * ChangedMeanwhile where it was made from another one, BadRequest where it does not say (428, RFC 6585 3) or cannot be read.
 */
export function basedOn(
  what: string,
  current: string | undefined,
  { ifMatch, onlyIfNew }: Conditions,
): string | undefined {
  if (ifMatch === undefined && onlyIfNew) {
    if (current !== undefined) throw new ChangedMeanwhile(what);
    return undefined;
  }
  if (ifMatch === undefined)
    throw new BadRequest(
      428,
      current === undefined
        ? `no ${what} is open: send "If-None-Match: *" to open one`
        : `say which ${what} you have seen: send its ETag as If-Match`,
    );
  const seen = tagsIn(ifMatch);
  const isSeen = current !== undefined && (seen === 'any' || seen.includes(current));
  if (!isSeen) throw new ChangedMeanwhile(what);
  return current;
}
