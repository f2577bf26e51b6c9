// The service as a whole: database, queue, mail and the web app, started in order and stopped in the opposite one.

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { closeOf } from './adapters/http/serving.ts';
import type { Assembly } from './assemble.ts';
import type { RunningWorld, WorldParts } from './build-world.ts';
import { InvalidInput } from './domain/errors.ts';
import { bringUpToDate, type OpenDatabase, openDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

export type Running = {
  readonly url: URL;
  readonly world: RunningWorld;
  /** Where the first person comes in, while nobody is here and no mail can be sent. */
  readonly firstLink?: string;
  readonly stop: () => Promise<void>;
};

export type StartParts = {
  readonly settings: Settings;
  readonly log: Logger;
  /** Told what a person at the terminal should know, a sentence at a time. */
  readonly say: (sentence: string) => void;
} & Pick<WorldParts, 'instead'>;

/** Milliseconds that a request may take to arrive. */
const LONGEST_REQUEST = 30_000;

/** Throws DatabaseUnavailable and InvalidInput with what to do; nothing is left running then. */
export async function startTurnabout({ settings, log, say, instead = {} }: StartParts): Promise<Running> {
  const running: { front?: Front; assembly?: Assembly; open?: OpenDatabase } = {};
  const stop = async () => {
    await running.front?.close();
    await running.assembly?.close();
    await running.open?.close();
  };
  try {
    // First, so that what asks for us waits instead of being refused, and so that the address is known.
    const front = await listen(settings);
    running.front = front;
    const publicUrl = settings.PUBLIC_URL ?? new URL(`http://localhost:${front.port}`);
    // While a database starts there is time to read the program.
    const [open, { assemble }] = await Promise.all([openDatabase(settings, say), import('./assemble.ts')]);
    running.open = open;
    await bringUpToDate(open);
    const assembly = await assemble({ settings, publicUrl, open, log, instead });
    running.assembly = assembly;
    front.answerWith(assembly.app);
    const firstLink = await assembly.begin();
    return { url: publicUrl, world: assembly.world, stop, ...(firstLink !== undefined && { firstLink }) };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Front = {
  readonly port: number;
  /** From now on this answers. */
  readonly answerWith: (app: RequestListener) => void;
  readonly close: () => Promise<void>;
};

/** Says that Turnabout is starting until it is told who answers. Throws InvalidInput where it cannot listen there. */
export async function listen({ PORT, HOST }: Pick<Settings, 'PORT' | 'HOST'>): Promise<Front> {
  let answer: RequestListener = answerWhileStarting;
  const server = createServer({ requestTimeout: LONGEST_REQUEST }, (request, response) =>
    answer(request, response),
  );
  const close = closeOf(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenFault({ PORT, HOST }, cause)));
    server.listen(PORT, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const answerWith = (app: RequestListener) => {
    answer = app;
  };
  return { port, answerWith, close };
}

/** The process lives, and nothing else is there yet. Programs that ask the API are told so in their own form (RFC 9457). */
function answerWhileStarting({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const [path = ''] = url.split('?');
  const answerAs = (status: number, type: string, text: string) =>
    response
      .writeHead(status, { 'content-type': type, ...(status === 503 && { 'retry-after': '1' }) })
      .end(text);
  if (path === '/healthz') answerAs(200, 'application/json', '{"status":"alive"}');
  else if (path.startsWith('/api/')) answerAs(503, 'application/problem+json', JSON.stringify(STARTING));
  else answerAs(503, 'text/plain', `${STARTING.detail}\n`);
}

const STARTING = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  detail: 'Turnabout is starting.',
};

function listenFault({ PORT, HOST }: Pick<Settings, 'PORT' | 'HOST'>, cause: NodeJS.ErrnoException) {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new InvalidInput('PORT', `${PORT} is in use by another program: name a free one`, { cause });
    case 'EACCES':
      return new InvalidInput('PORT', `${PORT} may not be used: name one from 1024 on`, { cause });
    default:
      return new InvalidInput('HOST', `${HOST} is no address of this machine (${cause.code})`, { cause });
  }
}
