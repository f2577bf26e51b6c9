// What our mail server found out about who a message is from (RFC 8601), as far as it is DMARC's verdict.

import type { IncomingMail } from '../../flows/mail-ports.ts';

/**
 * The verdict of the topmost header, which is the one of the last server: all below may be the sender's own. A server that
 * adds none leaves the sender's on top, so that only `authority` makes this certain: then the topmost header with that
 * authserv-id counts, which RFC 8601 5 has the server take away from what others send.
 */
export function authenticationOf(
  headers: readonly string[],
  authority?: string,
): IncomingMail['authentication'] {
  const results = headers.map((header) => withoutWords(header).split(';'));
  const parts = results.find(([id = '']) => authority === undefined || isNamed(id, authority)) ?? [];
  const verdicts = parts.flatMap((part) => /^\s*dmarc\s*=\s*([a-z]+)/i.exec(part)?.[1]?.toLowerCase() ?? []);
  const [verdict, ...others] = verdicts;
  return others.length === 0 && (verdict === 'pass' || verdict === 'fail') ? verdict : 'unknown';
}

/** The authserv-id may be followed by a version; Microsoft leaves it out. */
function isNamed(id: string, authority: string): boolean {
  return id.trim().split(/\s/)[0]!.toLowerCase() === authority.toLowerCase();
}

/** The header without its comments and quoted strings, in which a sender's own words may stand. */
function withoutWords(header: string): string {
  let bare = '';
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < header.length; index++) {
    const character = header[index]!;
    if (character === '\\') index++;
    else if (character === '"' && depth === 0) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '(') depth++;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) bare += character;
  }
  return bare;
}
