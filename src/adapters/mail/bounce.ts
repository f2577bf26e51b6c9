// Reports of mail that did not arrive (RFC 3464), as mail servers send them.

import type { Email } from 'postal-mime';
import { carriedLine } from '../../domain/calendar/carried-text.ts';
import type { Bounce } from '../../flows/mail-ports.ts';
import { headersNamed, idOf, textOf } from './parts.ts';

/** The first recipient that the message did not reach; we send to one at a time. Undefined where it is no such report. */
export function bounceOf(email: Email): Bounce | undefined {
  const [type = ''] = headersNamed(email, 'content-type');
  const report = email.attachments.find(({ mimeType }) => DELIVERY_STATUS.test(mimeType));
  if (!/^\s*multipart\/report\b/i.test(type) || !report) return undefined;
  const failed = fieldGroups(textOf(report)).find((fields) =>
    /^(failed|delayed)\b/i.test(fields.get('action') ?? ''),
  );
  const recipient = addressIn(failed?.get('original-recipient')) ?? addressIn(failed?.get('final-recipient'));
  if (!failed || !recipient) return undefined;
  const original = originalIdOf(email);
  return {
    recipient,
    ...(original !== undefined && { originalMessageId: original }),
    permanent: isForGood(failed),
    why: whyOf(failed),
  };
}

/** RFC 3464, and RFC 6533 for addresses that are not in ASCII. */
const DELIVERY_STATUS = /^message\/(global-)?delivery-status$/;

type Fields = ReadonlyMap<string, string>;

/** One group of fields for the message and one for each recipient (RFC 3464 2.1), names in lower case. */
function fieldGroups(text: string): Fields[] {
  const groups = [new Map<string, string>()];
  let name = '';
  for (const line of text.split(/\r\n?|\n/)) {
    const fields = groups.at(-1)!;
    const field = /^([a-z-]+)[ \t]*:(.*)$/i.exec(line);
    if (field) name = field[1]!.toLowerCase();
    if (line.trim() === '') groups.push(new Map());
    else if (/^[ \t]/.test(line)) fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`);
    else if (field) fields.set(name, field[2]!.trim());
  }
  return groups;
}

/** "rfc822; bikash@example.org" (RFC 3464 2.3.1). */
function addressIn(field = ''): string | undefined {
  return /^(?:rfc822|utf-8)\s*;\s*<?([^<>\s]+@[^<>\s]+)>?$/i.exec(field)?.[1]?.toLowerCase();
}

/** Also what is given up may work another day where the status is 4.y.z, such as that of a full mailbox (RFC 3463 3). */
function isForGood(fields: Fields): boolean {
  return /^failed\b/i.test(fields.get('action') ?? '') && !/^4\./.test(fields.get('status') ?? '');
}

const LONGEST_REASON = 300;

function whyOf(fields: Fields): string {
  const said = fields.get('diagnostic-code')?.replace(/^[a-z0-9-]+\s*;\s*/i, '');
  return carriedLine(said || fields.get('status') || 'no reason was given').slice(0, LONGEST_REASON);
}

/** From what comes back of the message, whole or only its headers; some servers say it in In-Reply-To instead. */
function originalIdOf(email: Email): string | undefined {
  const returned = email.attachments.find(({ mimeType }) => RETURNED.test(mimeType));
  const [head = ''] = returned ? textOf(returned).split(/\r?\n\r?\n/, 1) : [];
  const header = /^message-id:(.*)$/im.exec(head.replace(/\r?\n[ \t]+/g, ' '))?.[1];
  return idOf(header) ?? idOf(email.inReplyTo);
}

const RETURNED = /^(message\/(rfc822|global)|text\/rfc822-headers|message\/global-headers)$/;
