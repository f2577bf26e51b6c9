// What may be shown of a text that somebody wrote. The address of a calendar is a secret, wherever it stands by mistake.

/** Whether a text is meant as an address on the web, well written or not: "https//…", "https:/…", "<https://…>". */
export function isAddress(text: string): boolean {
  return /^\s*(https?|webcals?)\s*[:;/\\]|^\s*[a-z][a-z0-9+.-]+:[\\/]|^\s*www\.|^\s*\/\/|:[\\/]{2}/i.test(
    text,
  );
}

/** An address that no program could follow as it stands. */
export function isMistypedAddress(text: string): boolean {
  return isAddress(text) && !/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** Whether something in the text may be an address: two slashes, or the name of a host and a path. */
export function holdsAddress(text: string): boolean {
  return isAddress(text) || /[\\/]{2}|%2f%2f|\bwww\.|[a-z0-9-]\.[a-z]{2,}(:\d+)?[\\/]\S/i.test(text);
}

/** The text itself, or only that it is an address. */
export function shown(text: string): string {
  return holdsAddress(text) ? 'an address' : text;
}
