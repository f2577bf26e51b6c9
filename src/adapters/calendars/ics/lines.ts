// The bytes of a calendar as content lines (RFC 5545 3.1), with the damage undone that is common in the wild: byte order
// marks, Latin-1, NUL bytes, bare carriage returns, folds inside a UTF-8 sequence, continuation lines without their space.

/** One unfolded line. `name` is its property in capitals; `number` counts unfolded lines from 1. */
export type ContentLine = { readonly name: string; readonly text: string; readonly number: number };

/** The content lines of a calendar; what cannot be one (no name and colon) is taken as the end of the line before it. */
export function contentLines(bytes: Uint8Array): ContentLine[] {
  const lines: { name: string; text: string; number: number }[] = [];
  let rest: string[] = [];
  for (const text of unfolded(bytes).split('\n')) {
    if (text === '') continue;
    const name = NAME.exec(text)?.[1];
    if (name === undefined && lines.length > 0) {
      rest.push(text);
      continue;
    }
    appendTo(lines.at(-1), rest);
    rest = [];
    lines.push({ name: (name ?? '').toUpperCase(), text, number: lines.length + 1 });
  }
  appendTo(lines.at(-1), rest);
  return lines;
}

const NAME = /^([A-Za-z0-9_.-]{1,100})[ \t]*[;:]/;

function appendTo(line: { text: string } | undefined, rest: readonly string[]): void {
  if (line && rest.length > 0) line.text += rest.join('');
}

/**
 * Folds are undone before the bytes are decoded, because some programs fold in the middle of a character (RFC 5545 3.1
 * warns of it). Lines end at CRLF, LF or CR; empty ones are none.
 */
function unfolded(bytes: Uint8Array): string {
  const raw =
    utf16Of(bytes) ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const text = raw.replaceAll('\0', '').replaceAll('\r', '\n').replace(/\n+/g, '\n');
  return decoded(text.replace(/\n[ \t]/g, ''));
}

/** Windows programs save "Unicode" as UTF-16 with a mark; its text goes on as UTF-8 bytes like any other. */
function utf16Of(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const label =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : '';
  if (!label) return undefined;
  return Buffer.from(new TextDecoder(label).decode(bytes), 'utf8').toString('latin1');
}

/** RFC 5545 3.1.4 asks for UTF-8; what is not is taken for Windows-1252, of which Latin-1 is a part. */
function decoded(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
