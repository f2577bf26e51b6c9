// Text as a calendar can carry it, so that what is written and what is read back are the same.

/**
 * `text` without what RFC 5545 3.1 (CONTROL) and UTF-8 (lone surrogates) do not allow, and without white space at its ends;
 * every kind of line break is one `\n`.
 */
export function carriedText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n|[\r\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trim();
}

/** The same in one line, for names: each stretch of white space is a single space. */
export function carriedLine(text: string): string {
  return carriedText(text).replace(/\s+/g, ' ');
}

/** A URI with whatever a URI may not contain percent-encoded (RFC 3986 2.1); what is encoded already stays. */
export function carriedUri(uri: string): string {
  return encodeURI(carriedLine(uri)).replace(/%25([0-9a-f]{2})/gi, '%$1');
}
