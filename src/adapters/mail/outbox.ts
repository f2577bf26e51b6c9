// Mail that goes nowhere: what would have been sent is kept to be looked at, where no mail server is set.

import type { Mailer, OutgoingMail } from '../../flows/mail-ports.ts';

/** A mailer of which `messages` are the last ones, oldest first. */
export type OutboxMailer = Mailer & { readonly messages: () => readonly OutgoingMail[] };

/** More than a person looks through. */
const MOST = 200;

export function outboxMailer(): OutboxMailer {
  let kept: readonly OutgoingMail[] = [];
  return {
    send: async (mail) => {
      kept = [...kept.filter(({ messageId }) => messageId !== mail.messageId), mail].slice(-MOST);
      return { kind: 'accepted', response: 'kept in the outbox' };
    },
    check: async () => ({ kind: 'ready' }),
    messages: () => kept,
  };
}
