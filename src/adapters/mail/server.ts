// A mail server as an address names it ("smtps://user:password@mail.example.org:465"), and what may be told of it.

import { setTimeout as wait } from 'node:timers/promises';
import { carriedLine } from '../../domain/calendar/carried-text.ts';
import { InvalidInput } from '../../domain/errors.ts';
import type { Readiness } from '../../flows/mail-ports.ts';

export type MailServer = {
  readonly host: string;
  readonly port?: number;
  /** TLS from the first byte on. Without it the connection is upgraded by STARTTLS. */
  readonly secure: boolean;
  readonly login?: { readonly user: string; readonly pass: string };
  /** On this machine, where nobody listens in between and certificates are usually self-made. */
  readonly isLocal: boolean;
  /** What follows the host, without the slash: the mailbox (RFC 5092). */
  readonly path: string;
};

export type AddressKind = { readonly setting: string; readonly scheme: 'smtp' | 'imap' };

/** Reads the address; throws InvalidInput, which never shows it, because it holds a password. */
export function mailServerOf(address: string, { setting, scheme }: AddressKind): MailServer {
  const url = URL.parse(address.trim());
  const secure = url?.protocol === `${scheme}s:`;
  if (!url?.hostname || !(secure || url.protocol === `${scheme}:`))
    throw new InvalidInput(setting, `it must look like ${scheme}s://user:password@mail.example.org`);
  const [user, pass, path] = [url.username, url.password, url.pathname.slice(1)].map((part) =>
    decoded(part, setting),
  );
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    ...(url.port !== '' && { port: Number(url.port) }),
    secure,
    ...(user && { login: { user, pass: pass! } }),
    isLocal: /^(localhost|127(\.\d+){3}|::1)$/i.test(host),
    path: path!,
  };
}

function decoded(part: string, setting: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new InvalidInput(setting, 'a percent sign in its user name or password must be written as %25');
  }
}

/**
 * How to encrypt. A password never crosses a network in clear. Without one a server may go unencrypted, since most relays
 * that need no password offer no TLS either.
 */
export function encryptionOf({ secure, login, isLocal }: MailServer): 'tls' | 'starttls' | 'if-offered' {
  if (secure) return 'tls';
  return login && !isLocal ? 'starttls' : 'if-offered';
}

/** Options of tls.connect: `ca` is trusted besides the usual authorities; nobody can prove to be this machine. */
export function tlsOptionsOf({ secure, isLocal }: MailServer, ca?: string): object {
  return { ...(ca !== undefined && { ca }), ...(isLocal && !secure && { rejectUnauthorized: false }) };
}

const LONGEST_SAYING = 300;

/** A text of the server or of a library as one line that may be shown: without the password, should it be in there. */
export function sayingOf(text: string, { login }: MailServer): string {
  let shown = carriedLine(text);
  for (const secret of login?.pass ? formsOf(login) : []) shown = shown.replaceAll(secret, '(password)');
  return shown.length > LONGEST_SAYING ? `${shown.slice(0, LONGEST_SAYING)}…` : shown;
}

/** As it is, as it stands in an address, and as AUTH LOGIN and AUTH PLAIN (RFC 4616) send it. */
function formsOf({ user, pass }: { readonly user: string; readonly pass: string }): string[] {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return [pass, encodeURIComponent(pass), base64(pass), base64(`\0${user}\0${pass}`)];
}

/** Why something failed: what the server answered, else what the library says of it. */
export function whyOf(error: unknown, server: MailServer): string {
  const { code, message, response, responseText } = error as Failure;
  if (/TIMED?OUT|EABORT/.test(String(code))) return TOO_LATE;
  const answer = [responseText, response].find((each) => typeof each === 'string');
  return sayingOf(String(answer ?? message), server);
}

/** Fields of errors of nodemailer (`response`) and imapflow (`responseText`; `response` may be the parsed one). */
type Failure = { readonly [field in 'code' | 'message' | 'response' | 'responseText']?: unknown };

const TOO_LATE = 'the mail server did not answer in time';

export type Patience = { readonly server: MailServer; readonly timeout: number };

/** Whether the attempt succeeds within `timeout` milliseconds, and if not, why. */
export async function readinessOf(
  attempt: Promise<unknown>,
  { server, timeout }: Patience,
): Promise<Readiness> {
  const tooLate = wait(timeout, TOO_LATE, { ref: false });
  try {
    if ((await Promise.race([attempt, tooLate])) !== TOO_LATE) return { kind: 'ready' };
    return { kind: 'problem', why: TOO_LATE };
  } catch (error) {
    return { kind: 'problem', why: whyOf(error, server) };
  }
}
