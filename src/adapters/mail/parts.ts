// Headers and attachments of a parsed message.

import type { Attachment, Email } from 'postal-mime';

/** The values of all headers of that name (in lower case), topmost first. */
export function headersNamed(email: Pick<Email, 'headers'>, name: string): string[] {
  return email.headers.filter(({ key }) => key === name).map(({ value }) => value);
}

/** Longer than any program makes one; a line of a message has at most 998 characters (RFC 5322 2.1.1). */
const LONGEST_ID = 998;

/** The first Message-ID in a header, without its angle brackets. */
export function idOf(header: string | undefined): string | undefined {
  const id = /<([^<>\s]+)>/.exec(header ?? '')?.[1] ?? header?.trim();
  return id && id.length <= LONGEST_ID && !/\s/.test(id) ? id : undefined;
}

/** Whether a part is a calendar by its type or by its name. */
export function isCalendar({ mimeType, filename }: Attachment): boolean {
  return /^(text\/calendar|application\/ics)$/.test(mimeType) || /\.ics$/i.test(filename ?? '');
}

/** The content as text; what is not UTF-8 in it is replaced. */
export function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}
