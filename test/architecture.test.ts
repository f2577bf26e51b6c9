// The arrow between the rings and the habits of style, held over every source file; each rule is shown to catch something.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES, type Rule, SCRIPT_ENDING, type Sources, violationsIn } from './support/architecture.ts';

const ROOT = join(import.meta.dirname, '..');

describe('the sources', () => {
  it('keep to the architecture', () => {
    const violations = violationsIn(sourcesUnder(ROOT));
    expect(violations.map(({ rule, file, line, what }) => `${file}:${line} [${rule}] ${what}`)).toEqual([]);
  });

  it('are all scripts, whatever their ending', () => {
    const folder = mkdtempSync(join(tmpdir(), 'turnabout-'));
    try {
      mkdirSync(join(folder, 'src/domain'), { recursive: true });
      const names = ['mjs', 'js', 'cjs', 'ts', 'mts', 'cts', 'jsx', 'tsx'].map((ending) => `a.${ending}`);
      for (const name of [...names, 'a.md', 'a.json']) writeFileSync(join(folder, 'src/domain', name), '');
      const found = [...sourcesUnder(folder).keys()];
      expect(found.sort()).toEqual(names.map((name) => `src/domain/${name}`).sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

type Planted = { readonly rule: Rule; readonly path: string; readonly text: string };

const DOC = '/** Something. */\n';

const planted: readonly Planted[] = [
  { rule: 'ring', path: 'src/helpful/thing.ts', text: '' },
  { rule: 'script-ending', path: 'src/domain/a.mjs', text: '' },
  { rule: 'script-ending', path: 'src/domain/time/a.js', text: '' },
  { rule: 'script-ending', path: 'src/views/a.cjs', text: '' },
  { rule: 'script-ending', path: 'src/views/a.jsx', text: '' },
  { rule: 'script-ending', path: 'src/views/a.tsx', text: '' },
  { rule: 'script-ending', path: 'src/flows/a.mts', text: '' },
  { rule: 'script-ending', path: 'src/adapters/mail/a.cts', text: '' },
  { rule: 'script-ending', path: 'src/cli.mjs', text: '' },
  { rule: 'script-ending', path: 'src/domain/turnabout.mjs', text: '' },
  { rule: 'arrow', path: 'src/domain/a.ts', text: `import { b } from '../views/b.ts';` },
  { rule: 'arrow', path: 'src/domain/a.ts', text: `import type { B } from '../flows/b.ts';` },
  { rule: 'arrow', path: 'src/views/a.ts', text: `export { b } from '../flows/b.ts';` },
  { rule: 'arrow', path: 'src/flows/a.ts', text: `import '../adapters/mail/smtp.ts';` },
  { rule: 'arrow', path: 'src/flows/a.ts', text: `const b = await import('../adapters/mail/smtp.ts');` },
  { rule: 'arrow', path: 'src/domain/a.ts', text: `type B = import('../views/b.ts').B;` },
  { rule: 'arrow', path: 'src/adapters/mail/a.ts', text: `import { b } from '../../wiring.ts';` },
  { rule: 'arrow', path: 'src/adapters/mail/a.ts', text: `import { b } from '../../../test/support/b.ts';` },
  { rule: 'arrow', path: 'src/adapters/mail/a.ts', text: 'const b = await import(name);' },
  { rule: 'arrow', path: 'src/domain/a.ts', text: `import { b } from '/src/views/b.ts';` },
  { rule: 'arrow', path: 'src/domain/a.ts', text: `import { b } from '/src/domain/b.ts';` },
  { rule: 'arrow', path: 'src/adapters/mail/a.ts', text: `import { b } from 'file:///src/wiring.ts';` },
  {
    rule: 'adapter-folders',
    path: 'src/adapters/mail/a.ts',
    text: `import { b } from '../database/b.ts';`,
  },
  {
    rule: 'adapter-folders',
    path: 'src/adapters/calendars/google/a.ts',
    text: `import { b } from '../microsoft/b.ts';`,
  },
  {
    rule: 'adapter-folders',
    path: 'src/adapters/calendars/shared.ts',
    text: `import { b } from './google/b.ts';`,
  },
  { rule: 'packages', path: 'src/domain/a.ts', text: `import { IANAZone } from 'luxon';` },
  { rule: 'packages', path: 'src/domain/time/a.ts', text: `import type { Zone } from 'luxon';` },
  { rule: 'packages', path: 'src/views/a.ts', text: `import { DateTime } from 'luxon';` },
  { rule: 'packages', path: 'src/views/a.ts', text: `import { Hono } from 'hono';` },
  { rule: 'packages', path: 'src/flows/a.ts', text: `import { z } from 'zod';` },
  { rule: 'packages', path: 'src/domain/a.ts', text: `const { z } = await import('zod');` },
  { rule: 'builtins', path: 'src/domain/a.ts', text: `import { join } from 'node:path';` },
  { rule: 'builtins', path: 'src/views/a.ts', text: `import { readFileSync } from 'fs';` },
  { rule: 'builtins', path: 'src/flows/a.ts', text: `import { randomUUID } from 'node:crypto';` },
  { rule: 'import-ending', path: 'src/domain/a.ts', text: `import { b } from './b';` },
  { rule: 'import-ending', path: 'src/cli.ts', text: `import { b } from './domain/b.js';` },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const now = new Date();' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const now = Date.now();' },
  { rule: 'purity', path: 'src/domain/a.ts', text: `const then = Date.parse('2027-01-04');` },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const then = Date.UTC(2027, 0, 4);' },
  { rule: 'purity', path: 'src/flows/a.ts', text: 'type A = { readonly at: Date };' },
  { rule: 'purity', path: 'src/views/a.ts', text: `const text = \`at \${new Date()}\`;` },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const now = performance.now();' },
  { rule: 'purity', path: 'src/flows/a.ts', text: 'setTimeout(again, 1_000);' },
  { rule: 'purity', path: 'src/flows/a.ts', text: 'setInterval(again, 1_000);' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const now = process.hrtime();' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const dice = Math.random();' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const { random } = Math;' },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const colour = process.env.NO_COLOR;' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const id = globalThis.crypto.randomUUID();' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const id = crypto.randomUUID();' },
  { rule: 'purity', path: 'src/views/a.ts', text: `const clock = new Intl.DateTimeFormat('en');` },
  { rule: 'purity', path: 'src/domain/a.ts', text: `console.log('here');` },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const id = global.structuredClone(a);' },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const b = self.location;' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const now = Temporal.Now.instant();' },
  { rule: 'purity', path: 'src/flows/a.ts', text: 'const { Now } = Temporal;' },
  { rule: 'purity', path: 'src/flows/a.ts', text: 'const signal = AbortSignal.timeout(1_000);' },
  { rule: 'purity', path: 'src/flows/a.ts', text: `const signal = AbortSignal['timeout'](1_000);` },
  { rule: 'purity', path: 'src/flows/a.ts', text: 'const { timeout } = AbortSignal;' },
  { rule: 'purity', path: 'src/domain/a.ts', text: `const f = new Function('return 1');` },
  { rule: 'purity', path: 'src/domain/a.ts', text: `const f = Function('return 1');` },
  { rule: 'purity', path: 'src/views/a.ts', text: `const a = eval('1');` },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const now = DateTime.now();' },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const now = DateTime.local();' },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const now = DateTime.utc();' },
  { rule: 'purity', path: 'src/views/a.ts', text: `const now = DateTime.local({ zone: 'UTC' });` },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const clock = DateTime.utc;' },
  { rule: 'purity', path: 'src/views/a.ts', text: 'Settings.now = () => 0;' },
  { rule: 'purity', path: 'src/views/a.ts', text: 'const now = Settings.now();' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const third = a++ / Date.now() / 3;' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const third = a[0]! / Date.now() / 3;' },
  { rule: 'purity', path: 'src/domain/a.ts', text: 'const third = a.of / Date.now() / 3;' },
  { rule: 'size', path: 'src/domain/a.ts', text: 'let a = 1;\n'.repeat(401) },
  { rule: 'forbidden-name', path: 'src/domain/plan-service.ts', text: '' },
  { rule: 'forbidden-name', path: 'src/domain/index.ts', text: '' },
  { rule: 'forbidden-name', path: 'src/adapters/mail/utils.ts', text: '' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'export class PlanManager {}' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'export const errorHandler = 1;' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'export async function dateHelper() {}' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'export type PlanImpl = string;' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'const a = 1;\nexport { a as calendarUtil };' },
  { rule: 'forbidden-name', path: 'src/domain/helpers/a.ts', text: '' },
  { rule: 'forbidden-name', path: 'src/adapters/utils/a.ts', text: '' },
  { rule: 'forbidden-name', path: 'src/adapters/calendars/event-handlers/a.ts', text: '' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'class PlanManager {}' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'function dateHelper() {}' },
  { rule: 'forbidden-name', path: 'src/adapters/mail/a.ts', text: 'function* mailService() {}' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'type PlanImpl = string;' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'interface PlanImpl {}' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'function a() { const errorHandler = 1; }' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'const a = f(1, 2), dateUtil = 2;' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'const { a: dateUtil } = b;' },
  { rule: 'forbidden-name', path: 'src/flows/a.ts', text: 'for (const [name, handler] of all) run(name);' },
  { rule: 'forbidden-word', path: 'src/domain/slot.ts', text: '' },
  { rule: 'forbidden-word', path: 'src/domain/slots/a.ts', text: '' },
  { rule: 'forbidden-word', path: 'src/adapters/mail/schedule/a.ts', text: '' },
  { rule: 'forbidden-word', path: 'src/adapters/mail/a.ts', text: 'class Rescheduler {}' },
  { rule: 'forbidden-word', path: 'src/domain/a.ts', text: 'let freeSlots = 1;' },
  { rule: 'forbidden-word', path: 'src/adapters/mail/a.ts', text: 'const SCHEDULE_AGENT = 1;' },
  { rule: 'forbidden-word', path: 'src/flows/a.ts', text: 'plan.reschedule();' },
  { rule: 'default-export', path: 'src/domain/a.ts', text: `${DOC}export default function a() {}` },
  { rule: 'default-export', path: 'src/domain/a.ts', text: `export { a as default } from './b.ts';` },
  { rule: 'barrel', path: 'src/domain/a.ts', text: `export * from './b.ts';` },
  { rule: 'barrel', path: 'src/flows/a.ts', text: `export * as b from './b.ts';` },
  { rule: 'enum', path: 'src/domain/a.ts', text: `${DOC}export enum Colour { Red }` },
  { rule: 'enum', path: 'src/domain/a.ts', text: 'const enum Colour { Red }' },
  { rule: 'any', path: 'src/adapters/mail/a.ts', text: 'const a: any = 1;' },
  { rule: 'any', path: 'src/adapters/mail/a.ts', text: 'const a = b as Record<string, any>;' },
  { rule: 'any', path: 'src/adapters/mail/a.ts', text: 'const a = z.any();' },
  { rule: 'kebab-case', path: 'src/domain/freeBusy.ts', text: '' },
  { rule: 'kebab-case', path: 'src/domain/Time/zone.ts', text: '' },
  { rule: 'doc-comment', path: 'src/domain/a.ts', text: 'export function a(): void {}' },
  { rule: 'doc-comment', path: 'src/domain/a.ts', text: '// Not this kind.\nexport const A = 1;' },
  { rule: 'doc-comment', path: 'src/domain/a.ts', text: `${DOC}type A = 1;\nexport type B = 2;` },
  { rule: 'doc-comment', path: 'src/flows/ports.ts', text: 'export interface Mailer {}' },
  { rule: 'doc-comment', path: 'src/domain/a.ts', text: 'const A = 1;\nexport { A };' },
  { rule: 'doc-comment', path: 'src/domain/a.ts', text: 'const A = 1;\nexport { A as B };' },
  { rule: 'doc-comment', path: 'src/domain/a.ts', text: 'export { /** Here. */ a };\nasync function a() {}' },
  { rule: 'doc-comment', path: 'src/domain/a.ts', text: 'type A = 1;\nexport type { A };' },
  { rule: 'doc-comment', path: 'src/flows/ports.ts', text: 'interface Mailer {}\nexport type { Mailer };' },
];

describe('a planted violation', () => {
  it.each(planted)('of $rule is caught in $path: $text', ({ rule, path, text }) => {
    expect(violationsIn(treeWith([path, text])).map((found) => [found.rule, found.file])).toEqual([
      [rule, path],
    ]);
  });

  it('of the only reader of ical.js is caught', () => {
    const text = `import ICAL from 'ical.js';`;
    const found = violationsIn(
      treeWith(['src/adapters/calendars/ics/events.ts', text], ['src/adapters/mail/inbox.ts', text]),
    );
    expect(found.map(({ rule, file }) => [rule, file])).toEqual([
      ['one-reader-of-icalendar', 'src/adapters/mail/inbox.ts'],
    ]);
  });

  it('is named with its line', () => {
    const tree = treeWith(['src/domain/a.ts', `// One.\n\nconst now = \`\n\${Date.now()}\`;\n`]);
    expect(violationsIn(tree)).toEqual([
      { rule: 'purity', file: 'src/domain/a.ts', line: 4, what: 'uses Date.now' },
    ]);
  });

  it('of fewer than 20 files is caught', () => {
    const some = new Map([...treeWith()].slice(0, 19));
    expect(violationsIn(some).map(({ rule }) => rule)).toEqual(['too-few-files']);
  });

  it('is planted for every rule', () => {
    const elsewhere: readonly Rule[] = ['too-few-files', 'one-reader-of-icalendar'];
    expect(new Set([...elsewhere, ...planted.map(({ rule }) => rule)])).toEqual(new Set(RULES));
  });
});

describe('what only looks like a violation', () => {
  it.each([
    ['src/domain/a.ts', '// new Date(), Math.random() and any slot\n/* Date.now() */'],
    ['src/domain/a.ts', `const text = 'new Date() any enum Slot'; const more = \`Date.now() \${1} Date\`;`],
    ['src/domain/a.ts', 'const pattern = /Date.now()|[/]Math.random/g;'],
    ['src/domain/a.ts', 'const half = a / b; const most = Math.max(half, 1) / 2;'],
    ['src/domain/a.ts', 'const all = Promise.any(tasks); const one = bits.any();'],
    ['src/domain/a.ts', 'type A = { readonly process: string }; const a = b.process;'],
    ['src/domain/a.ts', 'const explicit = simple; const utilisation = 1;'],
    ['src/domain/time/zone.ts', `import { IANAZone } from 'luxon';`],
    ['src/views/ical.ts', `import { DateTime } from 'luxon';\nimport ical from 'ical-generator';`],
    ['src/views/charts.ts', `import { scaleLinear } from 'd3-scale';\nimport { html } from 'hono/html';`],
    ['src/views/vtimezone.ts', `import { tzlib_get_ical_block } from 'timezones-ical-library';`],
    ['src/flows/a.ts', `import type { Mailer } from './ports.ts';\nimport { b } from '../domain/b.ts';`],
    ['src/adapters/mail/a.ts', `import { z } from 'zod';\nconst now = new Date(import.meta.dirname);`],
    ['src/adapters/jobs/queue.ts', 'await boss.schedule(name);'],
    ['src/adapters/http/assets/menu.js', 'document.title;'],
    ['src/adapters/calendars/google/a.ts', `import { b } from '../shared.ts';`],
    ['src/adapters/database/client/EnumsAndMore.ts', 'export default {} as any;'],
    ['src/wiring.ts', `import { b } from './adapters/mail/b.ts';\nimport { c } from './settings.ts';`],
    ['src/domain/a.ts', `${DOC}export function a(b: 1): 1;\nexport function a(b: number): number {}`],
    ['src/flows/a.ts', 'export function undocumented(): void {}'],
    ['src/turnabout.mjs', `await import('./cli.ts');`],
    ['src/domain/helpful/a.ts', 'const simplex = 1; type Implied = string; class Utilitarian {}'],
    ['src/adapters/mail/a.ts', `import { promisify } from 'node:util';\nconst { handler: a = b.util } = c;`],
    ['src/adapters/mail/a.ts', 'const a = new Map<string, Handler>(); on({ handler: a, b: a.handler });'],
    ['src/flows/a.ts', 'type A = { readonly self: string; readonly global: string }; const a = b.self;'],
    ['src/flows/a.ts', 'type A = AbortSignal; const a = (signal: AbortSignal) => signal.timeout;'],
    ['src/flows/a.ts', 'const stopped = AbortSignal.abort(); let signals: AbortSignal[] = [];'],
    ['src/domain/a.ts', 'type A = Temporal.PlainDate; const evaluate = retrieval.eval(1);'],
    ['src/domain/a.ts', `const isOne = a instanceof Function || typeof a === 'function';`],
    [
      'src/views/a.ts',
      'const a = DateTime.utc(2027, 1); const b = DateTime.local(2027); const c = now.local();',
    ],
    ['src/views/a.ts', 'type Settings = { readonly now: number }; const a = settings.now;'],
    ['src/flows/a.ts', `type A = Settings['zone']; const a = (signal: AbortSignal, [b]: B) => b;`],
    ['src/domain/a.ts', `const isOne = !/Date.now()/.test(a) || f(b++, /Date/) || \`\${/Date/.test(a)}\`;`],
    ['src/domain/a.ts', `${DOC}const A = 1;\n${DOC}async function b() {}\nexport { A, b as c };`],
    ['src/domain/a.ts', `import { b } from './b.ts';\nexport { b };\nexport type { C } from './b.ts';`],
    ['src/adapters/mail/a.ts', `import { readFile } from 'node:fs/promises';\nimport b from '@scope/b';`],
  ])('in %s passes: %s', (path, text) => {
    expect(violationsIn(treeWith([path, text]))).toEqual([]);
  });
});

/** Twenty innocent files, so that only what is planted stands out. */
function treeWith(...files: readonly (readonly [string, string])[]): Sources {
  const innocent = Array.from({ length: 20 }, (_, i): [string, string] => [
    `src/domain/innocent-${i}.ts`,
    `// Nothing to see.\n\n${DOC}export const ANSWER = ${i};\n`,
  ]);
  return new Map([...innocent, ...files]);
}

function sourcesUnder(root: string): Sources {
  const sources = new Map<string, string>();
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !SCRIPT_ENDING.test(entry.name)) continue;
    sources.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
  }
  return sources;
}
