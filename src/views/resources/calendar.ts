// Calendars and feeds of a person as JSON. The address of neither is in it: both are secrets.

import type { PartnerId } from '../../domain/partner.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import type { FeedDetail } from '../feed.ts';
import { instantOrNull } from './values.ts';

/** `unread`: nobody has looked at it yet. `emptied`: half of it is gone at once, and its owner has not confirmed that. */
export type CalendarState = 'unread' | 'fresh' | 'stale' | 'unknown' | 'emptied';

type Calendar = {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly state: CalendarState;
  readonly confirmedAt?: Instant;
  readonly problem?: string;
};

export function calendarResource({ id, name, host, state, confirmedAt, problem }: Calendar) {
  return { id, name, host, state, confirmedAt: instantOrNull(confirmedAt), problem: problem ?? null };
}

type Feed = {
  readonly id: string;
  readonly person: PartnerId;
  readonly partnership?: string;
  readonly name: string;
  readonly detail: FeedDetail;
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
};

export function feedResource({ id, name, detail, partnership, createdAt, usedAt }: Feed) {
  return {
    id,
    name,
    detail,
    partnership: partnership ?? null,
    createdAt: formatInstant(createdAt),
    usedAt: instantOrNull(usedAt),
  };
}
