// Mail in by IMAP (RFC 9051): one connection a reading, messages one by one, so that memory holds one at a time.

import { type FetchMessageObject, ImapFlow } from 'imapflow';
import { InvalidInput, ProviderUnavailable } from '../../domain/errors.ts';
import { SECOND } from '../../domain/time/duration.ts';
import { type Instant, instantOf } from '../../domain/time/instant.ts';
import type { Inbox, InboxEntry, InboxMark, MailReading } from '../../flows/mail-ports.ts';
import { MESSAGE_LIMITS, readMessage } from './incoming.ts';
import { encryptionOf, type MailServer, mailServerOf, readinessOf, tlsOptionsOf, whyOf } from './server.ts';

export type ImapOptions = {
  /** "imaps://user:password@host" (TLS at once) or "imap://…" (STARTTLS); a path names another mailbox than INBOX. */
  readonly url: string;
  /** A certificate that is trusted besides the usual authorities. */
  readonly ca?: string;
  /** The authserv-id of our mail server, whose Authentication-Results alone count. */
  readonly authority?: string;
};

/** Milliseconds of silence after which a connection is given up; a check has that long in all. */
const TIMEOUT = 25 * SECOND;

/** Messages of one reading: some seconds of work, after which somebody else may have a turn. */
const MOST_MESSAGES = 500;

/** The mailbox at `url`; throws InvalidInput where that is no such address. */
export function imapInbox({ url, ca, authority }: ImapOptions): Inbox {
  const server = mailServerOf(url, { setting: 'IMAP_URL', scheme: 'imap' });
  if (!server.login) throw new InvalidInput('IMAP_URL', 'it must name a user and a password');
  const source = { server, ca, authority, open: new Set<ImapFlow>() };
  return {
    read: (since) => read(since, source),
    check: () => readinessOf(lookInto(source), { server, timeout: TIMEOUT }),
    close: () => {
      for (const client of source.open) client.close();
    },
  };
}

type Source = {
  readonly server: MailServer;
  readonly ca: string | undefined;
  readonly authority: string | undefined;
  /** Connections in use. */
  readonly open: Set<ImapFlow>;
};

async function* read(since: InboxMark | undefined, source: Source): AsyncGenerator<InboxEntry> {
  const client = clientOf(source);
  try {
    const uidValidity = await enter(client, source);
    const after = since?.uidValidity === uidValidity ? since.uid : 0;
    for (const listed of await listAfter(after, client)) {
      const reading = await fetch(listed, { client, source });
      if (!reading) continue;
      yield { mark: { uidValidity, uid: listed.uid }, ...reading };
      await client.messageFlagsAdd(String(listed.uid), ['\\Seen'], { uid: true });
    }
  } catch (error) {
    // Without its cause, which may hold the password.
    throw new ProviderUnavailable(whyOf(error, source.server));
  } finally {
    leave(client, source);
  }
}

async function lookInto(source: Source): Promise<void> {
  const client = clientOf(source);
  try {
    await enter(client, source);
  } finally {
    leave(client, source);
  }
}

function clientOf({ server, ca, open }: Source): ImapFlow {
  const client = new ImapFlow({
    host: server.host,
    port: server.port ?? (server.secure ? 993 : 143),
    secure: server.secure,
    ...(encryptionOf(server) === 'starttls' && { doSTARTTLS: true }),
    auth: server.login,
    tls: tlsOptionsOf(server, ca),
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
    maxLiteralSize: 2 * MESSAGE_LIMITS.bytes,
    maxResponseSize: 4 * MESSAGE_LIMITS.bytes,
    maxLineLength: 4 * MESSAGE_LIMITS.bytes,
  });
  // The command under way fails with it; without a listener it would end the process.
  client.on('error', () => {});
  open.add(client);
  return client;
}

/** Opens the mailbox; its UIDVALIDITY. */
async function enter(client: ImapFlow, { server }: Source): Promise<string> {
  await client.connect();
  const { uidValidity } = await client.mailboxOpen(server.path || 'INBOX');
  return String(uidValidity);
}

function leave(client: ImapFlow, { open }: Source): void {
  open.delete(client);
  client.close();
}

type Listed = { readonly uid: number; readonly bytes: number; readonly receivedAt: Instant };

/** The first messages with a higher UID. "n:*" always names the last message, also where its UID is lower (RFC 9051 9). */
async function listAfter(uid: number, client: ImapFlow): Promise<Listed[]> {
  const found = await client.search({ uid: `${uid + 1}:*` }, { uid: true });
  if (!found) throw new Error('the mail server did not list its messages');
  const uids = found.filter((each) => each > uid).sort((a, b) => a - b);
  const [first, last] = [uids[0], uids.slice(0, MOST_MESSAGES).at(-1)];
  if (first === undefined) return [];
  const query = { uid: true, size: true, internalDate: true };
  const listed = await client.fetchAll(`${first}:${last}`, query, { uid: true });
  return listed.map(listedOf).sort((a, b) => a.uid - b.uid);
}

/** A message that has no time has just come. */
function listedOf({ uid, size = 0, internalDate = '' }: FetchMessageObject): Listed {
  const time = new Date(internalDate).getTime();
  return { uid, bytes: size, receivedAt: instantOf(Number.isNaN(time) ? Date.now() : time) };
}

type Fetching = { readonly client: ImapFlow; readonly source: Source };

/** Undefined where the message has gone meanwhile. What is said to be too large is not even asked for. */
async function fetch(
  { uid, bytes, receivedAt }: Listed,
  { client, source }: Fetching,
): Promise<MailReading | undefined> {
  if (bytes > MESSAGE_LIMITS.bytes) return { kind: 'too-large', bytes };
  const query = { source: { maxLength: MESSAGE_LIMITS.bytes + 1 } };
  const message = await client.fetchOne(String(uid), query, { uid: true });
  if (!message || message.source === undefined) return undefined;
  return readMessage(message.source, { receivedAt, authority: source.authority });
}
