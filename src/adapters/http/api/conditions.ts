// Conditions of a request (RFC 9110 13.1), by which two who edit the same thing do not overwrite each other.

import type { Request } from 'express';
import { ChangedMeanwhile } from '../../../domain/errors.ts';
import { BadRequest } from '../bodies.ts';

/** What a request says about the version that it was made from. */
export type Conditions = {
  /** The tags of If-Match, or any version that there is. */
  readonly ifMatch?: readonly string[] | 'any';
  /** If-None-Match: * — there must not be a version yet. */
  readonly onlyIfNew: boolean;
};

export function conditionsOf({ headers }: Pick<Request, 'headers'>): Conditions {
  const match = headers['if-match'];
  return {
    ...(match !== undefined && { ifMatch: tagsIn(match) }),
    onlyIfNew: headers['if-none-match']?.trim() === '*',
  };
}

/** Strong tags alone: a weak one matches nothing here (RFC 9110 13.1.1). */
function tagsIn(header: string): readonly string[] | 'any' {
  if (header.trim() === '*') return 'any';
  return [...header.matchAll(/(W\/)?"([^"]*)"/g)].flatMap(([, weak, tag]) => (weak ? [] : [tag!]));
}

/** A strong entity tag. */
export function etagOf(version: string): string {
  return `"${version}"`;
}

/**
 * The version that the request was made from: `current`, or undefined where there is none and none is expected. Throws
 * ChangedMeanwhile where it was made from another one, BadRequest (428, RFC 6585 3) where it does not say.
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
  const isSeen = current !== undefined && (ifMatch === 'any' || ifMatch.includes(current));
  if (!isSeen) throw new ChangedMeanwhile(what);
  return current;
}
