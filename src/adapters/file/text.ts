// Reads a file as text: not too large, and UTF-8 without exceptions.

import { createReadStream } from 'node:fs';

/** A file of twelve partners with years of busy times stays under it; a calendar given by mistake may not. */
const MOST_BYTES = 1024 * 1024;

export type TextReading =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: string };

export async function readText(path: string): Promise<TextReading> {
  try {
    const bytes = await firstBytes(path);
    return bytes
      ? decode(bytes)
      : problem('the file is larger than 1 MiB; a partnership file is a page of text');
  } catch (error) {
    return problem(sentenceOf(error));
  }
}

/** Undefined where there is more than is allowed: one byte more is read, so that it is noticed without reading all. */
async function firstBytes(path: string): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of createReadStream(path, { end: MOST_BYTES })) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return bytes.length > MOST_BYTES ? undefined : bytes;
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
  EISDIR: 'this is a folder; name the file in it',
  EACCES: 'the file may not be read by you',
};

function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return SENTENCES[code] ?? `the file cannot be read (${code})`;
}

function problem(sentence: string): TextReading {
  return { kind: 'problem', problem: sentence };
}
