// The whole web app, asked as a browser asks it.

import type { Terms } from '../../../../src/domain/agreement/terms.ts';
import type { PartnerId } from '../../../../src/domain/partner.ts';
import type { Zone } from '../../../../src/domain/time/zone.ts';
import { runPartnership } from '../../../../src/flows/run/run-partnership.ts';
import type { KeptOccurrence } from '../../../../src/flows/stores.ts';
import { type ApiApp, type ApiAppOptions, apiApp, NO_LIMITS } from '../../../support/api-app.ts';
import { type Answer, type Client, clientAt } from '../../../support/client.ts';
import { founded, redrafted, signedByAll } from '../../../support/service-world.ts';

export type Web = Pick<ApiApp, 'world' | 'app' | 'log' | 'stop'> & {
  /** Where it is, as it knows it. */
  readonly url: string;
  /** A browser of nobody's. */
  readonly browser: () => Client;
  /** A browser in which somebody is signed in. */
  readonly as: (person: PartnerId) => Promise<Client>;
  /** The token of a session, as its cookie has it. */
  readonly sessionOf: (person: PartnerId) => Promise<string>;
};

export async function web(options: Pick<ApiAppOptions, 'start' | 'mail'> = {}): Promise<Web> {
  const { world, app, port, session, log, stop } = await apiApp({ limits: NO_LIMITS, ...options });
  const browser = () => clientAt(`http://127.0.0.1:${port}`);
  const sessionOf = async (person: PartnerId) => (await session(person)).cookie!.split('=')[1]!;
  const as = async (person: PartnerId) => {
    const client = browser();
    client.cookies.set('turnabout', await sessionOf(person));
    return client;
  };
  return { world, app, log, stop, browser, as, sessionOf, url: `http://localhost:${port}` };
}

/** What is said about one field, where it was refused; and what stands in it. */
export function fieldIn(
  { text }: Answer,
  name: string,
): { readonly problem: string | undefined; readonly value: string | undefined } {
  const id = name.replace(/[[\]]/g, '\\$&');
  const problem = new RegExp(`id="${id}-problem">([^<]*)<`).exec(text)?.[1];
  const input = new RegExp(`<input id="${id}"[\\s\\S]*?value="([^"]*)"`).exec(text)?.[1];
  const area = new RegExp(`<textarea id="${id}"[^>]*>\\n([^<]*)<`).exec(text)?.[1];
  return { problem, value: input ?? area };
}

export type Pair = {
  readonly id: string;
  readonly path: string;
  readonly ana: PartnerId;
  readonly ben: PartnerId;
};

let count = 0;

/** Somebody whom no other test knows. */
export async function newPerson({ world }: Web, name: string, zone: string): Promise<PartnerId> {
  const id = world.secrets.newId() as PartnerId;
  const email = `${name.split(' ')[0]!.toLowerCase()}.${++count}@example.com`;
  await world.database.people.add({ id, name, email, zone: zone as Zone, region: 'none' }, world.now);
  return id;
}

/** Ana in Los Angeles and Ben in Berlin, with a draft that nobody has signed. */
export async function newPair(of: Web): Promise<Pair> {
  const ana = await newPerson(of, 'Ana Duarte', 'America/Los_Angeles');
  const ben = await newPerson(of, 'Ben Okafor', 'Europe/Berlin');
  const id = await founded(of.world, [ana, ben]);
  return { id, path: `/partnerships/${id}`, ana, ben };
}

/** The same, who have agreed and see their first plan; `change` is made to what they agree on. */
export async function agreedPair(of: Web, change: (terms: Terms) => Terms = (terms) => terms): Promise<Pair> {
  const pair = await newPair(of);
  const draft = (await of.world.database.agreements.draft(pair.id))!;
  if (change(draft.terms) !== draft.terms) await redrafted(of.world, { id: pair.id, by: pair.ana }, change);
  await signedByAll(of.world, pair.id, [pair.ana, pair.ben]);
  await runPartnership(pair.id, of.world);
  of.world.jobs.length = 0;
  return pair;
}

/** The path of the page of one check-in. */
export function pathOf({ path }: Pair, { item }: Pick<KeptOccurrence, 'item'>): string {
  return `${path}/occurrences/${encodeURIComponent(item.uid)}`;
}
