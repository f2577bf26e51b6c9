// What is wrong with a set-up, and what to do about it. Looks, and changes nothing.

import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { imapInbox } from './adapters/mail/inbox.ts';
import { mailboxOf } from './adapters/mail/mailbox.ts';
import { smtpMailer } from './adapters/mail/smtp.ts';
import { inspectDatabase } from './doctor-database.ts';
import { InvalidInput } from './domain/errors.ts';
import { type Finding, note, well, wrong } from './finding.ts';
import { doubtsAbout, readSettings, type Settings } from './settings.ts';

export async function examine(environment: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  let settings: Settings;
  try {
    settings = readSettings(environment);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message.split('\n').map((text) => wrong('settings', text));
  }
  return [
    well('settings', 'are read and understood'),
    ...doubtsAbout(settings).map((doubt) => note('settings', doubt)),
    await dataFolder(settings),
    ...(await inspectDatabase(settings)),
    await mail(settings),
    await mailbox(settings),
    await publicAddress(settings),
  ];
}

/** Bytes that should be free: a PostgreSQL that finds none stops. */
const ENOUGH = 500 * 1024 * 1024;

async function dataFolder({ DATA_DIR }: Settings): Promise<Finding> {
  try {
    const standing = await standingOf(DATA_DIR);
    await access(standing, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(standing);
    const free = `${Math.floor((bavail * bsize) / 2 ** 20)} MB are free`;
    if (bavail * bsize < ENOUGH)
      return wrong('data folder', `only ${free} at ${standing}: make room before the database stops`);
    return standing === DATA_DIR
      ? well('data folder', `${DATA_DIR} can be written, ${free}`)
      : note('data folder', `${DATA_DIR} is not there yet: the first start makes it, ${free}`);
  } catch (error) {
    return wrong(
      'data folder',
      `${DATA_DIR} cannot be used (${codeOf(error)}): set DATA_DIR, or give yourself the right to write there`,
    );
  }
}

/** The folder, or the nearest one above it that is there. */
async function standingOf(path: string): Promise<string> {
  const code = await access(path).then(() => undefined, codeOf);
  return code === 'ENOENT' && dirname(path) !== path ? standingOf(dirname(path)) : path;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

async function mail({ SMTP_URL, MAIL_FROM }: Settings): Promise<Finding> {
  if (!SMTP_URL || !MAIL_FROM)
    return note('mail', 'SMTP_URL is not set: nothing is sent; in development mails are at /outbox');
  try {
    const mailer = smtpMailer({ url: SMTP_URL.href, from: mailboxOf(MAIL_FROM, 'MAIL_FROM') });
    const readiness = await mailer.check();
    mailer.close();
    return readiness.kind === 'ready'
      ? well('mail', `${SMTP_URL.host} takes mail`)
      : wrong('mail', `${readiness.why}: look at SMTP_URL, and whether that server runs`);
  } catch (error) {
    if (error instanceof InvalidInput) return wrong('mail', `MAIL_FROM ${error.message}`);
    throw error;
  }
}

async function mailbox({ IMAP_URL, MAIL_AUTHORITY }: Settings): Promise<Finding> {
  if (!IMAP_URL)
    return note(
      'mailbox',
      'IMAP_URL is not set: answers of calendar programs are not read; the links in mails work',
    );
  const inbox = imapInbox({
    url: IMAP_URL.href,
    ...(MAIL_AUTHORITY !== undefined && { authority: MAIL_AUTHORITY }),
  });
  const readiness = await inbox.check();
  inbox.close();
  return readiness.kind === 'ready'
    ? well('mailbox', `${IMAP_URL.host} can be read`)
    : wrong('mailbox', `${readiness.why}: look at IMAP_URL, and whether that server runs`);
}

async function publicAddress({ PUBLIC_URL, PORT }: Settings): Promise<Finding> {
  const what = 'public address';
  if (!PUBLIC_URL)
    return note(
      what,
      `PUBLIC_URL is not set: links in mails lead to http://localhost:${PORT}, which works on this machine alone`,
    );
  const health = new URL('/healthz', PUBLIC_URL);
  const answer = await fetch(health, { signal: AbortSignal.timeout(10_000), redirect: 'manual' }).catch(
    () => undefined,
  );
  if (!answer)
    return wrong(
      what,
      `${PUBLIC_URL.origin} does not answer: is the service running, and the proxy in front of it?`,
    );
  if (answer.status !== 200)
    return wrong(
      what,
      `${health.href} answers ${answer.status} instead of 200: the proxy in front leads elsewhere`,
    );
  if (PUBLIC_URL.protocol === 'http:' && PUBLIC_URL.hostname !== 'localhost')
    return note(
      what,
      `${PUBLIC_URL.origin} answers, without https: passkeys are not possible, and cookies can be read on the way`,
    );
  return well(what, `${PUBLIC_URL.origin} answers`);
}
