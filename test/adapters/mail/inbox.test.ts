// A mailbox at a real IMAP server: what is read of it, how far, and what happens to it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImapOptions, imapInbox } from '../../../src/adapters/mail/inbox.ts';
import { InvalidInput, ProviderUnavailable } from '../../../src/domain/errors.ts';
import type { Inbox, InboxEntry, InboxMark } from '../../../src/flows/mail-ports.ts';
import { DOVECOT, type ImapServer, imapServer, PASSWORD } from '../../support/imap-server.ts';
import { available } from '../../support/peers.ts';
import { at } from '../../support/published.ts';
import { TEST_CERTIFICATE } from '../../support/test-certificate.ts';

const message = (name: string, body = 'Hello'): string =>
  `From: Ana <ana@example.org>\r\nMessage-ID: <${name}@example.org>\r\nSubject: ${name}\r\n\r\n${body}\r\n`;

describe.skipIf(!available(DOVECOT))('a mailbox', () => {
  let server: ImapServer;
  beforeAll(async () => {
    server = await imapServer();
  });
  afterAll(() => server.stop());

  /** A mailbox of its own for each test, with these messages. */
  async function mailboxWith(
    name: string,
    raw: readonly string[],
    options: Partial<ImapOptions> = {},
  ): Promise<Inbox> {
    await server.owner((client) => client.mailboxCreate(name));
    await server.deliver(raw, { mailbox: name, receivedAt: new Date('2026-01-02T03:04:05Z') });
    return imapInbox({ url: `${server.url}/${name}`, ...options });
  }

  const seenIn = (mailbox: string): Promise<number[]> =>
    server.owner(async (client) => {
      await client.mailboxOpen(mailbox);
      return (await client.search({ seen: true }, { uid: true })) || [];
    });

  it('is read in order, each message with the time at which it came', async () => {
    const inbox = await mailboxWith(
      'order',
      ['one', 'two', 'three'].map((name) => message(name)),
    );
    const entries = await allOf(inbox);
    expect(namesOf(entries)).toEqual(['one', 'two', 'three']);
    expect(entries.map(({ mark }) => mark.uid)).toEqual([1, 2, 3]);
    expect(entries[0]).toMatchObject({
      kind: 'mail',
      mail: { from: 'ana@example.org', receivedAt: at('2026-01-02T03:04:05Z') },
    });
  });

  it('is read on from the mark, and not from the last message again', async () => {
    const inbox = await mailboxWith('marks', [message('one'), message('two')]);
    const [first, second] = await allOf(inbox);
    expect(namesOf(await allOf(inbox, first!.mark))).toEqual(['two']);
    expect(await allOf(inbox, second!.mark)).toEqual([]);
    await server.deliver([message('three')], { mailbox: 'marks' });
    expect(namesOf(await allOf(inbox, second!.mark))).toEqual(['three']);
  });

  it('is read from the start where it was numbered anew', async () => {
    const inbox = await mailboxWith('anew', [message('one'), message('two')]);
    const before = (await allOf(inbox)).at(-1)!.mark;
    await server.owner((client) => client.mailboxDelete('anew'));
    await mailboxWith('anew', [message('one'), message('two')]);
    const after = await allOf(inbox, before);
    expect(namesOf(after)).toEqual(['one', 'two']);
    expect(after[0]!.mark.uidValidity).not.toBe(before.uidValidity);
  });

  it('has each message marked as seen once the next was asked for, and none deleted', async () => {
    const inbox = await mailboxWith('seen', [message('one'), message('two'), message('three')]);
    const seen: number[][] = [];
    for await (const _ of inbox.read(undefined)) seen.push(await seenIn('seen'));
    seen.push(await seenIn('seen'));
    expect(seen).toEqual([[], [1], [1, 2], [1, 2, 3]]);
    expect(await allOf(inbox)).toHaveLength(3);
  });

  it('has a message not marked where whoever reads breaks off at it', async () => {
    const inbox = await mailboxWith('broken-off', [message('one'), message('two')]);
    for await (const { mark } of inbox.read(undefined)) if (mark.uid === 2) break;
    expect(await seenIn('broken-off')).toEqual([1]);
  });

  it('has a message that is too large told of by its size, and the rest read', async () => {
    const large = message('large', 'x'.repeat(70).concat('\r\n').repeat(15_000));
    const inbox = await mailboxWith('large', [message('one'), large, message('two')]);
    const entries = await allOf(inbox);
    expect(namesOf(entries)).toEqual(['one', 'too-large', 'two']);
    expect(entries[1]).toMatchObject({ mark: { uid: 2 }, bytes: large.length });
  });

  it('has a message that cannot be read told of, and the rest read', async () => {
    const trap = message('trap').replace('\r\n\r\n', `\r\n${'X: y\r\n'.repeat(90_000)}\r\n`);
    const inbox = await mailboxWith('trap', [message('one'), trap, message('two')]);
    expect(namesOf(await allOf(inbox))).toEqual(['one', 'unreadable', 'two']);
  });

  it('is read over several turns where it holds more than 500 messages', async () => {
    const inbox = await mailboxWith(
      'many',
      Array.from({ length: 501 }, (_, index) => message(`${index}`)),
    );
    const first = await allOf(inbox);
    expect(first).toHaveLength(500);
    expect(namesOf(await allOf(inbox, first.at(-1)!.mark))).toEqual(['500']);
  });

  it('is read over TLS from the first byte on', async () => {
    await server.deliver([message('one')]);
    const inbox = imapInbox({ url: server.secureUrl, ca: TEST_CERTIFICATE });
    expect(await inbox.check()).toEqual({ kind: 'ready' });
    expect(namesOf(await allOf(inbox))).toContain('one');
  });

  it('is not read over TLS where nobody vouches for the server', async () => {
    const inbox = imapInbox({ url: server.secureUrl });
    expect(await inbox.check()).toEqual({ kind: 'problem', why: expect.stringMatching(/certificate/i) });
    await expect(allOf(inbox)).rejects.toThrow(ProviderUnavailable);
  });

  it('is never read in plain text where the address says TLS', async () => {
    const inbox = imapInbox({ url: server.url.replace('imap:', 'imaps:'), ca: TEST_CERTIFICATE });
    expect(await inbox.check()).toMatchObject({ kind: 'problem' });
  });

  it('stays closed for a wrong password, which nobody is told', async () => {
    const inbox = imapInbox({ url: server.url.replace(encodeURIComponent(PASSWORD), 'falsch') });
    expect(await inbox.check()).toMatchObject({
      kind: 'problem',
      why: expect.stringMatching(/authentication/i),
    });
    const error = await allOf(inbox).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ProviderUnavailable);
    expect(JSON.stringify(error) + String(error)).not.toContain('falsch');
  });

  it('that does not exist is a problem', async () => {
    const inbox = imapInbox({ url: `${server.url}/nowhere` });
    expect(await inbox.check()).toEqual({ kind: 'problem', why: expect.stringMatching(/exist/i) });
  });

  it('is read no further once it is closed', async () => {
    const inbox = await mailboxWith('closing', [message('one'), message('two')]);
    const reading = async (): Promise<void> => {
      for await (const _ of inbox.read(undefined)) inbox.close();
    };
    await expect(reading()).rejects.toThrow(ProviderUnavailable);
    expect(await seenIn('closing')).toEqual([]);
  });
});

describe('a mailbox whose server is away', () => {
  it('is unavailable', async () => {
    const inbox = imapInbox({ url: 'imap://ana:geheim@127.0.0.1:1' });
    await expect(allOf(inbox)).rejects.toThrow(ProviderUnavailable);
    expect(await inbox.check()).toEqual({ kind: 'problem', why: expect.stringContaining('ECONNREFUSED') });
  });

  it.each(['imaps://mail.example.org', 'smtps://ana:geheim@mail.example.org', 'ana:geheim@mail.example.org'])(
    'cannot be meant by %s',
    (url) => {
      expect(() => imapInbox({ url })).toThrow(InvalidInput);
      expect(() => imapInbox({ url })).not.toThrow(/geheim/);
    },
  );
});

async function allOf(inbox: Inbox, since?: InboxMark): Promise<InboxEntry[]> {
  const entries: InboxEntry[] = [];
  for await (const entry of inbox.read(since)) entries.push(entry);
  return entries;
}

function namesOf(entries: readonly InboxEntry[]): string[] {
  return entries.map((entry) => (entry.kind === 'mail' ? entry.mail.subject : entry.kind));
}
