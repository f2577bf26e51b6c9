// Reports of mail servers that a message did not arrive.

import { describe, expect, it } from 'vitest';
import { mailIn, POSTFIX } from './raw.ts';

const EXCHANGE = `From: <postmaster@contoso.com>
To: <turnabout@example.org>
Subject: Undeliverable: Check-in
Message-ID: <ndr-1@contoso.com>
In-Reply-To: <a1b2c3@turnabout.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="6f1b"
X-MS-Exchange-Message-Is-Ndr:

--6f1b
Content-Type: multipart/alternative; differences=Content-Type; boundary="7f2c"

--7f2c
Content-Type: text/plain; charset="us-ascii"

Your message couldn't be delivered.
--7f2c
Content-Type: text/html; charset="us-ascii"

<p>Your message couldn't be delivered.</p>
--7f2c--

--6f1b
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01.eurprd01.prod.outlook.com
Received-From-MTA: dns;mx.example.org

Final-Recipient: rfc822;bikash@contoso.com
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception

--6f1b--
`;

describe('a report that a message did not arrive', () => {
  it('of postfix names whom we wrote to, the message, and the reason', async () => {
    const mail = await mailIn(POSTFIX);
    expect(mail.bounce).toEqual({
      recipient: 'bikash@example.net',
      originalMessageId: 'a1b2c3@turnabout.example.org',
      permanent: true,
      why: '550 5.1.1 <bikash@example.net>: Recipient address rejected: User unknown',
    });
    expect(mail).toMatchObject({ autoSubmitted: true, from: 'mailer-daemon@example.org' });
  });

  it('brings no calendar: it is our own that comes back', async () => {
    expect(await mailIn(POSTFIX)).not.toHaveProperty('calendarText');
  });

  it('of Exchange names the message by what it answers', async () => {
    expect((await mailIn(EXCHANGE)).bounce).toEqual({
      recipient: 'bikash@contoso.com',
      originalMessageId: 'a1b2c3@turnabout.example.org',
      permanent: true,
      why: '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception',
    });
  });

  it('knows the message where only its headers come back', async () => {
    const headers = POSTFIX.replace('message/rfc822', 'text/rfc822-headers');
    expect((await mailIn(headers)).bounce?.originalMessageId).toBe('a1b2c3@turnabout.example.org');
  });

  it.each([
    ['failed', '5.1.1', true],
    ['failed', '4.4.7', false],
    ['delayed', '4.4.1', false],
  ])('that says %s with %s is for good: %s', async (action, status, permanent) => {
    const report = POSTFIX.replace('Action: failed', `Action: ${action}`).replace(
      'Status: 5.1.1',
      `Status: ${status}`,
    );
    expect((await mailIn(report)).bounce).toMatchObject({ permanent });
  });

  it.each([
    ['of a message that did arrive', POSTFIX.replace('Action: failed', 'Action: delivered')],
    ['without a recipient', POSTFIX.replace(/(Final|Original)-Recipient:.*\n/g, '')],
    [
      'that says that a message was read',
      POSTFIX.replace('message/delivery-status', 'message/disposition-notification'),
    ],
    ['in a message of somebody else', POSTFIX.replace('multipart/report', 'multipart/mixed')],
  ])('is none: %s', async (_, raw) => {
    expect(await mailIn(raw)).not.toHaveProperty('bounce');
  });

  it('of several recipients is about the one that was not reached', async () => {
    const two = POSTFIX.replace(
      '\nFinal-Recipient',
      '\nFinal-Recipient: rfc822; ana@example.net\nAction: relayed\n\nFinal-Recipient',
    );
    expect((await mailIn(two)).bounce?.recipient).toBe('bikash@example.net');
  });
});
