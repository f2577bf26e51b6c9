// The bytes of a message (RFC 5322, MIME) as what matters of it here. Everything in it may be a lie or a trap.

import { createHash } from 'node:crypto';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { carriedLine } from '../../domain/calendar/carried-text.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { IncomingMail, MailReading } from '../../flows/mail-ports.ts';
import { authenticationOf } from './authentication.ts';
import { bounceOf } from './bounce.ts';
import { addressesIn } from './mailbox.ts';
import { headersNamed, idOf, isCalendar, textOf } from './parts.ts';

/** How much of one message is read. Answers of calendars have some 10 kB, 300 lines and five parts. */
export const MESSAGE_LIMITS = {
  bytes: 1024 * 1024,
  /** Each costs the parser some microseconds; a file of a megabyte has 14,000. */
  lines: 20_000,
  /** Lines that may begin a part; the parser's time grows with their square. */
  boundaries: 2_000,
  /** Parts inside parts. */
  depth: 20,
  headerBytes: 256 * 1024,
  subject: 1_000,
};

export type Receipt = {
  readonly receivedAt: Instant;
  /** Name of the server whose Authentication-Results count (RFC 8601 2.5); without it that of the topmost. */
  readonly authority?: string | undefined;
};

export async function readMessage(raw: Uint8Array, receipt: Receipt): Promise<MailReading> {
  if (raw.length > MESSAGE_LIMITS.bytes) return { kind: 'too-large', bytes: raw.length };
  if (countOf('\n', raw) > MESSAGE_LIMITS.lines) return { kind: 'unreadable', why: 'it has too many lines' };
  if (countOf('\n--', raw) > MESSAGE_LIMITS.boundaries)
    return { kind: 'unreadable', why: 'it has too many parts' };
  try {
    const email = await PostalMime.parse(raw, PARSING);
    return { kind: 'mail', mail: mailOf(email, { ...receipt, raw }) };
  } catch (error) {
    return { kind: 'unreadable', why: carriedLine(String((error as Error).message)) };
  }
}

/** A message inside the message is what somebody else said: it stays an attachment. */
const PARSING = {
  forceRfc822Attachments: true,
  maxNestingDepth: MESSAGE_LIMITS.depth,
  maxHeadersSize: MESSAGE_LIMITS.headerBytes,
};

function countOf(sign: string, raw: Uint8Array): number {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  let count = 0;
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) count++;
  return count;
}

function mailOf(
  email: Email,
  { receivedAt, authority, raw }: Receipt & { readonly raw: Uint8Array },
): IncomingMail {
  const bounce = bounceOf(email);
  const calendar = calendarIn(email.attachments);
  return {
    messageId: idOf(email.messageId) ?? `${createHash('sha256').update(raw).digest('hex')}@no-message-id`,
    from: senderOf(email),
    subject: carriedLine(email.subject ?? '').slice(0, MESSAGE_LIMITS.subject),
    receivedAt,
    authentication: authenticationOf(headersNamed(email, 'authentication-results'), authority),
    ...(calendar !== undefined && { calendarText: calendar }),
    ...(bounce && { bounce }),
    autoSubmitted: headersNamed(email, 'auto-submitted').some((value) => !/^\s*no\b/i.test(value)),
  };
}

/** DMARC vouches for one address in one From (RFC 7489 6.6.1); with several nobody can tell whom it vouched for. */
function senderOf(email: Email): string {
  const [sender, ...others] = headersNamed(email, 'from').flatMap(addressesIn);
  return sender !== undefined && others.length === 0 ? sender : '';
}

function calendarIn(attachments: readonly Attachment[]): string | undefined {
  const part =
    attachments.find(({ mimeType }) => mimeType === 'text/calendar') ?? attachments.find(isCalendar);
  return part && textOf(part);
}
