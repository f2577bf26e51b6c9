// Raw messages, and what is had of them.

import { type Receipt, readMessage } from '../../../src/adapters/mail/incoming.ts';
import type { IncomingMail, MailReading } from '../../../src/flows/mail-ports.ts';
import { at } from '../../support/published.ts';

/** When everything here was received. */
export const RECEIVED = at('2027-01-02T03:04:05Z');

export function reading(raw: string, receipt: Partial<Receipt> = {}): Promise<MailReading> {
  return readMessage(Buffer.from(raw.replace(/\r?\n/g, '\r\n')), { receivedAt: RECEIVED, ...receipt });
}

export async function mailIn(raw: string, receipt?: Partial<Receipt>): Promise<IncomingMail> {
  const read = await reading(raw, receipt);
  if (read.kind !== 'mail') throw new Error(JSON.stringify(read));
  return read.mail;
}

/** A message with these headers and nothing more. */
export const headed = (...headers: string[]): string =>
  [...headers, 'Subject: x', '', 'Hello', ''].join('\n');

/** A calendar of which only the method matters. */
export const calendar = (method: string): string => `BEGIN:VCALENDAR
PRODID:-//Example//EN
VERSION:2.0
METHOD:${method}
BEGIN:VEVENT
UID:harbour-2027-01-05@turnabout
SUMMARY:Prüfung
END:VEVENT
END:VCALENDAR
`;

/** A report of postfix that Bikash has no mailbox, with our own invitation. */
export const POSTFIX = `Return-Path: <>
Date: Sat,  2 Jan 2027 03:04:05 +0000 (UTC)
From: MAILER-DAEMON@example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: turnabout@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="9C2F01.1767323045/mx.example.org"
Message-Id: <20270102030405.9C2F0@mx.example.org>

This is a MIME-encapsulated message.

--9C2F01.1767323045/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

--9C2F01.1767323045/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 9C2F0
Arrival-Date: Sat,  2 Jan 2027 03:04:03 +0000 (UTC)

Final-Recipient: rfc822; bikash@backend.example.net
Original-Recipient: rfc822;Bikash@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; 550 5.1.1 <bikash@example.net>: Recipient address
    rejected: User unknown

--9C2F01.1767323045/mx.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

Received: by mx.example.org
From: Turnabout <turnabout@example.org>
Message-ID:
 <a1b2c3@turnabout.example.org>
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/calendar; method=REQUEST

${calendar('REQUEST')}
--c--

--9C2F01.1767323045/mx.example.org--
`;
