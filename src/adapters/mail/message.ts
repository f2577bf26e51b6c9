// A message as nodemailer takes it: text, HTML and calendar as alternatives of one another, and the calendar once more as
// an attachment for programs that look only there (RFC 6047 2.4; Gmail and Outlook want exactly this shape).

import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { carriedLine } from '../../domain/calendar/carried-text.ts';
import type { Mailbox } from '../../domain/calendar/itip.ts';
import type { OutgoingMail } from '../../flows/mail-ports.ts';

/** The same mail is the same message to the letter. Throws where the calendar says another METHOD than the message would. */
export function messageOf(mail: OutgoingMail, from: Mailbox): SendMailOptions {
  return {
    messageId: `<${mail.messageId}>`,
    date: new Date(mail.date),
    from: addressOf(from),
    to: addressOf(mail.to),
    subject: carriedLine(mail.subject),
    text: mail.text,
    html: mail.html,
    // RFC 3834 5: so that no absence notice comes back.
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(mail.inReplyTo !== undefined && threadOf(mail.inReplyTo)),
    ...(mail.calendar && { icalEvent: eventOf(mail.calendar) }),
    // It would be random.
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32),
  };
}

function addressOf({ name, email }: Mailbox): { name: string; address: string } {
  return { name: carriedLine(name), address: email };
}

function threadOf(messageId: string): Pick<SendMailOptions, 'inReplyTo' | 'references'> {
  return { inReplyTo: `<${messageId}>`, references: `<${messageId}>` };
}

/** RFC 6047 2.4: the method in the MIME type is METHOD; where they differ, Outlook shows an attachment and no invitation. */
function eventOf({ method, ics }: NonNullable<OutgoingMail['calendar']>): SendMailOptions['icalEvent'] {
  if (!ics.includes(`\r\nMETHOD:${method}\r\n`)) throw new Error(`the calendar is no ${method}`);
  return { method, content: ics, filename: 'invite.ics' };
}
