// Bodies of requests: JSON and forms, bounded in size, count and depth. Text that no database can keep is refused here.

import express, { type Handler, type Request } from 'express';

/** In bytes. */
const LARGEST = 100 * 1024;

const MOST_FIELDS = 500;

const DEEPEST = 20;

/** A body, path or query that cannot be taken; `status` as RFC 9110 15.5 and RFC 6585 3 have it. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly status: 400 | 413 | 415 | 428;

  constructor(status: BadRequest['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** Nothing is unpacked: a small body may become a large one. */
const LIMITS = { limit: LARGEST, inflate: false };

/** Of the API, where forms are not taken. */
export const JSON_ALONE = 'send JSON: Content-Type: application/json';
const JSON_OR_FORM = 'send JSON (application/json) or a form (application/x-www-form-urlencoded)';

export const bodies: readonly Handler[] = [
  (request, _, next) => {
    if (hasBody(request) && !request.is(['application/json', 'application/x-www-form-urlencoded']))
      throw new BadRequest(415, request.path.startsWith('/api/') ? JSON_ALONE : JSON_OR_FORM);
    next();
  },
  express.json(LIMITS),
  express.urlencoded({ ...LIMITS, extended: false, parameterLimit: MOST_FIELDS, verify: refuseBytes }),
];

/** Bytes that are no UTF-8, written out or with percent signs, which the parser would keep as they are written. */
function refuseBytes(_: unknown, __: unknown, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') return;
  try {
    decodeURIComponent(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new BadRequest(400, 'it holds characters that are no text: send UTF-8, and a percent sign as %25');
  }
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Throws BadRequest for text that is none, wherever it stands, and for a body that is nested too deeply. */
export function refuseUnkeepable({ params, query, body }: Request): void {
  const all: [unknown, number][] = [
    [params, 0],
    [query, 0],
    [body, 1],
  ];
  for (let next = all.pop(); next !== undefined; next = all.pop()) {
    const [value, depth] = next;
    if (depth > DEEPEST) throw new BadRequest(400, `it is nested deeper than ${DEEPEST} levels`);
    if (typeof value === 'string') refuseText(value);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      refuseText(key);
      all.push([inner, depth + 1]);
    }
  }
}

/** U+0000 and half of a surrogate pair. */
function refuseText(text: string): void {
  if (text.includes('\0') || !text.isWellFormed())
    throw new BadRequest(400, 'it holds characters that are no text, such as U+0000');
}
