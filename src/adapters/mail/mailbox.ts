// Addresses as people and programs write them: "Turnabout <turnabout@example.org>" (RFC 5322 3.4).

import { addressParser } from 'postal-mime';
import { carriedLine } from '../../domain/calendar/carried-text.ts';
import type { Mailbox } from '../../domain/calendar/itip.ts';
import { InvalidInput } from '../../domain/errors.ts';
import { isEmail } from '../../flows/email-address.ts';

/** The one mailbox of a setting; the name is empty where none is given. Throws InvalidInput. */
export function mailboxOf(text: string, setting: string): Mailbox {
  const [first, ...others] = addressParser(text);
  if (!first?.address || others.length > 0 || !isEmail(first.address))
    throw new InvalidInput(setting, 'it must be one address, such as Turnabout <turnabout@example.org>');
  return { name: carriedLine(first.name), email: first.address };
}

/** The addresses in a header, in lower case, also those inside groups. */
export function addressesIn(header: string): string[] {
  return addressParser(header, { flatten: true }).map(({ address = '' }) => address.toLowerCase());
}
