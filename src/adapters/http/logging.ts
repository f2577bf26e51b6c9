// The log: a line of JSON for each request, by the name of its route and never its path, which may hold a secret.

import { randomBytes } from 'node:crypto';
import type { Handler } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';

export type LogOptions = {
  readonly level: string;
  /** Standard output where it is not given. */
  readonly destination?: DestinationStream;
};

/** Whatever is logged, by whom ever: what is secret by its name does not stand in it, nor what looks like a secret in an error. */
export function logTo({ level, destination }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    serializers: { err: plainError },
  };
  return destination ? pino(options, destination) : pino(options);
}

const SECRET_NAMES = ['authorization', 'cookie', 'token', 'secret', 'password', 'address', 'email', 'to'];

function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: scrubbed(String(error)) };
  const { name, message, stack, cause } = error;
  const rest = cause === undefined ? {} : { cause: plainError(cause) };
  return { name, message: scrubbed(message), stack: scrubbed(stack ?? ''), ...rest };
}

/** Without addresses of people and of the web, and without what may be a token or its hash. */
export function scrubbed(text: string): string {
  return text
    .replace(/\b[a-z][a-z+.-]*:\/\/[^\s"'`)]+/gi, (address) =>
      address.startsWith('file:') ? address : '[address]',
    )
    .replace(/[^\s"'`<>(),;:]+@[^\s"'`<>(),;:]+\.[a-z]{2,}/gi, '[address]')
    .replace(/\b[\w-]{32,}\b/g, (word) =>
      /\d/.test(word) && !/^node_modules/.test(word) ? '[secret]' : word,
    );
}

/** Gives the request its id and logs it once it is answered, or was given up. */
export function logged(log: Logger): Handler {
  return (request, response, next) => {
    request.id = randomBytes(9).toString('base64url');
    response.set('X-Request-Id', request.id);
    const start = performance.now();
    response.on('close', () => {
      const ms = Math.round(performance.now() - start);
      const route = response.locals.route?.name ?? 'none';
      const line = { id: request.id, method: request.method, route, status: response.statusCode, ms };
      log.info({ ...line, ...(!response.writableFinished && { givenUp: true }) }, 'request');
    });
    next();
  };
}
