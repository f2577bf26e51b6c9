// The one place where errors become answers: problem+json (RFC 9457) for programs, a page for people.

import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import {
  ChangedMeanwhile,
  Conflict,
  DatabaseUnavailable,
  type FieldProblem,
  Forbidden,
  InvalidFields,
  InvalidInput,
  NotFound,
  ProviderUnavailable,
} from '../../domain/errors.ts';
import { sentence } from '../../views/pages/form.ts';
import { problemPage } from '../../views/pages/problem.ts';
import { BadRequest } from './bodies.ts';
import { isDatabaseAway, isDiskFull } from './database-away.ts';
import { TooMany } from './limits.ts';
import type { Pages } from './pages.ts';
import { jsonFault } from './problem-of-json.ts';
import { SignInNeeded } from './route.ts';

/** What is told of an error. */
type Fault = {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** By which who runs the service finds it in the log. */
  readonly reference?: string;
};

/** No such method at this path. */
export class WrongMethod extends Error {
  override readonly name = 'WrongMethod';
  readonly allowed: string;

  constructor(allowed: string) {
    super(`this address takes ${allowed} alone`);
    this.allowed = allowed;
  }
}

/** Not named `next`: express knows the translator of errors by its four parameters. */
export function problems(pages: Pages, log: Logger): ErrorRequestHandler {
  return async (error: unknown, request: Request, response: Response, _next) => {
    const fault =
      ofFullDisk(error, request, log) ?? faultOf(error, request) ?? unexpected(error, request, log);
    if (response.headersSent) return void response.destroy();
    if (fault.status === 401 && wantsPage(request) && request.method === 'GET')
      return pages.toSignIn(request, response, fault.detail);
    response.status(fault.status).set(fault.headers ?? {});
    if (wantsPage(request)) await showProblem(request, response, { fault, pages });
    else response.type('application/problem+json').send(JSON.stringify(problemOf(fault)));
  };
}

/** In words alone, where what is wrong keeps the page from being made as well. */
async function showProblem(
  request: Request,
  response: Response,
  { fault, pages }: { readonly fault: Fault; readonly pages: Pages },
): Promise<void> {
  await pages.show(request, response, problemPage(fault)).catch(() => {
    response.type('text').send(sentence(fault.detail));
  });
}

/** Programs say so, or ask where only programs do. */
function wantsPage(request: Request): boolean {
  return !FOR_PROGRAMS.test(request.path) && request.accepts(['html', 'json']) === 'html';
}

/** The API, and feeds: a calendar program has no use for a page. */
const FOR_PROGRAMS = /^\/(api(\/|$)|feeds\/.*\.ics$)/;

function problemOf({ status, detail, errors, reference }: Fault): object {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail: sentence(detail), errors, reference };
}

function faultOf(error: unknown, request: Request): Fault | undefined {
  if (error instanceof InvalidFields)
    return { status: 422, detail: 'something in it is to be put right', errors: error.problems };
  if (error instanceof InvalidInput)
    return { status: 422, detail: error.message, errors: [{ path: error.where, message: error.message }] };
  if (error instanceof NotFound) return { status: 404, detail: error.message };
  if (error instanceof Forbidden) return { status: 403, detail: error.message };
  if (error instanceof Conflict) return { status: 409, detail: error.message };
  if (error instanceof ChangedMeanwhile)
    return { status: isConditional(request) ? 412 : 409, detail: error.message };
  return faultOfRequest(error) ?? faultOfTheWorld(error);
}

/** It says which version it was made from, or that there must not be one (RFC 9110 13.1). */
function isConditional({ headers }: Request): boolean {
  return headers['if-match'] !== undefined || headers['if-none-match'] !== undefined;
}

/** About how it was asked, and how often. */
function faultOfRequest(error: unknown): Fault | undefined {
  if (error instanceof SignInNeeded)
    return { status: 401, detail: error.message, headers: { 'WWW-Authenticate': 'Bearer' } };
  if (error instanceof TooMany)
    return { status: 429, detail: error.message, headers: { 'Retry-After': String(error.retryAfter) } };
  if (error instanceof WrongMethod)
    return { status: 405, detail: error.message, headers: { Allow: error.allowed } };
  if (error instanceof BadRequest) return { status: error.status, detail: error.message };
  return faultOfExpress(error);
}

/** Errors of express and its parsers: they carry a status, and their own words may repeat what was sent. */
function faultOfExpress(error: unknown): Fault | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const status = Number(error.status);
  if (status < 400 || status > 499) return undefined;
  if (error instanceof URIError) return { status, detail: 'in the address a % begins no character of UTF-8' };
  if (error instanceof SyntaxError && 'body' in error)
    return { status, detail: jsonFault(error.message, String(error.body)) };
  return { status, detail: WORDS[status] ?? 'this request cannot be read' };
}

const WORDS: Readonly<Record<number, string>> = {
  400: 'this request cannot be read',
  413: 'it is larger than 100 KB, or has more than 500 fields',
  415: 'send it in UTF-8 and without compression',
};

function faultOfTheWorld(error: unknown): Fault | undefined {
  if (error instanceof ProviderUnavailable) {
    const seconds = Math.ceil((error.retryAfter ?? 60_000) / 1_000);
    return { status: 503, detail: error.message, headers: { 'Retry-After': String(seconds) } };
  }
  if (error instanceof DatabaseUnavailable || isDatabaseAway(error)) {
    const detail = 'the database does not answer now: try again in a minute';
    return { status: 503, detail, headers: { 'Retry-After': '60' } };
  }
  return undefined;
}

/** Passes only when somebody makes room, so it stands in the log as well. */
function ofFullDisk(error: unknown, { id }: Request, log: Logger): Fault | undefined {
  if (!isDiskFull(error)) return undefined;
  log.error({ id }, 'the disk is full; make room');
  const detail = 'the disk is full here: tell who runs this service, and try again when there is room';
  return { status: 503, detail, headers: { 'Retry-After': '60' } };
}

/** Whatever it is, nothing of it is told. */
function unexpected(error: unknown, { id }: Request, log: Logger): Fault {
  log.error({ id, err: error }, 'unexpected');
  return {
    status: 500,
    detail: 'something went wrong here, not with you: try again, and tell who runs this service if it stays',
    reference: id,
  };
}
