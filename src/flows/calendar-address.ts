// What somebody wrote as the address of a calendar on the web, judged before anybody is asked. Who may be asked in truth is
// decided at the connection; here a mistake is found early.

import { isMistypedAddress } from './show-safely.ts';

/** The address as it can be followed, or what keeps it from being one. Its url is a secret; its host may be shown. */
export type AddressReading =
  | { readonly kind: 'address'; readonly url: string; readonly host: string }
  /** A word or a path: nothing that begins like an address. */
  | { readonly kind: 'no-address' }
  /** Meant as an address, but no program could follow it. */
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'other-scheme'; readonly scheme: string }
  | { readonly kind: 'private'; readonly host: string };

/** Reads an address. `isPublic` is asked about its host, without brackets: a name is public, unless it is this machine's. */
export function readCalendarAddress(text: string, isPublic: (host: string) => boolean): AddressReading {
  if (isMistypedAddress(text) || BROKEN.test(text.trim())) return { kind: 'mistyped' };
  const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'no-address' };
  if (!['https', 'webcal', 'webcals'].includes(scheme)) return { kind: 'other-scheme', scheme };
  const url = URL.parse(withoutWebcal(text.trim()));
  if (!url) return { kind: 'mistyped' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isThisMachine(host) || !isPublic(host)
    ? { kind: 'private', host }
    : { kind: 'address', url: url.href, host };
}

/** Control characters and ends of lines, which URL would leave out in silence: two addresses in one field are none. */
const BROKEN = /[\p{Cc}\u2028\u2029]/u;

/** webcal:// is https:// by another name: what subscribes to calendars registers for it. */
export function withoutWebcal(address: string): string {
  return address.replace(/^webcals?:/i, 'https:');
}

/** RFC 6761 6.3: "localhost" and the names below it. */
function isThisMachine(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}
