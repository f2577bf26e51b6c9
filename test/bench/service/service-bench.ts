// The service's figures: how soon it answers, what it needs when idle, how fast feeds are, how many partnerships it runs.

import type { Row } from '../results.ts';
import { feedRows } from './feeds.ts';
import { runRows } from './runs.ts';
import { startRows } from './starts.ts';

/** Some minutes. Everything runs on this machine, as processes of their own. */
export async function serviceRows(say: (text: string) => void): Promise<readonly Row[]> {
  say('starts and memory');
  const starts = await startRows();
  say('feeds');
  const feeds = await feedRows();
  say('partnerships');
  return [...starts, ...feeds, ...(await runRows())];
}
