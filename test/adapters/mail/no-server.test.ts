// Mail where no server is set.

import { expect, it } from 'vitest';
import { noServer } from '../../../src/adapters/mail/no-server.ts';
import { mailTo } from './mails.ts';

it('takes nothing, and names the setting that is missing', async () => {
  const why = 'no mail server is set (SMTP_URL)';
  expect(await noServer.send(mailTo())).toEqual({ kind: 'no-server', why });
  expect(await noServer.check()).toEqual({ kind: 'problem', why });
});
