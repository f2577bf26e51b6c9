// Reads a file as text: not too large, and UTF-8 without exceptions.

import { readPlainFile } from './plain-file.ts';

/** A file of twelve partners with years of busy times stays under it; a calendar given by mistake may not. */
const MOST_BYTES = 1024 * 1024;

export type TextReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: string };

export async function readText(path: string): Promise<TextReading> {
  try {
    const read = await readPlainFile(path, MOST_BYTES);
    return read.kind === 'bytes' ? decode(read.bytes) : problem(SENTENCES[read.kind]!);
  } catch (error) {
    return problem(sentenceOf(error));
  }
}

function decode(bytes: Uint8Array): TextReading {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return problem('the file is not UTF-8; save it again with the encoding UTF-8');
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  folder: 'this is a folder; name the file in it',
  'no-file': 'this is a pipe or a device; name a file',
  ENXIO: 'this is a pipe or a device; name a file',
  'too-large': 'the file is larger than 1 MiB; a partnership file is a page of text',
  EACCES: 'the file may not be read by you',
};

function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return SENTENCES[code] ?? `the file cannot be read (${code})`;
}

function problem(sentence: string): TextReading {
  return { kind: 'problem', problem: sentence };
}
