// Messages that are valid by default, so that a test states only what matters to it, and where they arrive.

import { expect, onTestFinished } from 'vitest';
import { type SmtpMailer, type SmtpOptions, smtpMailer } from '../../../src/adapters/mail/smtp.ts';
import type { ItipMethod } from '../../../src/domain/calendar/itip.ts';
import type { OutgoingMail } from '../../../src/flows/mail-ports.ts';
import { itipText } from '../../../src/views/itip-message.ts';
import { at, bikash, item } from '../../support/published.ts';
import { type ReceivedMail, type SinkScript, type SmtpSink, smtpSink } from '../../support/smtp-sink.ts';

export const FROM = { name: 'Turnabout', email: 'turnabout@example.org' };

export function mailTo(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    messageId: 'a1b2c3@turnabout.example.org',
    date: at('2027-01-02T09:00:00Z'),
    to: bikash,
    subject: 'Check-in on Tuesday',
    text: 'Tuesday 21:45',
    html: '<p>Tuesday 21:45</p>',
    ...changes,
  };
}

/** An invitation, or what else `method` makes of the same occurrence. */
export function calendarOf(method: ItipMethod): NonNullable<OutgoingMail['calendar']> {
  const occurrence = item('2027-01-05T16:00:00Z', {
    organizer: FROM,
    description: 'Agenda ─ ça va? 日本',
  });
  return { method, ics: itipText(occurrence, method) };
}

/** A server that is stopped with the test. */
export async function sinkOf(script?: SinkScript): Promise<SmtpSink> {
  const sink = await smtpSink(script);
  onTestFinished(sink.stop);
  return sink;
}

/** A mailer that is closed with the test. */
export function mailerTo({ url }: Pick<SmtpSink, 'url'>, options: Partial<SmtpOptions> = {}): SmtpMailer {
  const mailer = smtpMailer({ url, from: FROM, ...options });
  onTestFinished(mailer.close);
  return mailer;
}

/** What arrives of one message. */
export async function arrival(changes: Partial<OutgoingMail> = {}): Promise<ReceivedMail> {
  const sink = await sinkOf();
  expect(await mailerTo(sink).send(mailTo(changes))).toMatchObject({ kind: 'accepted' });
  expect(sink.received()).toHaveLength(1);
  return sink.received()[0]!;
}
