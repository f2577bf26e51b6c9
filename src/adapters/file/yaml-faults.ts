// What the YAML parser complains about, in plain words. Its own words are for programmers and may repeat the text.

import { quoted } from '../../flows/words.ts';

/** A complaint; `pos` are offsets into the text. */
export type Fault = {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
};

/** The first complaint about syntax, because all that follow come from it; where there is none, every complaint. */
export function worthSaying(faults: readonly Fault[]): readonly Fault[] {
  const deep = faults.filter(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const syntax = deep.length > 0 ? deep : faults.filter(({ code }) => !INDEPENDENT.includes(code));
  const [first, ...others] = syntax;
  if (!first) return faults;
  return [others.reduce((least, fault) => (fault.pos[0] < least.pos[0] ? fault : least), first)];
}

/** These leave the rest of the text as it is. */
const INDEPENDENT = ['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED', 'BAD_DIRECTIVE'];

export const TOO_DEEP = 'the file is nested too deeply; a partnership file needs five levels';

export function sentenceOfFault({ code, message }: Fault): string {
  const sentence = SENTENCES[code] ?? SENTENCES_BY_MESSAGE.find(([part]) => message.includes(part))?.[1];
  return sentence ?? `this is no YAML: ${quoted(message)}`;
}

const SENTENCES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice; leave one of them out',
  MULTIPLE_DOCS: 'a second document begins here; write one partnership a file',
  TAB_AS_INDENT: 'this line is indented with a tab; YAML wants spaces',
  BLOCK_AS_IMPLICIT_KEY: 'this is no YAML: put a text that holds a colon in quotes',
  RESOURCE_EXHAUSTION: TOO_DEEP,
  BAD_SCALAR_START: 'this is no YAML: put a text that begins with @, ` or % in quotes',
  BAD_DQ_ESCAPE:
    'this is no YAML: a backslash in double quotes begins an escape; put the text in single quotes',
  TAG_RESOLVE_FAILED: 'this is no tag of YAML: leave out the word that begins with "!"',
  BAD_DIRECTIVE: 'nothing reads this line: leave out what begins with "%"',
  MULTILINE_IMPLICIT_KEY: 'this is no YAML: a key and its colon stand on one line',
  UNEXPECTED_TOKEN: 'this is no YAML: a dash, comma or bracket stands where none belongs',
};

const SENTENCES_BY_MESSAGE: readonly (readonly [string, string])[] = [
  ['and end with a ]', 'this is no YAML: a list that was opened with [ is not closed with ]'],
  ['and end with a }', 'this is no YAML: a map that was opened with { is not closed with }'],
  ['Missing closing', 'this is no YAML: a text in quotes does not end'],
  ['followed by map values', 'this is no YAML: a colon is missing after a key'],
  ['same column', 'this is no YAML: this line is indented more or less than its neighbours'],
  ['Missing , ', 'this is no YAML: a comma is missing'],
];
