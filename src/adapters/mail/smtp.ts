// Mail out by SMTP (RFC 5321). What the server says is a value: taken, later, or never.

import { createTransport, type NodemailerError, type SMTPPoolOptions } from 'nodemailer';
import type { Mailbox } from '../../domain/calendar/itip.ts';
import { SECOND } from '../../domain/time/duration.ts';
import { isEmail } from '../../flows/email-address.ts';
import type { Mailer, SendOutcome } from '../../flows/mail-ports.ts';
import { messageOf } from './message.ts';
import {
  encryptionOf,
  type MailServer,
  mailServerOf,
  readinessOf,
  sayingOf,
  tlsOptionsOf,
  whyOf,
} from './server.ts';

export type SmtpOptions = {
  /** "smtps://user:password@host" (TLS at once) or "smtp://host" (STARTTLS). */
  readonly url: string;
  readonly from: Mailbox;
  /** A certificate that is trusted besides the usual authorities. */
  readonly ca?: string;
  /** Milliseconds for one message, or one check, with all that belongs to it. */
  readonly timeout?: number;
};

/** A mailer of which `close` ends the connections once what is on its way is sent. */
export type SmtpMailer = Mailer & { readonly close: () => void };

/** Under half a minute in all: busy servers answer within seconds, and a person who tries the settings waits no longer. */
export const SMTP_TIMEOUT = 25 * SECOND;

/** The mailer that sends by the server at `url`; throws InvalidInput where that is no such address. */
export function smtpMailer({ url, from, ca, timeout = SMTP_TIMEOUT }: SmtpOptions): SmtpMailer {
  const server = mailServerOf(url, { setting: 'SMTP_URL', scheme: 'smtp' });
  const transport = createTransport(transportOptions(server, { ca, timeout }));
  return {
    send: async (mail) => {
      if (!isEmail(mail.to.email)) return { kind: 'refused', why: 'the recipient has no e-mail address' };
      const message = { ...messageOf(mail, from), signal: AbortSignal.timeout(timeout) };
      return transport.sendMail(message).then(
        ({ response }) => ({ kind: 'accepted', response: sayingOf(response ?? '', server) }),
        (error: NodemailerError) => failureOf(error, server),
      );
    },
    check: () => readinessOf(transport.verify(), { server, timeout }),
    close: () => transport.close(),
  };
}

function transportOptions(
  server: MailServer,
  { ca, timeout }: { readonly ca: string | undefined; readonly timeout: number },
): SMTPPoolOptions & { pool: true } {
  const { host, port, secure, login } = server;
  return {
    pool: true,
    host,
    port,
    secure,
    requireTLS: encryptionOf(server) === 'starttls',
    auth: login,
    tls: tlsOptionsOf(server, ca),
    ...SMALL_POOL,
    dnsTimeout: timeout,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    socketCloseTimeout: SECOND,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * Idle connections are kept for a burst and not until the server closes them. One that it has closed meanwhile is replaced
 * once, which nodemailer does only while no byte of the message has gone out; all other repetition is ours to decide.
 */
const SMALL_POOL = { maxConnections: 3, maxRequeues: 1, idleTimeout: 5 * SECOND };

function failureOf(error: NodemailerError, server: MailServer): SendOutcome {
  return { kind: isForGood(error) ? 'refused' : 'deferred', why: whyOf(error, server) };
}

/**
 * A 5yz to RCPT or DATA. One to the greeting, to AUTH or to MAIL FROM is about us: once the settings are right, the same
 * message goes out.
 */
function isForGood({ code, command, permanent }: NodemailerError): boolean {
  const isAboutMessage = code === 'EMESSAGE' || (code === 'EENVELOPE' && command !== 'MAIL FROM');
  return isAboutMessage && permanent === true;
}
