// Who has to be mailed what about an occurrence, from what they were mailed last. Feeds are always current; mail goes out for a
// new SEQUENCE, and for mere words once, when the time is frozen; from then on also for a new host.

import type { PartnerId } from '../partner.ts';
import { DAY } from '../time/duration.ts';
import { type Instant, plus } from '../time/instant.ts';
import type { PublishedOccurrence, Sent } from './observation.ts';

/** From so many milliseconds before its start on, the words of an invitation are brought up to date once. */
export const FREEZE = 7 * DAY;

/** What is kept of a mail about an occurrence as it then was. */
export function sentOf(
  { item, occurrence }: Pick<PublishedOccurrence, 'item' | 'occurrence'>,
  { method, at }: Pick<Sent, 'method' | 'at'>,
): Sent {
  const { sequence, stamp, start, end } = item;
  return { method, sequence, stamp, at, time: { start, end }, host: occurrence.host };
}

/** A mail that is due. */
export type Due = { readonly to: PartnerId; readonly method: Sent['method'] };

/** `invitedUntil`: what begins from then on is in feeds alone. */
export type SendTime = { readonly now: Instant; readonly invitedUntil: Instant };

/** The mails that are due for an occurrence. Nothing is mailed about what is over. */
export function sendsDue(published: PublishedOccurrence, time: SendTime): Due[] {
  const { item, occurrence, sent } = published;
  if (item.end <= time.now) return [];
  const invited = item.status === 'CONFIRMED' ? [...occurrence.burdens.keys()] : [];
  const uninvited = [...sent.keys()].filter((id) => !invited.includes(id));
  return [
    ...invited
      .filter((id) => isRequestDue(published, sent.get(id), time))
      .map((to) => ({ to, method: 'REQUEST' as const })),
    ...uninvited
      .filter((id) => sent.get(id)!.method === 'REQUEST')
      .map((to) => ({ to, method: 'CANCEL' as const })),
  ];
}

function isRequestDue(
  { item, occurrence }: PublishedOccurrence,
  sent: Sent | undefined,
  { now, invitedUntil }: SendTime,
): boolean {
  if (!sent) return item.start < invitedUntil;
  if (sent.method === 'CANCEL' || item.sequence > sent.sequence) return true;
  const frozenFrom = plus(item.start, -FREEZE);
  if (item.stamp <= sent.stamp || now < frozenFrom) return false;
  return sent.at < frozenFrom || sent.host !== occurrence.host;
}
