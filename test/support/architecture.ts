// The rules of the architecture as a pure function over sources: nothing is read here.

import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { type Module, moduleOf } from './module.ts';
import type { Token } from './tokens.ts';

/** Names of what is forbidden. */
export const RULES = [
  'too-few-files',
  'ring',
  'script-ending',
  'arrow',
  'adapter-folders',
  'packages',
  'builtins',
  'one-reader-of-icalendar',
  'import-ending',
  'purity',
  'size',
  'forbidden-name',
  'forbidden-word',
  'default-export',
  'barrel',
  'enum',
  'any',
  'kebab-case',
  'doc-comment',
] as const;

export type Rule = (typeof RULES)[number];

export type Violation = {
  readonly rule: Rule;
  readonly file: string;
  readonly line: number;
  readonly what: string;
};

/** Path from the project's root, with slashes → source text. */
export type Sources = ReadonlyMap<string, string>;

/** Fewer than that were not all found, and a check of nothing finds nothing. */
const FEWEST_FILES = 20;

const LONGEST_FILE = 400;

/** What Node or a compiler would run, whichever language it is. */
export const SCRIPT_ENDING = /\.[cm]?[jt]sx?$/;

/** What npm starts is the one script that is not TypeScript: a Node too old to read TypeScript runs it as well. */
const PLAIN_JAVASCRIPT = 'src/turnabout.mjs';

/** What browsers run as it is. */
const FOR_BROWSERS = /^src\/adapters\/http\/assets\/[a-z-]+\.js$/;

/** Written by a generator, not by us. */
const GENERATED = 'src/adapters/database/client/';

/** What breaks the architecture, file by file. */
export function violationsIn(sources: Sources): Violation[] {
  const modules: Module[] = [];
  for (const [path, text] of sources) if (!path.startsWith(GENERATED)) modules.push(moduleOf(path, text));
  return [
    ...tooFewFiles(modules),
    ...secondReadersOfIcalendar(modules),
    ...modules.flatMap((module) => PER_FILE.flatMap((rule) => rule(module))),
  ];
}

const PER_FILE: readonly ((module: Module) => Violation[])[] = [
  outsideTheRings,
  scriptEndings,
  againstTheArrow,
  betweenAdapterFolders,
  foreignPackages,
  builtins,
  importEndings,
  impurities,
  size,
  forbiddenNames,
  forbiddenWords,
  exportForms,
  enums,
  anyTypes,
  fileName,
  missingDocComments,
];

/** From left to right; `wiring` is every file at the top of src. */
const RINGS = ['domain', 'views', 'flows', 'adapters', 'wiring'] as const;
type Ring = (typeof RINGS)[number];

function ringOf(path: string): Ring | undefined {
  const [root, ring, ...rest] = path.split('/');
  if (root !== 'src' || ring === undefined) return undefined;
  return rest.length === 0 ? 'wiring' : RINGS.find((each) => each === ring && each !== 'wiring');
}

/** Values in, values out: no clock, no I/O, no randomness of its own. */
function isPure(path: string): boolean {
  return ['domain', 'views', 'flows'].includes(ringOf(path) ?? '');
}

function tooFewFiles(modules: readonly Module[]): Violation[] {
  if (modules.length >= FEWEST_FILES) return [];
  return [{ rule: 'too-few-files', file: 'src', line: 1, what: `only ${modules.length} files were seen` }];
}

function secondReadersOfIcalendar(modules: readonly Module[]): Violation[] {
  const readers = modules.flatMap(({ path, imports }) => {
    const found = imports.find(({ specifier }) => packageOf(specifier ?? '') === 'ical.js');
    return found ? [{ path, line: found.line }] : [];
  });
  return readers.slice(1).map(({ path, line }) => ({
    rule: 'one-reader-of-icalendar',
    file: path,
    line,
    what: `ical.js is already read by ${readers[0]!.path}`,
  }));
}

function outsideTheRings({ path }: Module): Violation[] {
  return ringOf(path) ? [] : [{ rule: 'ring', file: path, line: 1, what: 'lies in none of the rings' }];
}

function scriptEndings({ path }: Module): Violation[] {
  if (path.endsWith('.ts') || path === PLAIN_JAVASCRIPT || FOR_BROWSERS.test(path)) return [];
  return [{ rule: 'script-ending', file: path, line: 1, what: 'does not end in .ts' }];
}

function againstTheArrow({ path, imports }: Module): Violation[] {
  const own = RINGS.indexOf(ringOf(path) ?? 'wiring');
  return imports.flatMap(({ specifier, line }): Violation[] => {
    const broken = (what: string): Violation[] => [{ rule: 'arrow', file: path, line, what }];
    if (specifier === undefined) return broken('imports what nobody can tell before it runs');
    if (isAbsolute(specifier)) return broken(`imports ${specifier} by an absolute path`);
    if (!isRelative(specifier)) return [];
    const ring = ringOf(targetOf(path, specifier));
    if (!ring) return broken(`imports ${specifier}, which lies in none of the rings`);
    return RINGS.indexOf(ring) <= own ? [] : broken(`imports ${specifier} from ${ring}, to its right`);
  });
}

function betweenAdapterFolders({ path, imports }: Module): Violation[] {
  const own = adapterFolderOf(path);
  if (own === undefined) return [];
  return imports.flatMap(({ specifier, line }): Violation[] => {
    const target = specifier && isRelative(specifier) ? targetOf(path, specifier) : '';
    const other = adapterFolderOf(target);
    if (other === undefined || other === own || own.startsWith(`${other}/`)) return [];
    return [{ rule: 'adapter-folders', file: path, line, what: `${own} imports from ${other}` }];
  });
}

/**
 * The technology a file belongs to: the first level under adapters, and each calendar provider by itself. What lies beside
 * the providers is shared by them.
 */
function adapterFolderOf(path: string): string | undefined {
  const [, , first, second, ...rest] = path.split('/');
  if (ringOf(path) !== 'adapters') return undefined;
  return first === 'calendars' && rest.length > 0 ? `${first}/${second}` : first;
}

function foreignPackages({ path, imports }: Module): Violation[] {
  return imports.flatMap(({ specifier, line }): Violation[] => {
    if (!specifier || isRelative(specifier) || isAbsolute(specifier) || isBuiltin(specifier)) return [];
    if (mayImport(path, specifier)) return [];
    return [{ rule: 'packages', file: path, line, what: `imports the package ${specifier}` }];
  });
}

const PACKAGES_OF_VIEWS: readonly RegExp[] = [
  /^ical-generator$/,
  /^timezones-ical-library$/,
  /^d3-[a-z-]+$/,
  /^hono\/html$/,
];

function mayImport(path: string, specifier: string): boolean {
  if (specifier === 'luxon' && ['src/domain/time/zone.ts', 'src/views/ical.ts'].includes(path)) return true;
  if (ringOf(path) === 'views') return PACKAGES_OF_VIEWS.some((allowed) => allowed.test(specifier));
  return !isPure(path);
}

function builtins({ path, imports }: Module): Violation[] {
  if (!isPure(path)) return [];
  return imports.flatMap(({ specifier, line }): Violation[] =>
    specifier && isBuiltin(specifier)
      ? [{ rule: 'builtins', file: path, line, what: `imports ${specifier}` }]
      : [],
  );
}

function importEndings({ path, imports }: Module): Violation[] {
  return imports.flatMap(({ specifier, line }): Violation[] =>
    specifier && isRelative(specifier) && !specifier.endsWith('.ts')
      ? [{ rule: 'import-ending', file: path, line, what: `imports ${specifier} without its ending .ts` }]
      : [],
  );
}

/** Of the surroundings of a running program; a property may have the name. */
const SURROUNDINGS: ReadonlySet<string> = new Set([
  ...['performance', 'setTimeout', 'setInterval', 'setImmediate', 'process', 'crypto'],
  ...['globalThis', 'global', 'self', 'console', 'fetch', 'require', 'navigator', 'eval'],
]);

function impurities({ path, tokens }: Module): Violation[] {
  if (!isPure(path)) return [];
  return tokens.flatMap((token, i): Violation[] =>
    token.kind === 'word' && isImpure(tokens, i)
      ? [{ rule: 'purity', file: path, line: token.line, what: `uses ${around(tokens, i)}` }]
      : [],
  );
}

function isImpure(tokens: readonly Token[], i: number): boolean {
  const [text, next, after] = [tokens[i]!.text, tokens[i + 1]?.text, tokens[i + 2]?.text];
  if (text === 'Date') return true;
  if (text === 'Math') return next !== '.' || after === 'random';
  if (text === 'Intl') return next !== '.' || after === 'DateTimeFormat';
  if (text === 'Temporal') return next !== '.' || after === 'Now';
  if (text === 'DateTime') return next === 'as' || readsLuxonsClock(tokens, i);
  if (text === 'AbortSignal') return reaches(tokens, i, ['timeout']);
  if (text === 'Settings') return next === 'as' || reaches(tokens, i, ['now']);
  if (text === 'Function') return tokens[i - 1]?.text !== 'instanceof' && !isPropertyName(tokens, i);
  return SURROUNDINGS.has(text) && !isPropertyName(tokens, i);
}

/** DateTime.local and .utc read the clock unless they are called with a year. */
function readsLuxonsClock(tokens: readonly Token[], i: number): boolean {
  if (!reaches(tokens, i, ['local', 'utc'])) return reaches(tokens, i, ['now']);
  const isCalled = ['.', '?.'].includes(tokens[i + 1]?.text ?? '') && tokens[i + 3]?.text === '(';
  return !isCalled || [')', '{'].includes(tokens[i + 4]?.text ?? '');
}

/** Whether one of these members is taken out of what stands at `i`, or any by a pattern. */
function reaches(tokens: readonly Token[], i: number, members: readonly string[]): boolean {
  const [next, after] = [tokens[i + 1]?.text ?? '', tokens[i + 2]?.text ?? ''];
  if (next === '?.' && after === '[') return members.includes(tokens[i + 3]?.text ?? '');
  if (['.', '?.', '['].includes(next)) return members.includes(after);
  return tokens[i - 1]?.text === '=' && tokens[i - 2]?.text === '}';
}

function isPropertyName(tokens: readonly Token[], i: number): boolean {
  const [before, next] = [tokens[i - 1]?.text ?? '', tokens[i + 1]?.text ?? ''];
  if (['.', '?.'].includes(before)) return true;
  return ['{', ',', ';', 'readonly'].includes(before) && [':', '?'].includes(next);
}

function around(tokens: readonly Token[], i: number): string {
  const next = tokens[i + 1]?.text === '.' ? `.${tokens[i + 2]?.text ?? ''}` : '';
  return `${tokens[i]!.text}${next}`;
}

function size({ path, text }: Module): Violation[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines <= LONGEST_FILE) return [];
  return [{ rule: 'size', file: path, line: LONGEST_FILE + 1, what: `has ${lines} lines` }];
}

/** They say nothing about what a thing is. */
const EMPTY_NAMES: ReadonlySet<string> = new Set(
  'service services manager managers handler handlers helper helpers util utils utility utilities impl impls'.split(
    ' ',
  ),
);

function forbiddenNames({ path, declarations, exports }: Module): Violation[] {
  const parts = partsOf(path);
  const found: Violation[] = [];
  if (parts.at(-1) === 'index')
    found.push({ rule: 'forbidden-name', file: path, line: 1, what: 'is named index' });
  const lines = new Map(parts.map((part) => [part, 1]));
  for (const { name, line } of [...declarations, ...exports]) lines.set(name, lines.get(name) ?? line);
  for (const [name, line] of lines) {
    const empty = wordsOf(name).find((word) => EMPTY_NAMES.has(word));
    if (empty) found.push({ rule: 'forbidden-name', file: path, line, what: `${name} is named "${empty}"` });
  }
  return found;
}

/** Candidate, occurrence and plan are the words of this project. */
const OTHER_WORDS = /^(slots?|(un|re)?schedul(e|es|ed|er|ers|ing))$/;

function forbiddenWords({ path, tokens }: Module): Violation[] {
  const found: Violation[] = [];
  for (const part of partsOf(path))
    if (wordsOf(part).some((word) => OTHER_WORDS.test(word)))
      found.push({ rule: 'forbidden-word', file: path, line: 1, what: `the path says ${part}` });
  for (const [i, { kind, text, line }] of tokens.entries()) {
    if (kind !== 'word' || !wordsOf(text).some((word) => OTHER_WORDS.test(word))) continue;
    const isForeign = !isPure(path) && ['.', '?.'].includes(tokens[i - 1]?.text ?? '');
    if (!isForeign) found.push({ rule: 'forbidden-word', file: path, line, what: `says ${text}` });
  }
  return found;
}

/** The names of its folders and its own without the ending. */
function partsOf(path: string): string[] {
  return path.replace(SCRIPT_ENDING, '').split('/');
}

/** "readCalendarURLs" → read, calendar, urls. */
function wordsOf(name: string): string[] {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return spaced.toLowerCase().split(/[^a-z0-9]+/);
}

function exportForms({ path, exports }: Module): Violation[] {
  return exports.flatMap(({ form, line }): Violation[] => {
    if (form === 'default')
      return [{ rule: 'default-export', file: path, line, what: 'exports without a name' }];
    if (form === 'everything')
      return [{ rule: 'barrel', file: path, line, what: 'exports all of another file' }];
    return [];
  });
}

function enums({ path, tokens }: Module): Violation[] {
  return tokens.flatMap(({ text, line, kind }, i): Violation[] =>
    kind === 'word' && text === 'enum' && tokens[i + 1]?.kind === 'word' && tokens[i + 2]?.text === '{'
      ? [{ rule: 'enum', file: path, line, what: `declares the enum ${tokens[i + 1]!.text}` }]
      : [],
  );
}

function anyTypes({ path, tokens }: Module): Violation[] {
  return tokens.flatMap(({ text, line, kind }, i): Violation[] =>
    kind === 'word' && text === 'any' && isAnyType(tokens, i)
      ? [{ rule: 'any', file: path, line, what: 'uses the type any' }]
      : [],
  );
}

/** `any` as a type or as zod's z.any(), not as the name of a method or a property. */
function isAnyType(tokens: readonly Token[], i: number): boolean {
  const [before, next] = [tokens[i - 1]?.text ?? '', tokens[i + 1]?.text ?? ''];
  if (before === '.') return tokens[i - 2]?.text === 'z';
  return next !== '(' && !(next === ':' && before !== '?');
}

function fileName({ path }: Module): Violation[] {
  const isKebab = partsOf(path).every((part) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part));
  return isKebab ? [] : [{ rule: 'kebab-case', file: path, line: 1, what: 'is not in kebab-case' }];
}

/** Every export of the domain and every port says what it is; of an overloaded function the first signature does. */
function missingDocComments({ path, exports }: Module): Violation[] {
  if (ringOf(path) !== 'domain' && path !== 'src/flows/ports.ts') return [];
  const seen = new Set<string>();
  const found: Violation[] = [];
  for (const { form, name, line, documented } of exports) {
    if (['declared', 'listed'].includes(form) && !documented && !seen.has(name))
      found.push({ rule: 'doc-comment', file: path, line, what: `${name} has no doc comment` });
    seen.add(name);
  }
  return found;
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}

/** A path from the root of a disk or of a server, or a URL ("file:"). */
function isAbsolute(specifier: string): boolean {
  return /^([/\\]|[a-z][a-z0-9+.-]*:)/i.test(specifier) && !isBuiltin(specifier);
}

function targetOf(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
