// `npm start`: the service, until it is told to stop.

import { logTo } from './adapters/http/logging.ts';
import { DatabaseUnavailable, InvalidInput } from './domain/errors.ts';
import { doubtsAbout, readSettings } from './settings.ts';
import { type Running, startTurnabout } from './start.ts';

/** Runs until SIGINT or SIGTERM, and gives the exit code. */
export async function serve(): Promise<number> {
  const say = (sentence: string) => process.stderr.write(`${sentence}\n`);
  try {
    const settings = readSettings(process.env);
    for (const doubt of doubtsAbout(settings)) say(doubt);
    const stopped = stopAsked();
    const running = await startTurnabout({ settings, say, log: logTo({ level: settings.LOG_LEVEL }) });
    welcome(running, say);
    await stopped;
    say('Stopping.');
    await running.stop();
    return 0;
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof DatabaseUnavailable)) throw error;
    for (const line of error.message.split('\n')) say(`wrong: ${error.where}: ${line}`);
    return 1;
  }
}

function welcome({ url, firstLink }: Running, say: (sentence: string) => void): void {
  say(`Turnabout is at ${url.href}`);
  if (firstLink) say(`The first person comes in here, once: ${firstLink}`);
}

/** Milliseconds after which a start or a stop that does not end is ended. The next start finds its way from there. */
const LONGEST_STOP = 30_000;

/** Milliseconds within which a signal is the same one: a terminal gives it to npm and to us, and npm passes it on once more. */
const ECHO = 1_000;

/** Resolves with the first signal; a second one ends at once. */
export function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = () => {
      if (first === undefined) {
        first = performance.now();
        setTimeout(() => process.exit(1), LONGEST_STOP).unref();
        resolve();
      } else if (performance.now() - first > ECHO) process.exit(1);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}
