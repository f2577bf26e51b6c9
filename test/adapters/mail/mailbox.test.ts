// The address that a setting names.

import { describe, expect, it } from 'vitest';
import { mailboxOf } from '../../../src/adapters/mail/mailbox.ts';
import { InvalidInput } from '../../../src/domain/errors.ts';

describe('the mailbox of a setting', () => {
  it.each([
    ['turnabout@example.org', '', 'turnabout@example.org'],
    ['Turnabout <Turnabout@example.org>', 'Turnabout', 'Turnabout@example.org'],
    ['"Duarte, Ana" <ana@example.org>', 'Duarte, Ana', 'ana@example.org'],
  ])('is had from %s', (text, name, email) => {
    expect(mailboxOf(text, 'MAIL_FROM')).toEqual({ name, email });
  });

  it.each([
    '',
    'Turnabout',
    'a@example.org, b@example.org',
    'Turnabout <turnabout>',
    'a@example.org\r\nBcc: b@example.org',
  ])('is not had from "%s"', (text) => {
    expect(() => mailboxOf(text, 'MAIL_FROM')).toThrow(InvalidInput);
  });
});
