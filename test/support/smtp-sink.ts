// A mail server on this machine that takes what is sent to it, or does whatever a test wants of a bad day.

import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.ts';

/** A message as it arrived, to the byte and parsed. */
export type ReceivedMail = {
  readonly from: string;
  readonly to: readonly string[];
  /** Whether it came over TLS. */
  readonly secure: boolean;
  readonly raw: string;
  readonly email: Email;
  /** When it had arrived whole: milliseconds. */
  readonly at: number;
};

/** What the server says: yes, an SMTP reply of its own (a code from 400 on), nothing at all, or it drops the connection. */
export type SinkAnswer = 'accept' | { readonly code: number; readonly text: string } | 'stall' | 'drop';

export type SinkScript = {
  /** Asked when somebody connects. */
  readonly greeting?: () => SinkAnswer;
  /** Asked for the sender of each message. */
  readonly mailFrom?: (address: string) => SinkAnswer;
  /** Asked for each recipient. */
  readonly rcpt?: (address: string) => SinkAnswer;
  /** Called when the whole message has arrived, and waited for before the reply. Without an answer it is accepted. */
  readonly onData?: (mail: ReceivedMail) => SinkAnswer | undefined | Promise<SinkAnswer | undefined>;
  /** Who may send; everybody where it is not given. */
  readonly login?: { readonly user: string; readonly pass: string };
  /** From the first byte, on request, or not at all, which is usual here. */
  readonly tls?: 'at-once' | 'starttls';
};

export type SmtpSink = {
  /** "smtp://127.0.0.1:port" or "smtps://…", without login. */
  readonly url: string;
  /** What arrived whole and was not answered by a refusal, in order of arrival; also where the answer never left. */
  readonly received: () => readonly ReceivedMail[];
  /** How often somebody connected. */
  readonly connections: () => number;
  readonly stop: () => Promise<void>;
};

/** On a free port where none is named. */
export async function smtpSink(script: SinkScript = {}, wanted = 0): Promise<SmtpSink> {
  const received: ReceivedMail[] = [];
  let connections = 0;
  const server: SMTPServer = new SMTPServer({
    ...serverOptions(script),
    onConnect: (session, done) => {
      connections++;
      answer(script.greeting?.(), { server, session, done });
    },
    onMailFrom: ({ address }, session, done) => answer(script.mailFrom?.(address), { server, session, done }),
    onRcptTo: ({ address }, session, done) => answer(script.rcpt?.(address), { server, session, done }),
    onData: async (stream, session, done) => {
      // Who goes away amid a message has sent none.
      const mail = await mailOf(stream, session).catch(() => undefined);
      if (!mail) return;
      const said = (await script.onData?.(mail)) ?? 'accept';
      if (typeof said === 'string') received.push(mail);
      answer(said, { server, session, done });
    },
  });
  server.on('error', () => {}); // of a connection: that the other side has gone is what many tests are about
  await new Promise<void>((listening) => server.listen(wanted, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `${script.tls === 'at-once' ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    received: () => received,
    connections: () => connections,
    stop: () => stopped(server),
  };
}

function serverOptions({ login, tls }: SinkScript): ConstructorParameters<typeof SMTPServer>[0] {
  const disabled = [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])];
  return {
    secure: tls === 'at-once',
    cert: TEST_CERTIFICATE,
    key: TEST_KEY,
    disabledCommands: disabled,
    authOptional: !login,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _, done) => {
      const isRight = username === login?.user && password === login?.pass;
      done(isRight ? null : new Error(`${password} is wrong`), isRight ? { user: username } : undefined);
    },
  };
}

type Answering = {
  readonly server: SMTPServer;
  readonly session: SMTPServerSession;
  readonly done: (error?: Error | null) => void;
};

function answer(said: SinkAnswer = 'accept', { server, session, done }: Answering): void {
  if (said === 'accept') done();
  else if (typeof said === 'object') done(Object.assign(new Error(said.text), { responseCode: said.code }));
  else if (said === 'drop')
    for (const each of server.connections) if (each.id === session.id) each._socket.destroy();
}

async function mailOf(
  stream: SMTPServerDataStream,
  { envelope, secure }: SMTPServerSession,
): Promise<ReceivedMail> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const at = Date.now();
  const raw = Buffer.concat(chunks);
  return {
    at,
    from: envelope.mailFrom ? envelope.mailFrom.address : '',
    to: envelope.rcptTo.map(({ address }) => address),
    secure,
    raw: raw.toString('utf8'),
    email: await PostalMime.parse(raw),
  };
}

function stopped(server: SMTPServer): Promise<void> {
  for (const each of server.connections) each._socket.destroy();
  return new Promise((done) => server.close(done));
}
