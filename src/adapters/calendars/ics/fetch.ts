// The bytes of a calendar: a file, or an address on the web. The address is a secret, as whoever has it reads the
// calendar; no message names more of it than its host.

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CalendarUnreadable } from '../../../domain/errors.ts';
import { withoutWebcal } from '../../../flows/calendar-address.ts';
import { isMistypedAddress } from '../../../flows/show-safely.ts';
import { tooLarge } from './calendars.ts';
import { type Guard, PUBLIC_INTERNET } from './guard.ts';
import { LOADING_LIMITS, type LoadingLimits } from './limits.ts';
import { download } from './web.ts';

export type LoadingOptions = {
  /** The folder to which a file's path is relative. */
  readonly folder: string;
  readonly limits?: Partial<LoadingLimits>;
  /** Where a fetch may go; a test may open it to its own server. */
  readonly guard?: Guard;
  /** Certificates (PEM) that are trusted instead of the public ones; for a test with a server of its own. */
  readonly ca?: string;
};

/**
 * The calendar at `source`: a path, or an https:// or webcal:// address. Throws CalendarUnreadable with a sentence that is
 * safe to show.
 */
export async function loadCalendar(source: string, options: LoadingOptions): Promise<Uint8Array> {
  const limits = { ...LOADING_LIMITS, ...options.limits };
  if (isMistypedAddress(source))
    throw new CalendarUnreadable('calendar', 'its address is mistyped; one begins with https://');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return readFile(source, { folder: options.folder, limits });
  const { ca, guard = PUBLIC_INTERNET } = options;
  const body = await download(addressOf(source), { limits, guard, ...(ca === undefined ? {} : { ca }) });
  return body.bytes;
}

/** What is asked for an address as somebody wrote it; throws CalendarUnreadable where it is none. */
export function addressOf(source: string): URL {
  const url = URL.parse(withoutWebcal(source.trim()));
  if (!url)
    throw new CalendarUnreadable('calendar', 'its address is no web address; one begins with https://');
  return url;
}

type FileOptions = { readonly folder: string; readonly limits: LoadingLimits };

/** Opened without waiting, or a pipe that nobody writes to would hang; and what is no plain file is not read. */
async function readFile(path: string, { folder, limits }: FileOptions): Promise<Uint8Array> {
  const file = await open(resolve(folder, path), constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw new CalendarUnreadable(path, sentenceOf(cause), { cause });
    },
  );
  try {
    const { size, ...stat } = await file.stat().then((each) => ({ size: each.size, isFile: each.isFile() }));
    if (!stat.isFile) throw new CalendarUnreadable(path, 'it is no file; name the .ics file itself');
    if (size > limits.bytes) throw new CalendarUnreadable(path, tooLarge(limits.bytes));
    return await firstBytes(file.createReadStream({ autoClose: false, end: limits.bytes }), { path, limits });
  } finally {
    await file.close();
  }
}

/** One byte more than allowed is asked for, so that a file that grew meanwhile is noticed. */
async function firstBytes(
  stream: AsyncIterable<Uint8Array>,
  { path, limits }: { path: string; limits: LoadingLimits },
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length > limits.bytes) throw new CalendarUnreadable(path, tooLarge(limits.bytes));
  return bytes;
}

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read by you',
  ENXIO: 'it is no file; name the .ics file itself',
};

function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return SENTENCES[code] ?? 'the file cannot be read';
}
