// RESULTS.md: a section for each part of the bench; running one part leaves the others' as they are.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';

/** One figure. `met` is undefined where there is no goal, or where it could not be measured. */
export type Row = {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly met: boolean | undefined;
  readonly note: string;
};

export type Section = { readonly title: string; readonly rows: readonly Row[] };

const FILE = new URL('./RESULTS.md', import.meta.url);

const HEAD = [
  '# Figures',
  '',
  'Written by `npm run bench`. Times are medians of one run on a machine that does other things as well: take them as ± 30 %,',
  'and ratios beside a peer in the same run as the better figure.',
  '',
].join('\n');

/** Replaces the section of this title, or adds it; gives its text. */
export function write(section: Section): string {
  const [, ...known] = readFileSync(FILE, 'utf8').split(/^## /m);
  const sections = new Map(known.map((text) => [text.split('\n', 1)[0]!, `## ${text.trim()}\n`]));
  const text = textOf(section);
  sections.set(section.title, text);
  writeFileSync(FILE, [HEAD, ...sections.values()].join('\n'));
  return text;
}

function textOf({ title, rows }: Section): string {
  const line = ({ what, measured, goal, met, note }: Row) =>
    `| ${what} | ${measured} | ${goal} | ${met === undefined ? '' : met ? 'met' : '**missed**'} | ${note} |`;
  return [
    `## ${title}`,
    '',
    `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ICU tzdata ${process.versions.tz}, ${versions()}.`,
    '',
    '| what | measured | goal | | note |',
    '|---|---|---|---|---|',
    ...rows.map(line),
    '',
  ].join('\n');
}

function versions(): string {
  const require = createRequire(import.meta.url);
  const { devDependencies, dependencies } = JSON.parse(
    readFileSync(require.resolve('../../package.json'), 'utf8'),
  );
  return `HiGHS by highs ${devDependencies.highs}, luxon ${dependencies.luxon}, Express ${dependencies.express}`;
}
