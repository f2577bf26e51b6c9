// Mail where no server is set: kept to be looked at.

import { describe, expect, it } from 'vitest';
import { outboxMailer } from '../../../src/adapters/mail/outbox.ts';
import { mailTo } from './mails.ts';

describe('an outbox', () => {
  it('keeps what would have been sent, in order', async () => {
    const outbox = outboxMailer();
    const mails = ['a', 'b'].map((messageId) => mailTo({ messageId }));
    for (const mail of mails) expect(await outbox.send(mail)).toMatchObject({ kind: 'accepted' });
    expect(outbox.messages()).toEqual(mails);
    expect(await outbox.check()).toEqual({ kind: 'ready' });
  });

  it('keeps a message that is repeated once', async () => {
    const outbox = outboxMailer();
    for (const messageId of ['a', 'b', 'a']) await outbox.send(mailTo({ messageId }));
    expect(outbox.messages().map(({ messageId }) => messageId)).toEqual(['b', 'a']);
  });

  it('keeps the last 200', async () => {
    const outbox = outboxMailer();
    for (let each = 0; each < 201; each++) await outbox.send(mailTo({ messageId: `${each}` }));
    expect(outbox.messages()).toHaveLength(200);
    expect(outbox.messages()[0]).toMatchObject({ messageId: '1' });
  });
});
