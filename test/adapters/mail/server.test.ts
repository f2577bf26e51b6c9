// Addresses of mail servers, what they say of encryption, and what is told of them.

import { describe, expect, it } from 'vitest';
import {
  encryptionOf,
  mailServerOf,
  sayingOf,
  tlsOptionsOf,
  whyOf,
} from '../../../src/adapters/mail/server.ts';

const smtp = { setting: 'SMTP_URL', scheme: 'smtp' } as const;
const serverAt = (address: string) => mailServerOf(address, smtp);

describe('the address of a mail server', () => {
  it('says where it is and who we are', () => {
    expect(serverAt('smtps://ana%40example.org:a%2Fb%3Ac@mail.example.org:2465/Answers%20in')).toEqual({
      host: 'mail.example.org',
      port: 2465,
      secure: true,
      login: { user: 'ana@example.org', pass: 'a/b:c' },
      isLocal: false,
      path: 'Answers in',
    });
  });

  it('may leave out everything but the host', () => {
    expect(serverAt(' smtp://[::1] ')).toEqual({ host: '::1', secure: false, isLocal: true, path: '' });
  });
});

describe('encryption', () => {
  it.each([
    ['smtps://mail.example.org', 'tls'],
    ['smtps://ana:b@localhost', 'tls'],
    ['smtp://ana:b@mail.example.org', 'starttls'],
    ['smtp://mail.example.org', 'if-offered'],
    ['smtp://ana:b@localhost', 'if-offered'],
    ['smtp://ana:b@127.0.0.1', 'if-offered'],
    ['smtp://ana:b@127.0.0.1.example.org', 'starttls'],
  ])('of %s is %s: no password crosses a network in clear', (address, expected) => {
    expect(encryptionOf(serverAt(address))).toBe(expected);
  });

  it('asks for a certificate that somebody vouches for, except of this machine', () => {
    expect(tlsOptionsOf(serverAt('smtp://mail.example.org'))).toEqual({});
    expect(tlsOptionsOf(serverAt('smtps://localhost'), 'a')).toEqual({ ca: 'a' });
    expect(tlsOptionsOf(serverAt('smtp://localhost'))).toEqual({ rejectUnauthorized: false });
  });
});

describe('what is told of a server', () => {
  const server = serverAt('smtps://ana:a%2Fb%C3%A9@mail.example.org');
  const forms = ['a/bé', 'a%2Fb%C3%A9', 'YS9iw6k=', Buffer.from('\0ana\0a/bé').toString('base64')];

  it.each(forms)('never holds the password: %s', (form) => {
    expect(sayingOf(`535 no ${form}.`, server)).toBe('535 no (password).');
  });

  it('is one line of a bounded length', () => {
    expect(sayingOf('a\r\nb\u0007', server)).toBe('a b');
    expect(sayingOf('x'.repeat(1_000), server)).toBe(`${'x'.repeat(300)}…`);
  });

  it('is what the server answered before what a library says', () => {
    expect(whyOf({ message: 'Command failed', responseText: 'No such mailbox' }, server)).toBe(
      'No such mailbox',
    );
    expect(whyOf(new Error('connect ECONNREFUSED'), server)).toBe('connect ECONNREFUSED');
    expect(whyOf({ code: 'GREETING_TIMEOUT', message: 'x' }, server)).toBe(
      'the mail server did not answer in time',
    );
  });
});
