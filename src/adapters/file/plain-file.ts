// Reads plain files alone: a pipe that nobody writes to would hang, and a device may have no end.

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export type BytesReading =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'folder' | 'no-file' | 'too-large' };

/** The bytes of the file at `path`, at most `most` of them. Throws what the system throws where it cannot be opened. */
export async function readPlainFile(path: string, most: number): Promise<BytesReading> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) return { kind: 'folder' };
    return stat.isFile() ? await firstBytes(file, most) : { kind: 'no-file' };
  } finally {
    await file.close();
  }
}

/** One byte more than allowed is read, so that more is noticed without reading all. */
async function firstBytes(file: FileHandle, most: number): Promise<BytesReading> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.createReadStream({ autoClose: false, end: most })) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return bytes.length > most ? { kind: 'too-large' } : { kind: 'bytes', bytes };
}
