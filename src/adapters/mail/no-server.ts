// Mail where no server is set and nobody looks into an outbox: it waits for one.

import type { Mailer } from '../../flows/mail-ports.ts';

const WHY = 'no mail server is set (SMTP_URL)';

/** Takes nothing, and says what is missing. */
export const noServer: Mailer = {
  send: async () => ({ kind: 'no-server', why: WHY }),
  check: async () => ({ kind: 'problem', why: WHY }),
};
