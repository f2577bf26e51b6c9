// What becomes of mail at a server that has a bad day, and how it gets there.

import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SMTP_TIMEOUT, type SmtpOptions, smtpMailer } from '../../../src/adapters/mail/smtp.ts';
import { InvalidInput } from '../../../src/domain/errors.ts';
import type { SendOutcome } from '../../../src/flows/mail-ports.ts';
import { type SinkAnswer, type SinkScript, smtpSink } from '../../support/smtp-sink.ts';
import { TEST_CERTIFICATE } from '../../support/test-certificate.ts';
import { FROM, mailerTo, mailTo, sinkOf } from './mails.ts';

/** What becomes of one message at a server with this script, and what the server has of it. */
async function fate(script: SinkScript, options: Partial<SmtpOptions> = {}): Promise<[SendOutcome, number]> {
  const sink = await sinkOf(script);
  const outcome = await mailerTo(sink, options).send(mailTo());
  return [outcome, sink.received().length];
}

describe('a server that takes no message now', () => {
  const later = { code: 451, text: '4.7.1 come back later' };
  const never = { code: 554, text: '5.7.1 not from you' };

  it.each<[string, SinkScript]>([
    ['answers 4yz for the recipient', { rcpt: () => later }],
    ['answers 4yz for the message', { onData: () => later }],
    ['is closed for everybody', { greeting: () => never }],
    ['does not let us send', { mailFrom: () => never }],
    ['hangs up at once', { greeting: () => 'drop' }],
    ['hangs up at the recipient', { rcpt: () => 'drop' }],
  ])('defers it where it %s', async (_, script) => {
    const [outcome, count] = await fate(script);
    expect([outcome.kind, count]).toEqual(['deferred', 0]);
  });

  it.each<[string, (stall: () => SinkAnswer) => SinkScript]>([
    ['the greeting', (stall) => ({ greeting: stall })],
    ['the recipient', (stall) => ({ rcpt: stall })],
    ['the message', (stall) => ({ onData: stall })],
  ])('defers it where it keeps silent at %s, in bounded time', async (_, script) => {
    const began = performance.now();
    const [outcome] = await fate(
      script(() => 'stall'),
      { timeout: 300 },
    );
    expect(outcome).toEqual({ kind: 'deferred', why: 'the mail server did not answer in time' });
    expect(performance.now() - began).toBeLessThan(30_000);
  });

  it('defers it where it never comes to an end with what it says', async () => {
    const server = createServer((socket) => {
      const talking = setInterval(() => socket.write('220-welcome\r\n'), 20);
      socket.on('error', () => {}).on('close', () => clearInterval(talking));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
    const { port } = server.address() as AddressInfo;
    const mailer = mailerTo({ url: `smtp://127.0.0.1:${port}` }, { timeout: 300 });
    const why = 'the mail server did not answer in time';
    expect(await mailer.send(mailTo())).toEqual({ kind: 'deferred', why });
    expect(await mailer.check()).toEqual({ kind: 'problem', why });
  });

  it('is given less than half a minute', () => {
    expect(SMTP_TIMEOUT).toBeLessThan(30_000);
  });

  it('defers it where nobody listens', async () => {
    const { url, stop } = await smtpSink();
    await stop();
    const outcome = await mailerTo({ url }).send(mailTo());
    expect(outcome).toEqual({ kind: 'deferred', why: expect.stringContaining('ECONNREFUSED') });
  });

  it('has a message once where it hangs up instead of acknowledging it, because nobody else repeats it', async () => {
    const sink = await sinkOf({ onData: () => 'drop' });
    const outcome = await mailerTo(sink).send(mailTo());
    await new Promise((done) => setTimeout(done, 500));
    expect([outcome.kind, sink.received().length, sink.connections()]).toEqual(['deferred', 1, 1]);
  });

  it('gets it over a new connection where it has closed one that was kept open', async () => {
    let messages = 0;
    const sink = await sinkOf({ mailFrom: () => (++messages === 2 ? 'drop' : 'accept') });
    const mailer = mailerTo(sink);
    const outcomes = [await mailer.send(mailTo()), await mailer.send(mailTo())];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    expect([sink.received().length, sink.connections()]).toEqual([2, 2]);
  });
});

describe('a server that never takes a message', () => {
  it.each<[string, SinkScript]>([
    ['recipient', { rcpt: () => ({ code: 550, text: '5.1.1 nobody here' }) }],
    ['message', { onData: () => ({ code: 554, text: '5.7.1 not this' }) }],
  ])('refuses it for good where it answers 5yz for the %s', async (_, script) => {
    const [outcome, count] = await fate(script);
    expect(outcome).toEqual({
      kind: 'refused',
      why: expect.stringMatching(/5\.1\.1 nobody here|5\.7\.1 not this/),
    });
    expect(count).toBe(0);
  });

  it('is not asked about a recipient without an address', async () => {
    const sink = await sinkOf();
    for (const email of [
      '',
      'bikash',
      'a@example.org, b@example.org',
      'a@example.org>\r\nRCPT TO:<b@example.org',
    ])
      expect(await mailerTo(sink).send(mailTo({ to: { name: '', email } }))).toMatchObject({
        kind: 'refused',
      });
    expect(sink.connections()).toBe(0);
  });

  it('does not keep the others from getting theirs', async () => {
    const sink = await sinkOf({
      rcpt: (address) => (address.startsWith('a') ? { code: 550, text: 'no' } : 'accept'),
    });
    const mailer = mailerTo(sink);
    const emails = ['ana@example.org', 'bikash@example.org', 'ana@example.org', 'chloe@example.org'];
    const outcomes = await Promise.all(
      emails.map((email) => mailer.send(mailTo({ to: { name: '', email } }))),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'accepted', 'refused', 'accepted']);
    expect(
      sink
        .received()
        .flatMap(({ to }) => to)
        .sort(),
    ).toEqual(['bikash@example.org', 'chloe@example.org']);
  });
});

describe('a burst of messages', () => {
  it('goes over three connections', async () => {
    const sink = await sinkOf();
    const mailer = mailerTo(sink);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => mailer.send(mailTo({ messageId: `${index}@example.org` }))),
    );
    expect(sink.received()).toHaveLength(20);
    expect(sink.connections()).toBe(3);
  });
});

describe('encryption', () => {
  const ca = TEST_CERTIFICATE;

  it('is there from the first byte on with smtps', async () => {
    const sink = await sinkOf({ tls: 'at-once' });
    expect(await mailerTo(sink, { ca }).send(mailTo())).toMatchObject({ kind: 'accepted' });
    expect(sink.received()[0]!.secure).toBe(true);
  });

  it('is never given up with smtps: a server that speaks plain text gets nothing', async () => {
    const sink = await sinkOf({ login: { user: 'ana', pass: 'secret' } });
    const mailer = mailerTo({ url: sink.url.replace('smtp://', 'smtps://ana:secret@') }, { ca });
    expect(await mailer.send(mailTo())).toMatchObject({ kind: 'deferred' });
    expect(await mailer.check()).toMatchObject({ kind: 'problem' });
    expect(sink.received()).toEqual([]);
  });

  it('is refused where nobody vouches for the server', async () => {
    const sink = await sinkOf({ tls: 'at-once' });
    const outcome = await mailerTo(sink).send(mailTo());
    expect(outcome).toEqual({ kind: 'deferred', why: expect.stringMatching(/certificate/i) });
    expect(sink.received()).toEqual([]);
  });

  it('is taken up with smtp where it is offered', async () => {
    const sink = await sinkOf({ tls: 'starttls' });
    expect(await mailerTo(sink).send(mailTo())).toMatchObject({ kind: 'accepted' });
    expect(sink.received()[0]!.secure).toBe(true);
  });
});

describe('a password', () => {
  const login = { user: 'ana', pass: 'geheim/1' };
  const urlWith = (url: string, pass: string) => url.replace('//', `//ana:${encodeURIComponent(pass)}@`);

  it('opens the server', async () => {
    const sink = await sinkOf({ login });
    const mailer = mailerTo({ url: urlWith(sink.url, 'geheim/1') });
    expect(await mailer.check()).toEqual({ kind: 'ready' });
    expect(await mailer.send(mailTo())).toMatchObject({ kind: 'accepted' });
  });

  it('that is wrong is a problem to be put right, and not told to anybody', async () => {
    const sink = await sinkOf({ login });
    const mailer = mailerTo({ url: urlWith(sink.url, 'falsch/2') });
    const texts = [await mailer.check(), await mailer.send(mailTo())];
    expect(texts).toEqual([
      { kind: 'problem', why: expect.stringContaining('(password) is wrong') },
      { kind: 'deferred', why: expect.stringContaining('(password) is wrong') },
    ]);
    expect(JSON.stringify(texts)).not.toMatch(/falsch/);
  });

  it.each([
    'ana:geheim@mail.example.org',
    'https://ana:geheim@mail.example.org',
    'imaps://ana:geheim@mail.example.org',
    'smtps://ana:geheim%@mail.example.org',
    'smtps://',
  ])('is not shown where the address is none: %s', (url) => {
    const refusal = refusalOf(() => smtpMailer({ url, from: FROM }));
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect(refusal).toMatchObject({ where: 'SMTP_URL' });
    expect(refusal.message).not.toContain('geheim');
  });
});

function refusalOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was not refused');
}

describe('looking whether mail can be sent', () => {
  it('says why not, in bounded time', async () => {
    const sink = await sinkOf({ greeting: () => 'stall' });
    expect(await mailerTo(sink, { timeout: 200 }).check()).toEqual({
      kind: 'problem',
      why: 'the mail server did not answer in time',
    });
  });

  it('sends nothing', async () => {
    const sink = await sinkOf();
    expect(await mailerTo(sink).check()).toEqual({ kind: 'ready' });
    expect(sink.received()).toEqual([]);
  });
});
