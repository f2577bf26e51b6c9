// A web server on this machine that answers as a test tells it, over https with the test certificate, and the answers
// that servers of calendars give, good ones and bad ones.

import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isPublicAddress } from '../../src/adapters/calendars/ics/guard.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export type HostileServer = {
  /** Its address, without path. */
  readonly origin: string;
  /** How many requests it has seen. */
  readonly requests: () => number;
  /** The headers of the last request for a path; throws where there was none. */
  readonly headersAt: (path: string) => IncomingHttpHeaders;
  /** What `loadCalendar` needs to be let in here, and nowhere else on this machine. */
  readonly entrance: {
    readonly ca: string;
    readonly guard: { allowsAddress(address: string): boolean; allowsPort(port: number): boolean };
  };
  close(): Promise<void>;
};

/** Answers each path of the table as it says, and any other one not at all. */
export async function hostileServer(answers: Readonly<Record<string, Answer>>): Promise<HostileServer> {
  const seen: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer({ cert: TEST_CERTIFICATE, key: TEST_KEY }, (request, response) => {
    const { url: path = '', headers } = request;
    seen.push({ path, headers });
    answers[path]?.(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    requests: () => seen.length,
    headersAt: (path) => {
      const last = seen.findLast((each) => each.path === path);
      if (!last) throw new Error(`nobody asked for ${path}`);
      return last.headers;
    },
    entrance: {
      ca: TEST_CERTIFICATE,
      guard: {
        allowsAddress: (address) => address === '127.0.0.1' || address === '::1' || isPublicAddress(address),
        allowsPort: (each) => each === port || each === 443,
      },
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

export function gives(body: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Answer {
  return (_, response) => response.writeHead(200, headers).end(body);
}

export function packed(encoding: string, body: Uint8Array): Answer {
  return gives(body, { 'content-encoding': encoding });
}

export function refuses(status: number, headers: OutgoingHttpHeaders = {}): Answer {
  return (_, response) => response.writeHead(status, headers).end('stack trace');
}

export function sendsOn(location: string, status = 302): Answer {
  return (_, response) => response.writeHead(status, { location }).end();
}

/** Each request is answered by the next one, the last one again and again. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let turn = 0;
  return (request, response) => answers[Math.min(turn++, answers.length - 1)]!(request, response);
}

/** A body with these headers, and 304 to whoever sends the ETag or else the date back (RFC 9110 13.2.2). */
export function revalidates(
  body: string,
  headers: { readonly etag?: string; readonly 'last-modified'?: string },
): Answer {
  return (request, response) => {
    const tag = request.headers['if-none-match'];
    const isKnown = tag ? tag === headers.etag : sameDate(request, headers['last-modified']);
    if (isKnown) response.writeHead(304, headers).end();
    else gives(body, headers)(request, response);
  };
}

function sameDate({ headers }: IncomingMessage, lastModified: string | undefined): boolean {
  return lastModified !== undefined && headers['if-modified-since'] === lastModified;
}

/** The same calendar under a new ETag each time, as of a server that makes one of the time of day. */
export function changesItsTag(body: string): Answer {
  let version = 0;
  return (request, response) => revalidates(body, { etag: `"${++version}"` })(request, response);
}

/** Says that nothing has changed and sends a body all the same, which RFC 9110 15.4.5 forbids and node's server prevents. */
export function unchangedWithBody(body: string): Answer {
  const size = Buffer.byteLength(body);
  return (_, response) => {
    response.socket?.end(`HTTP/1.1 304 Not Modified\r\nContent-Length: ${size}\r\n\r\n${body}`);
  };
}

/** A byte now and then, for ever. */
export function trickles(): Answer {
  return (_, response) => {
    const timer = setInterval(() => response.write('X'), 20);
    response.on('close', () => clearInterval(timer));
  };
}

/** Promises more than it sends, and hangs up. */
export function breaksOff(beginning: string): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-length': beginning.length + 1_000 }).write(beginning);
    setTimeout(() => response.destroy(), 20);
  };
}
