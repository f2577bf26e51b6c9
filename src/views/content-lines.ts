// The content lines of RFC 5545 3.1: folding at 75 octets, and the encodings of values.

const MAX_OCTETS = 75;

/** The logical lines of a calendar, unfolded, without the empty one at its end. */
export function unfoldLines(text: string): string[] {
  return text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');
}

/** The lines, folded, each ended by CRLF. */
export function foldLines(lines: readonly string[]): string {
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

/** One line in pieces of at most 75 octets of UTF-8; no character is cut in two. */
function foldLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** A value of type TEXT (RFC 5545 3.3.11). Line breaks in `text` are `\n`. */
export function textValue(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\n/g, '\\n');
}

/** An address as it stands behind "mailto:" (RFC 6068 2): what could be mistaken for syntax is percent-encoded. */
export function mailtoAddress(email: string): string {
  return encodeURIComponent(email).replace(/%(?:40|2B|3D|24|26)/g, decodeURIComponent);
}

function octetsOf(character: string): number {
  const point = character.codePointAt(0)!;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
