// A calendar as a partnership file names it.

import ipaddr from 'ipaddr.js';
import { readCalendarAddress } from '../../flows/calendar-address.ts';
import { UNSAFE, Wrong } from '../../flows/words.ts';

const ADDRESS = '"https://example.com/ana.ics"';

/** A file, or an https or webcal address. Addresses may be secrets, so that no sentence repeats one whole. */
export function readCalendarSource(text: string): string | Wrong {
  const source = text.trim();
  if (source === '' || UNSAFE.test(source))
    return new Wrong('is no calendar: write a file or an https address');
  const read = readCalendarAddress(source, isPublic);
  if (read.kind === 'mistyped') return new Wrong(`is a mistyped address: write it as ${ADDRESS}`);
  if (read.kind === 'other-scheme')
    return new Wrong(
      `an address that begins with ${read.scheme}:// is not read: write a file, or an https or webcal address`,
    );
  if (read.kind === 'private')
    return new Wrong(
      `the address is private (${read.host}): only calendars on the public internet are read; save it to a file`,
    );
  return source;
}

function isPublic(host: string): boolean {
  return !ipaddr.isValid(host) || ipaddr.process(host).range() === 'unicast';
}
