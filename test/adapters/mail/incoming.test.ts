// What is had of a message: answers as the common calendars send them.

import { describe, expect, it } from 'vitest';
import { MESSAGE_LIMITS } from '../../../src/adapters/mail/incoming.ts';
import { calendar, headed, mailIn, RECEIVED } from './raw.ts';

const base64 = (text: string): string =>
  Buffer.from(text)
    .toString('base64')
    .replace(/(.{76})/g, '$1\n');

const GMAIL = `Delivered-To: turnabout@example.org
Received: by 2002:a05:6a10:0:0:0:0:1 with SMTP id x1; Sat, 2 Jan 2027 03:04:04 +0000 (UTC)
Authentication-Results: mx.example.org;
       dkim=pass header.i=@gmail.com header.s=20230601 header.b=abc;
       spf=pass (example.org: domain of ana.duarte@gmail.com designates 209.85.220.41 as permitted sender) smtp.mailfrom=ana.duarte@gmail.com;
       dmarc=pass (p=NONE sp=QUARANTINE dis=NONE) header.from=gmail.com
Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41]) by mx.example.org
MIME-Version: 1.0
Reply-To: =?UTF-8?Q?Ana_Duarte?= <ana.duarte@gmail.com>
Sender: Google Calendar <calendar-notification@google.com>
Message-ID: <calendar-8a1f@google.com>
Date: Sat, 02 Jan 2027 03:04:03 +0000
Subject: =?UTF-8?Q?Accepted=3A_Pr=C3=BCfung_=40_Tue_5_Jan?=
 =?UTF-8?Q?_2027?=
From: =?UTF-8?Q?Ana_Duarte?= <Ana.Duarte@GMAIL.com>
To: turnabout@example.org
Content-Type: multipart/mixed; boundary="00000000000000a1"

--00000000000000a1
Content-Type: multipart/alternative; boundary="00000000000000a2"

--00000000000000a2
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes
Content-Transfer-Encoding: base64

${base64('Ana Duarte has accepted this invitation.')}
--00000000000000a2
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

<p>Ana Duarte has accepted this invitation.</p>
--00000000000000a2
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

${calendar('REPLY').replace('ü', 'u')}
--00000000000000a2--

--00000000000000a1
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

${base64(calendar('REPLY'))}
--00000000000000a1--
`;

const OUTLOOK = `Received: from AM0PR01.eurprd01.prod.outlook.com (2603:10a6::1) by mx.example.org; Sat, 2 Jan 2027 03:04:04 +0000
Authentication-Results: spf=pass (sender IP is 40.107.1.1) smtp.mailfrom=contoso.com; dkim=pass (signature was verified)
 header.d=contoso.com;dmarc=pass action=none header.from=contoso.com;compauth=pass reason=100
From: Bikash Thapa <Bikash@contoso.com>
To: Turnabout <turnabout@example.org>
Subject: Declined: Check-in
Thread-Topic: Check-in
Message-ID: <AM0PR01MB1234@AM0PR01MB1234.eurprd01.prod.outlook.com>
Content-Language: en-US
Content-Type: multipart/alternative; boundary="_002_AM0PR01MB1234_"
Content-Class: urn:content-classes:calendarmessage
MIME-Version: 1.0

--_002_AM0PR01MB1234_
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Sorry, no.

--_002_AM0PR01MB1234_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

${base64(calendar('REPLY'))}
--_002_AM0PR01MB1234_--
`;

const APPLE = `From: Chloe <chloe@icloud.com>
Content-Type: multipart/alternative; boundary="Apple-Mail=_B7"
Mime-Version: 1.0 (Mac OS X Mail 16.0)
Subject: Tentative: Check-in
Message-Id: <4D5B7C5E@icloud.com>
To: turnabout@example.org

--Apple-Mail=_B7
Content-Transfer-Encoding: 7bit
Content-Type: text/plain; charset=us-ascii

Chloe has tentatively accepted.
--Apple-Mail=_B7
Content-Type: multipart/mixed; boundary="Apple-Mail=_B8"

--Apple-Mail=_B8
Content-Transfer-Encoding: quoted-printable
Content-Disposition: attachment; filename=iCal-20270102-030405.ics
Content-Type: application/octet-stream; x-unix-mode=0644; name="iCal-20270102-030405.ics"

${calendar('REPLY').replace('ü', '=C3=BC')}
--Apple-Mail=_B8--
--Apple-Mail=_B7--
`;

describe('an answer', () => {
  it('of Gmail is had with its sender, its subject and its calendar', async () => {
    const mail = await mailIn(GMAIL);
    expect(mail).toEqual({
      messageId: 'calendar-8a1f@google.com',
      from: 'ana.duarte@gmail.com',
      subject: 'Accepted: Prüfung @ Tue 5 Jan 2027',
      receivedAt: RECEIVED,
      authentication: 'pass',
      calendarText: calendar('REPLY').replace('ü', 'u'),
      autoSubmitted: false,
    });
  });

  it('of Outlook is had', async () => {
    expect(await mailIn(OUTLOOK)).toMatchObject({
      from: 'bikash@contoso.com',
      authentication: 'pass',
      calendarText: calendar('REPLY'),
    });
  });

  it('of Apple is had where its calendar is only a file', async () => {
    expect(await mailIn(APPLE)).toMatchObject({
      from: 'chloe@icloud.com',
      authentication: 'unknown',
      calendarText: expect.stringContaining('METHOD:REPLY'),
    });
  });

  it.each([
    ['after', ['application/ics', 'text/calendar']],
    ['before', ['text/calendar', 'application/ics']],
  ])('is the part for calendars, also where it stands %s a file', async (_, types) => {
    const parts = types.map(
      (type) => `--b\nContent-Type: ${type}\n\n${calendar(type === 'text/calendar' ? 'REPLY' : 'COUNTER')}`,
    );
    const raw = `Content-Type: multipart/mixed; boundary=b\n\n${parts.join('')}--b--\n`;
    expect((await mailIn(raw)).calendarText).toBe(calendar('REPLY'));
  });

  it('is none where the calendar stands in a message that was sent along', async () => {
    const forwarded = `From: ana@example.org
Message-ID: <f@example.org>
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Look what I got
--b
Content-Type: message/rfc822

${OUTLOOK}
--b--
`;
    expect(await mailIn(forwarded)).not.toHaveProperty('calendarText');
  });
});

describe('a sender', () => {
  it.each([
    ['nobody', headed()],
    ['nobody', headed('From: undisclosed:;')],
    ['two', headed('From: ana@example.org, eve@example.com')],
    ['two', headed('From: ana@example.org', 'From: eve@example.com')],
  ])('is not told where the message names %s', async (_, raw) => {
    expect((await mailIn(raw)).from).toBe('');
  });

  it('is the address, whatever the name pretends', async () => {
    expect((await mailIn(headed('From: "ana@example.org" <Eve@Example.com>'))).from).toBe('eve@example.com');
  });
});

describe('a message', () => {
  it('without Message-ID has one of its own, the same at every reading', async () => {
    const [first, again, other] = [
      headed('From: a@example.org'),
      headed('From: a@example.org'),
      headed('From: b@example.org'),
    ];
    const ids = await Promise.all([first, again, other].map(async (raw) => (await mailIn(raw)).messageId));
    expect(ids[0]).toMatch(/^[0-9a-f]{64}@no-message-id$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it.each([
    ['auto-replied', true],
    ['auto-generated; owner=x', true],
    ['no', false],
    ['No (a person)', false],
  ])('with Auto-Submitted: %s is written by a program: %s', async (value, expected) => {
    expect((await mailIn(headed(`Auto-Submitted: ${value}`))).autoSubmitted).toBe(expected);
  });

  it('has a subject of one bounded line', async () => {
    const words = Array.from(
      { length: 100 },
      () => '=?UTF-8?Q?a=0D=0Ab=00_cccccccccccccccccccccccccc?=',
    ).join('\n ');
    const { subject } = await mailIn(`Subject: ${words}\n\nx\n`);
    expect(subject).toMatch(/^a b c/);
    expect(subject).toHaveLength(MESSAGE_LIMITS.subject);
  });
});
