// Requests a second for a feed, in full and unchanged, beside a bare Express and beside Radicale with the same calendar.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { secretsFrom } from '../../../src/adapters/secrets/secrets.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { issueFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import { type ServiceWorld, signedIn } from '../../support/service-world.ts';
import { median } from '../micro.ts';
import type { Row } from '../results.ts';
import { agreed, SECRET_KEY, withDatabase } from './database.ts';
import { ended, freePort, inFolder, served } from './served.ts';

/** Taken in turns, so that a busy minute of the machine meets all of them. */
const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 20;

type Target = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What each answer has to be. */
  readonly status: number;
};

export async function feedRows(): Promise<Row[]> {
  return inFolder(async (folder) =>
    withDatabase(folder, async ({ world, environment }) => {
      const { people } = await agreed(world, 0);
      await world.settle();
      const token = await feedOf(people[0], world);
      const service = await served(environment);
      const ours = { url: `${service.url}/feeds/${token}.ics`, status: 200 };
      const answer = await fetch(ours.url);
      const file = join(folder, 'feed.ics');
      await writeFile(file, await answer.text());
      const [bare, radicale] = [await bareExpress(file), await radicaleWith(folder, file)];
      const bareFeed = { url: `${bare.url}/feed.ics`, status: 200 };
      try {
        return await measured({
          ours,
          unchanged: await unchanged(ours),
          bare: bareFeed,
          bareUnchanged: await unchanged(bareFeed),
          ...(radicale && { radicale: { url: radicale.url, status: 200 } }),
        });
      } finally {
        await Promise.all([service.stop(), ended(bare.process), radicale && ended(radicale.process)]);
      }
    }),
  );
}

/** The same, asked by somebody who has it. */
async function unchanged({ url }: Target): Promise<Target> {
  const { headers } = await fetch(url);
  return { url, headers: { 'if-none-match': headers.get('etag')! }, status: 304 };
}

type Targets = Readonly<Record<'ours' | 'unchanged' | 'bare' | 'bareUnchanged', Target>> & {
  readonly radicale?: Target;
};

async function measured(targets: Targets): Promise<Row[]> {
  const rates = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, target] of Object.entries(targets))
      rates.set(name, [...(rates.get(name) ?? []), await rateOf(target)]);
  const of = (name: keyof Targets) => rates.get(name) ?? [];
  const ratio = (one: keyof Targets, other: keyof Targets) =>
    median(of(one).map((rate, round) => rate / of(other)[round]!));
  const beside = (one: keyof Targets, other: keyof Targets, name: string) =>
    `median of the ratios of ${ROUNDS} rounds in turns; of the rates: ${perSecond(of(one))} beside ${perSecond(of(other))} of ${name}`;
  const notModified = ratio('unchanged', 'bareUnchanged');
  const full = ratio('ours', 'bare');
  const rows: Row[] = [
    {
      what: 'a feed that has not changed, 304',
      measured: `${notModified.toFixed(2)} × bare Express`,
      goal: '≥ 0.8 ×',
      met: notModified >= 0.8,
      note: beside('unchanged', 'bareUnchanged', 'an Express that sets an ETag of its own'),
    },
    {
      what: 'a feed in full, 200',
      measured: `${full.toFixed(2)} × bare Express`,
      goal: '≥ 0.7 ×',
      met: full >= 0.7,
      note: beside('ours', 'bare', 'an Express that sends the same bytes, its ETag off'),
    },
  ];
  const peer = targets.radicale ? ratio('ours', 'radicale') : undefined;
  rows.push({
    what: 'the same beside Radicale',
    measured: peer === undefined ? 'not measured' : `${peer.toFixed(0)} × Radicale`,
    goal: '≥ 5 ×',
    met: peer === undefined ? undefined : peer >= 5,
    note: peer === undefined ? 'install the Debian package radicale' : beside('ours', 'radicale', 'Radicale'),
  });
  return rows;
}

function perSecond(rates: readonly number[]): string {
  return `${Math.round(median(rates)).toLocaleString('en')}/s`;
}

async function rateOf({ url, headers = {}, status }: Target): Promise<number> {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: SECONDS });
  const answers = Object.keys(result.statusCodeStats ?? {});
  if (result.errors > 0 || answers.join() !== String(status))
    throw new Error(
      `${new URL(url).pathname.slice(0, 8)}… answered ${answers.join()} where ${status} was due`,
    );
  return result.requests.average;
}

/** The secret of a feed in the service that runs with this key. */
export async function feedOf(person: PartnerId, world: ServiceWorld): Promise<string> {
  const owner = signedIn(world, person, 'write');
  const real = { ...world, secrets: secretsFrom(SECRET_KEY) };
  return (await issueFeed(owner, { name: 'Phone', detail: 'full' }, real)).token;
}

type Peer = { readonly url: string; readonly process: ChildProcess };

async function bareExpress(file: string): Promise<Peer> {
  const port = await freePort();
  const program = fileURLToPath(new URL('./bare-express.ts', import.meta.url));
  const child = spawn(process.execPath, [program, file, String(port)], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/feed.ics`);
  return { url, process: child };
}

/** Undefined where it is not installed. */
async function radicaleWith(folder: string, file: string): Promise<Peer | undefined> {
  if (spawnSync('radicale', ['--version']).status !== 0) return undefined;
  const port = await freePort();
  const collections = join(folder, 'radicale');
  await mkdir(collections);
  const child = spawn(
    'radicale',
    [
      '--config=',
      `--server-hosts=127.0.0.1:${port}`,
      '--auth-type=none',
      '--rights-type=owner_only',
      `--storage-filesystem-folder=${collections}`,
      '--storage-hook=',
      '--logging-level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}/ana/harbour/`;
  const headers = { authorization: `Basic ${btoa('ana:ana')}`, 'content-type': 'text/calendar' };
  await answering(`http://127.0.0.1:${port}/`);
  const put = await fetch(url, { method: 'PUT', headers, body: await readFile(file) });
  if (put.status >= 300)
    throw new Error(`Radicale does not take the feed: ${put.status} ${await put.text()}`);
  return { url, process: child };
}

async function answering(url: string): Promise<void> {
  for (let k = 0; k < 400; k++) {
    if (await fetch(url).catch(() => undefined)) return;
    await pause(25);
  }
  throw new Error(`${url} does not answer`);
}
