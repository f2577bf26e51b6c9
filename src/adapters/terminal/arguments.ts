// What was typed, read into what is asked for.

import { parseArgs } from 'node:util';
import { nearest } from '../../domain/nearest.ts';
import { type PlainDate, parseDate } from '../../domain/time/plain-date.ts';
import { isEmail } from '../../flows/email-address.ts';
import { isAddress, shown } from '../../flows/show-safely.ts';

export type PlanArguments = {
  readonly command: 'plan';
  readonly file: string;
  readonly from?: PlainDate;
  readonly weeks: number;
  readonly json: boolean;
  readonly ics?: string;
  /** The id of a period that is to be explained. */
  readonly explain?: string;
  readonly without: readonly string[];
};

export type CheckArguments = { readonly command: 'check'; readonly file: string };

/** `from` and `to` as they were typed: a date means something only in `zone`. */
export type BusyArguments = {
  readonly command: 'busy';
  readonly calendar: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly as?: string;
  readonly json: boolean;
};

/** `serve` and `demo` run until they are stopped; `doctor` looks at a set-up. */
export type ServeArguments = { readonly command: 'serve' | 'demo' | 'doctor' };

/** The passphrase is in a file, or asked for; never among the arguments, which others on the machine can see. */
export type BackupArguments = {
  readonly command: 'backup' | 'restore';
  readonly file: string;
  readonly passphraseFile?: string;
  /** Whether what is there may go. */
  readonly replace: boolean;
};

/** For whom a link to sign in by is made. */
export type LinkArguments = { readonly command: 'sign-in-link'; readonly email: string };

/** Everything that can be asked for. */
export type RunArguments =
  | PlanArguments
  | CheckArguments
  | BusyArguments
  | ServeArguments
  | BackupArguments
  | LinkArguments;

export type CommandName = RunArguments['command'];

export type Asked =
  | { readonly kind: 'run'; readonly run: RunArguments }
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly problem: string; readonly command?: CommandName };

/** Reads the arguments after the program's name. */
export function readArguments(words: readonly string[]): Asked {
  const [first, ...rest] = words;
  if (first === undefined || first === 'help') return { kind: 'help', ...commandNamed(rest[0]) };
  if (!isCommand(first)) return readTop(first, words);
  const typed = readOptions(OPTIONS[first], rest);
  if (typed.kind === 'wrong') return { kind: 'wrong', problem: typed.problem, command: first };
  if (typed.flags.has('help')) return { kind: 'help', command: first };
  if (typed.flags.has('version')) return { kind: 'version' };
  const run = READERS[first](typed);
  return typeof run === 'string' ? { kind: 'wrong', problem: run, command: first } : { kind: 'run', run };
}

const COMMANDS: readonly CommandName[] = [
  'plan',
  'check',
  'busy',
  'serve',
  'demo',
  'doctor',
  'backup',
  'restore',
  'sign-in-link',
];

/** Weeks that a plan may look ahead: two years. */
const MOST_WEEKS = 104;

/** As in a partnership file: 1970-01-01 and 2199-12-31. */
const [EARLIEST, LATEST] = [0, 84_005];

type OptionKind = 'text' | 'flag';

const COMMON = { help: 'flag', version: 'flag' } as const;
const OPTIONS: Readonly<Record<CommandName, Readonly<Record<string, OptionKind>>>> = {
  plan: {
    ...COMMON,
    from: 'text',
    weeks: 'text',
    json: 'flag',
    ics: 'text',
    explain: 'text',
    without: 'text',
  },
  check: COMMON,
  busy: { ...COMMON, zone: 'text', as: 'text', from: 'text', to: 'text', json: 'flag' },
  serve: COMMON,
  demo: COMMON,
  doctor: COMMON,
  backup: { ...COMMON, 'passphrase-file': 'text' },
  restore: { ...COMMON, 'passphrase-file': 'text', replace: 'flag' },
  'sign-in-link': COMMON,
};

/** Where there is no command, an option may ask for help, and a word is a command that was mistyped. */
function readTop(first: string, words: readonly string[]): Asked {
  if (words.includes('--version') || first === '-v' || first === '-V') return { kind: 'version' };
  if (words.includes('--help') || first === '-h') return { kind: 'help' };
  const known = first.startsWith('-') ? ['--help', '--version'] : COMMANDS;
  const near = nearest(first, known);
  const advice = near ? `did you mean ${near}?` : `the commands are ${COMMANDS.join(', ')}`;
  return {
    kind: 'wrong',
    problem: `${shown(first)} is no ${first.startsWith('-') ? 'option here' : 'command'}: ${advice}`,
  };
}

function isCommand(word: string): word is CommandName {
  return COMMANDS.some((command) => command === word);
}

function commandNamed(word: string | undefined): { readonly command?: CommandName } {
  return word !== undefined && isCommand(word) ? { command: word } : {};
}

type Typed = {
  readonly kind: 'typed';
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, readonly string[]>;
};

type Wrong = { readonly kind: 'wrong'; readonly problem: string };

function readOptions(known: Readonly<Record<string, OptionKind>>, args: readonly string[]): Typed | Wrong {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? 'boolean' : 'string', multiple: true } as const,
    ]),
  );
  const { tokens } = parseArgs({
    args: args.map(longHelp),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const [words, flags, texts] = [[] as string[], new Set<string>(), new Map<string, string[]>()];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const problem = problemWith(token, known);
    if (problem !== undefined) return { kind: 'wrong', problem };
    if (known[token.name] === 'flag') flags.add(token.name);
    else texts.set(token.name, [...(texts.get(token.name) ?? []), token.value ?? '']);
  }
  return { kind: 'typed', words, flags, texts };
}

function longHelp(word: string): string {
  return word === '-h' ? '--help' : word;
}

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
};

function problemWith(
  { name, rawName, value, inlineValue }: OptionToken,
  known: Readonly<Record<string, OptionKind>>,
): string | undefined {
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind === undefined) {
    const names = Object.keys(known).map((each) => `--${each}`);
    const near = nearest(rawName, names);
    return `${rawName} is no option here: ${near ? `did you mean ${near}?` : `the options are ${names.join(', ')}`}`;
  }
  if (kind === 'flag') return value === undefined ? undefined : `${rawName} takes no value`;
  const missing = value === undefined || value === '' || (!inlineValue && looksLikeOption(value));
  return missing ? `${rawName} needs a value` : undefined;
}

/** A number below zero is a value, however wrong. */
function looksLikeOption(value: string): boolean {
  return value.startsWith('-') && !/^-\d/.test(value);
}

/** The arguments of a command, or a sentence about what is wrong with them. */
const READERS: Readonly<Record<CommandName, (typed: Typed) => RunArguments | string>> = {
  plan: readPlan,
  check: readCheck,
  busy: readBusy,
  serve: (typed) => readServe('serve', typed),
  demo: (typed) => readServe('demo', typed),
  doctor: (typed) => readServe('doctor', typed),
  backup: (typed) => readBackup('backup', typed),
  restore: (typed) => readBackup('restore', typed),
  'sign-in-link': readLink,
};

function readPlan(typed: Typed): PlanArguments | string {
  const file = partnershipFileIn(typed);
  if (typeof file !== 'string') return file.problem;
  const [from, weeks, ics, explain] = ['from', 'weeks', 'ics', 'explain'].map((name) =>
    typed.texts.get(name)?.at(-1),
  );
  const first = from === undefined ? undefined : firstDayNamed(from);
  if (typeof first === 'string') return first;
  if (ics !== undefined && isAddress(ics)) return '--ics is an address: name a file to write';
  const count = Number(weeks ?? 12);
  if (!/^\d+$/.test(weeks ?? '12') || count < 1 || count > MOST_WEEKS)
    return `--weeks ${shown(weeks ?? '')} is not a number from 1 to ${MOST_WEEKS}`;
  return {
    command: 'plan',
    file,
    weeks: count,
    json: typed.flags.has('json'),
    without: typed.texts.get('without') ?? [],
    ...(first !== undefined && { from: first }),
    ...(ics !== undefined && { ics }),
    ...(explain !== undefined && { explain }),
  };
}

/** The day, or what is wrong with it. */
function firstDayNamed(from: string): PlainDate | string {
  const day = parseDate(from);
  if (day === undefined) {
    const what = /^\d{4}-\d{2}-\d{2}$/.test(from) ? 'no date that exists' : 'no date';
    return `--from ${shown(from)} is ${what}: write it as 2027-01-04`;
  }
  const isNear = day >= EARLIEST && day <= LATEST;
  return isNear ? day : `--from ${from} is too far away: write a year from 1970 to 2199`;
}

function readCheck(typed: Typed): CheckArguments | string {
  const file = partnershipFileIn(typed);
  return typeof file === 'string' ? { command: 'check', file } : file.problem;
}

function readBusy(typed: Typed): BusyArguments | string {
  const calendar = onlyWord(typed, 'a calendar file or address');
  if (typeof calendar !== 'string') return calendar.problem;
  const [from, to, zone = 'UTC', as] = ['from', 'to', 'zone', 'as'].map((name) =>
    typed.texts.get(name)?.at(-1),
  );
  if (from === undefined)
    return '--from is missing: write a date or a time, 2027-01-04 or 2027-01-04T09:00:00Z';
  if (as !== undefined && !isEmail(as.trim()))
    return `--as ${shown(as)} is no e-mail address: write it as ana@example.com`;
  if (to === undefined) return '--to is missing: write a date or a time, 2027-01-11 or 2027-01-11T17:00:00Z';
  return {
    command: 'busy',
    calendar,
    from,
    to,
    zone,
    json: typed.flags.has('json'),
    ...(as !== undefined && { as }),
  };
}

function readServe(command: ServeArguments['command'], { words }: Typed): ServeArguments | string {
  return words[0] === undefined
    ? { command }
    : `${shown(words[0])} is one too many: ${command} takes no words`;
}

function readBackup(command: BackupArguments['command'], typed: Typed): BackupArguments | string {
  const file = onlyWord(typed, 'a backup file');
  if (typeof file !== 'string') return file.problem;
  const passphraseFile = typed.texts.get('passphrase-file')?.at(-1);
  const replace = typed.flags.has('replace');
  return { command, file, replace, ...(passphraseFile !== undefined && { passphraseFile }) };
}

function readLink(typed: Typed): LinkArguments | string {
  const email = onlyWord(typed, 'an e-mail address');
  if (typeof email !== 'string') return email.problem;
  return isEmail(email.trim())
    ? { command: 'sign-in-link', email: email.trim().toLowerCase() }
    : `${shown(email)} is no e-mail address: write it as ana@example.com`;
}

/** Of an address not even a part is repeated: it may be that of a calendar, and that is a secret. */
function partnershipFileIn(typed: Typed): string | Wrong {
  const file = onlyWord(typed, 'a partnership file');
  if (typeof file !== 'string' || !isAddress(file)) return file;
  return { kind: 'wrong', problem: 'this is an address: name a partnership file' };
}

function onlyWord({ words }: Typed, what: string): string | Wrong {
  const [word, second] = words;
  if (word === undefined) return { kind: 'wrong', problem: `${what} is missing` };
  return second === undefined
    ? word
    : { kind: 'wrong', problem: `${shown(second)} is one too many: name ${what}` };
}
