// How long until the first answer, and what is used when nothing happens.

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../micro.ts';
import type { Row } from '../results.ts';
import { agreed, SECRET_KEY, withDatabase } from './database.ts';
import { feedOf } from './feeds.ts';
import { type How, inFolder, memoryOf, served } from './served.ts';

const FIRST_STARTS = 3;
const LATER_STARTS = 5;

/** Milliseconds after which the work of a start is over. */
const IDLE_AFTER = 30_000;

const SECOND = 1_000;
const MEGABYTE = 1_000_000;

export async function startRows(): Promise<Row[]> {
  const first: number[] = [];
  const later: number[] = [];
  const withNpm: number[] = [];
  let idle = 0;
  for (let k = 0; k < FIRST_STARTS; k++)
    await inFolder(async (folder) => {
      // What was compiled before is of no use on a machine where nothing ran before.
      const environment = { DATA_DIR: join(folder, 'data'), NODE_COMPILE_CACHE: join(folder, 'compiled') };
      first.push(await readyAfter(environment));
      if (k > 0) return;
      await readyAfter(environment);
      for (let again = 0; again < LATER_STARTS; again++) {
        later.push(await readyAfter(environment));
        withNpm.push(await readyAfter(environment, { npm: true }));
      }
      idle = await idleMemory(environment);
    });
  return [
    startRow('the first start, database made, to the first answer that it is ready', first, 5),
    startRow('a later start, to the first answer that it is ready', later, 2),
    startRow('the same through npm, whose own start is in it', withNpm, 2),
    memoryRow('memory when idle, Node and PostgreSQL (PSS)', idle, 'a start that is not the first'),
    memoryRow(
      'the same after some work',
      await inFolder(memoryAfterWork),
      'a partnership of 52 weeks was planned, its feed, a page and the API were read',
    ),
  ];
}

function memoryRow(what: string, bytes: number, after: string): Row {
  return {
    what,
    measured: `${(bytes / MEGABYTE).toFixed(0)} MB`,
    goal: '≤ 200 MB',
    met: bytes <= 200 * MEGABYTE,
    note: `${IDLE_AFTER / SECOND} s after ${after}; without the process of npm`,
  };
}

function startRow(what: string, times: readonly number[], goal: number): Row {
  const seconds = median(times) / SECOND;
  return {
    what,
    measured: `${seconds.toFixed(2)} s`,
    goal: `≤ ${goal} s`,
    met: seconds <= goal,
    note: `median of ${times.length}, worst ${(Math.max(...times) / SECOND).toFixed(2)} s`,
  };
}

type Environment = Readonly<Record<string, string>>;

async function readyAfter(environment: Environment, how: How = {}): Promise<number> {
  const service = await served(environment, how);
  await service.stop();
  return service.readyAfter;
}

/** By a copy of Node: pages that are shared with the bench itself would be counted for both by halves. */
async function idleMemory(environment: Environment, use?: (url: string) => Promise<void>): Promise<number> {
  return inFolder(async (folder) => {
    const node = join(folder, 'node');
    await copyFile(process.execPath, node);
    const service = await served(environment, { node });
    await use?.(service.url);
    await pause(IDLE_AFTER);
    const bytes = await memoryOf(service.process.pid!);
    await service.stop();
    return bytes;
  });
}

async function memoryAfterWork(folder: string): Promise<number> {
  const token = await withDatabase(folder, async ({ world }) =>
    feedOf((await agreed(world, 0)).people[0], world),
  );
  return idleMemory({ DATA_DIR: join(folder, 'data'), SECRET_KEY }, async (url) => {
    for (const path of ['/sign-in', '/api/v1/openapi.json', `/feeds/${token}.ics`]) {
      const { status } = await fetch(url + path);
      if (status !== 200) throw new Error(`${path.slice(0, 8)}… answered ${status}`);
    }
  });
}
