// Whether what was mailed is what the database says, recipient by recipient.

import type { Pool } from 'pg';
import type { ReceivedMail } from '../support/smtp-sink.ts';

/** What stands in the database about one invitation. */
type Invited = {
  readonly uid: string;
  readonly email: string;
  readonly invited: boolean;
  readonly status: string;
  readonly sequence: number;
  readonly starts: Date;
  readonly sent_sequence: number | null;
  readonly sent_method: string | null;
};

/** A calendar message as it arrived. */
type Message = {
  readonly uid: string;
  readonly to: string;
  readonly method: string;
  readonly sequence: number;
  readonly start: string;
  /** DTSTAMP: which revision of the words it is. */
  readonly stamp: string;
  readonly messageId: string;
  /** When it arrived, in milliseconds. */
  readonly at: number;
};

export type Audit = {
  readonly messages: number;
  /** Those of a SEQUENCE beyond the first: something moved, or somebody came or went. */
  readonly revisions: number;
  /** When a message came that had come before, and when it had come the time before. */
  readonly repeats: readonly { readonly before: number; readonly again: number }[];
  /** What is wrong, a sentence each. */
  readonly faults: readonly string[];
};

/** `invited`: for so many weeks ahead everybody has to have an invitation. */
export async function audit(
  pool: Pool,
  received: readonly ReceivedMail[],
  { invited }: { readonly invited: number },
): Promise<Audit> {
  const messages = received.flatMap(messageOf);
  const { rows } = await pool.query<Invited>(
    `SELECT o.uid, p.email, a.invited, o.status, o.sequence, o.starts_at AS starts, a.sent_sequence, a.sent_method
     FROM attendee a JOIN occurrence o ON o.id = a.occurrence_id JOIN person p ON p.id = a.person_id`,
  );
  const until = Date.now() + invited * 7 * 86_400_000;
  const faults = [...differentIds(messages), ...rows.flatMap((row) => faultsOf(row, messages, until))];
  const known = new Set(rows.map(({ uid, email }) => `${uid} ${email}`));
  for (const { uid, to } of messages)
    if (!known.has(`${uid} ${to}`)) faults.push(`${to} was mailed about ${uid}, which is not kept`);
  const revisions = messages.filter(({ sequence }) => sequence > 0).length;
  return { messages: messages.length, revisions, repeats: repeatsIn(messages), faults };
}

function faultsOf(row: Invited, messages: readonly Message[], until: number): string[] {
  const { uid, email, invited, status, sequence, starts, sent_sequence, sent_method } = row;
  const own = messages.filter((message) => message.uid === uid && message.to === email);
  // As they arrived: a calendar that had the newest already would take an older one that comes late for nothing.
  const last = own.at(-1);
  const about = `${uid} to ${email}`;
  const expected = invited && status === 'CONFIRMED' ? 'REQUEST' : 'CANCEL';
  if (!last) {
    if (sent_sequence !== null) return [`${about}: kept as sent, and never arrived`];
    const isDue = expected === 'REQUEST' && starts.getTime() > Date.now() && starts.getTime() < until;
    return isDue ? [`${about}: never invited`] : [];
  }
  const faults: string[] = [];
  if (last.sequence !== sequence)
    faults.push(`${about}: the last SEQUENCE mailed is ${last.sequence}, kept is ${sequence}`);
  if (last.method !== expected)
    faults.push(`${about}: the last is a ${last.method}, should be a ${expected}`);
  if (sent_sequence !== last.sequence || sent_method !== last.method)
    faults.push(`${about}: kept as sent is ${sent_method} ${sent_sequence}`);
  const start = starts.toISOString().replace(/[-:]|\.\d+/g, '');
  if (expected === 'REQUEST' && last.start !== start)
    faults.push(`${about}: mailed for ${last.start}, kept for ${start}`);
  return faults;
}

function repeatsIn(messages: readonly Message[]): Audit['repeats'] {
  const arrivals = Map.groupBy(messages, ({ messageId }) => messageId);
  return [...arrivals.values()].flatMap((same) =>
    same.slice(1).map(({ at }, i) => ({ before: same[i]!.at, again: at })),
  );
}

/** Repeats of what had reached the server and may have been recorded: only a death between those two explains one. */
export function unexplained(
  { repeats }: Audit,
  deaths: readonly number[],
  { recorded, onItsWay }: { readonly recorded: number; readonly onItsWay: number },
): Audit['repeats'] {
  return repeats.filter(
    ({ before, again }) =>
      !deaths.some((death) => death < again && death - before < recorded && before - death < onItsWay),
  );
}

/** One revision to one recipient is one message, however often it is sent. */
function differentIds(messages: readonly Message[]): string[] {
  const ids = Map.groupBy(messages, ({ uid, to, method, sequence, stamp }) =>
    [uid, to, method, sequence, stamp].join(' '),
  );
  return [...ids].flatMap(([revision, same]) => {
    const different = new Set(same.map(({ messageId }) => messageId));
    return different.size > 1 ? [`${revision}: mailed under ${different.size} Message-IDs`] : [];
  });
}

function messageOf({ to, email, at }: ReceivedMail): Message[] {
  const part = email.attachments.find(({ mimeType }) => mimeType === 'text/calendar') ?? email.attachments[0];
  if (!part) return [];
  const text = (
    typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content)
  ).replace(/\r\n[ \t]/g, '');
  const value = (name: string) =>
    new RegExp(`^${name}[^:\\r\\n]*:(.*)$`, 'm')
      .exec(text.slice(text.indexOf('BEGIN:VEVENT')))?.[1]
      ?.trim() ?? '';
  const method = /^METHOD:(.*)$/m.exec(text)?.[1]?.trim() ?? '';
  const zone = /^DTSTART;TZID=([^:]+):/m.exec(text)?.[1];
  return [
    {
      uid: value('UID'),
      to: to[0]!,
      method,
      sequence: Number(value('SEQUENCE')),
      start: inUtc(value('DTSTART'), zone),
      stamp: value('DTSTAMP'),
      messageId: email.messageId ?? '',
      at,
    },
  ];
}

/** The partnerships of these tests are anchored in UTC, so that nothing needs to be converted. */
function inUtc(time: string, zone: string | undefined): string {
  if (zone !== undefined && zone !== 'UTC' && zone !== 'Etc/UTC')
    throw new Error(`an unexpected zone: ${zone}`);
  return time.endsWith('Z') ? time : `${time}Z`;
}
