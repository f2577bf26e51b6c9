// Messages as they arrive at a server.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItipMethod } from '../../../src/domain/calendar/itip.ts';
import { at } from '../../support/published.ts';
import { arrival, calendarOf, mailerTo, mailTo, sinkOf } from './mails.ts';

describe('an invitation', () => {
  it('is text, HTML and calendar as alternatives, and the calendar once more as an attachment', async () => {
    const { raw, email } = await arrival({ calendar: calendarOf('REQUEST') });
    expect(contentTypes(raw)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
      'text/calendar; charset=utf-8; method=REQUEST',
      'application/ics; name=invite.ics',
    ]);
    expect(email).toMatchObject({ text: 'Tuesday 21:45\n', html: '<p>Tuesday 21:45</p>\n' });
    expect(email.attachments.map(({ filename, disposition }) => [filename, disposition])).toEqual([
      [null, null],
      ['invite.ics', 'attachment'],
    ]);
  });

  it('brings the calendar to the letter, in both places', async () => {
    const calendar = calendarOf('REQUEST');
    const { email } = await arrival({ calendar });
    const texts = email.attachments.map(({ content }) => new TextDecoder().decode(content as Uint8Array));
    expect(texts.map((text) => text.replace(/\n/g, '\r\n'))).toEqual([calendar.ics, calendar.ics]);
  });

  it.each<ItipMethod>(['REQUEST', 'CANCEL', 'DECLINECOUNTER'])(
    'says in its MIME type the METHOD that the calendar says: %s',
    async (method) => {
      const { raw, email } = await arrival({ calendar: calendarOf(method) });
      expect(contentTypes(raw)).toContain(`text/calendar; charset=utf-8; method=${method}`);
      expect(new TextDecoder().decode(email.attachments[0]!.content as Uint8Array)).toContain(
        `\nMETHOD:${method}\n`,
      );
    },
  );

  it('is not sent with a calendar of another METHOD', async () => {
    const sink = await sinkOf();
    const calendar = { ...calendarOf('REQUEST'), method: 'CANCEL' as const };
    await expect(mailerTo(sink).send(mailTo({ calendar }))).rejects.toThrow('the calendar is no CANCEL');
    expect(sink.connections()).toBe(0);
  });
});

describe('a message', () => {
  it('without a calendar is text and HTML as alternatives', async () => {
    const { raw } = await arrival();
    expect(contentTypes(raw)).toEqual([
      'multipart/alternative',
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
    ]);
  });

  it('has the sender, the date and the Message-ID that were chosen, and says that a program wrote it', async () => {
    const { raw, from, to } = await arrival({ inReplyTo: 'before@turnabout.example.org' });
    expect(headersOf(raw)).toEqual(
      expect.arrayContaining([
        'From: Turnabout <turnabout@example.org>',
        'To: Bikash <bikash@example.org>',
        'Date: Sat, 02 Jan 2027 09:00:00 +0000',
        'Message-ID: <a1b2c3@turnabout.example.org>',
        'In-Reply-To: <before@turnabout.example.org>',
        'References: <before@turnabout.example.org>',
        'Auto-Submitted: auto-generated',
      ]),
    );
    expect([from, to]).toEqual(['turnabout@example.org', ['bikash@example.org']]);
  });

  it('is the same to the letter when it is repeated', async () => {
    const sink = await sinkOf();
    const mailer = mailerTo(sink);
    const mail = mailTo({ calendar: calendarOf('REQUEST') });
    await mailer.send(mail);
    await mailer.send(mail);
    const [first, second] = sink.received();
    expect(second!.raw).toBe(first!.raw);
  });

  it('keeps names and subjects in any script', async () => {
    const changes = {
      to: { name: 'विकाश, Žižka "Bik"', email: 'bikash@example.org' },
      subject: 'Prüfung ─ 確認 😀',
    };
    const { raw, email } = await arrival(changes);
    expect(raw).toMatch(/^[\x00-\x7f]*$/);
    expect(email.to).toEqual([{ name: changes.to.name, address: 'bikash@example.org' }]);
    expect(email.subject).toBe(changes.subject);
  });

  it('has a subject of one line, and a name of one line', async () => {
    const to = { name: 'Bikash\r\n Thapa', email: 'bikash@example.org' };
    const { email } = await arrival({ to, subject: ' Check-in\r\n\ton\u2028Tuesday\u0000 ' });
    expect(email.subject).toBe('Check-in on Tuesday');
    expect(email.to).toEqual([{ name: 'Bikash Thapa', address: to.email }]);
  });

  it('has the same headers and one recipient, whatever stands in names and subjects', async () => {
    const sink = await sinkOf();
    const mailer = mailerTo(sink);
    const expected = headersOf((await arrival({ inReplyTo: 'a' })).raw).map((line) => line.split(':')[0]);
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, async (name, subject, inReplyTo) => {
        const before = sink.received().length;
        const to = { name, email: 'bikash@example.org' };
        await mailer.send(mailTo({ to, subject: `a${subject}`, inReplyTo: `a${inReplyTo}` }));
        const arrived = sink.received()[before]!;
        expect(headersOf(arrived.raw).map((line) => line.split(':')[0])).toEqual(expected);
        expect(arrived.to).toEqual([to.email]);
      }),
      { numRuns: 60 },
    );
  });
});

/** What could be taken for the syntax of a header. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u0000',
        '"',
        '<',
        '>',
        ',',
        ';',
        ':',
        '=?',
        '?=',
        'é',
        ' ',
        '\ud83d',
      ),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    'x\r\nBcc: eve@example.org',
    'x\r\n\r\n<p>hello</p>',
    '"<eve@example.org>, "',
    '=?UTF-8?Q?=0D=0ABcc:_eve@example.org?=',
  ),
);

describe('a date', () => {
  it('is that of the message, not of the moment', async () => {
    const { email } = await arrival({ date: at('2031-02-03T04:05:06Z') });
    expect(email.date).toBe('2031-02-03T04:05:06.000Z');
  });
});

function headersOf(raw: string): string[] {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  return head.replace(/\r\n[ \t]/g, ' ').split('\r\n');
}

function contentTypes(raw: string): string[] {
  return [...raw.matchAll(/^Content-Type: (.*(?:\r\n .*)*)/gim)].map(([, type = '']) =>
    type.replace(/\s*boundary=.*|\r\n|;$/g, '').replace(/;\s*$/, ''),
  );
}
