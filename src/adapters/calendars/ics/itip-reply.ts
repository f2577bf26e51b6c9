// Answers to invitations: REPLY (RFC 5546 3.2.3) and COUNTER (3.2.7), as calendars in the wild write them. Occurrences are
// single, so that a RECURRENCE-ID says nothing.

import { carriedText } from '../../../domain/calendar/carried-text.ts';
import type { PartStat } from '../../../domain/calendar/itip.ts';
import { CalendarUnreadable } from '../../../domain/errors.ts';
import { DAY } from '../../../domain/time/duration.ts';
import { type Instant, instantOf } from '../../../domain/time/instant.ts';
import type { Interval } from '../../../domain/time/interval.ts';
import { UTC } from '../../../domain/time/zone.ts';
import { isEmail } from '../../../flows/email-address.ts';
import type { ItipAnswer, ItipReading } from '../../../flows/mail-ports.ts';
import { calendarsIn } from './calendars.ts';
import { zoneClock } from './clock.ts';
import {
  type Component,
  LineUnreadable,
  type Property,
  propertiesOf,
  propertyNamed,
  textOf,
} from './component.ts';
import { intervalFrom, lengthOf } from './length.ts';
import { budgetsOf, LIMITS, LimitExceeded } from './limits.ts';
import { instantOfMoment, momentOf, TimeUnreadable } from './moment.ts';
import { dateOrTime } from './values.ts';
import { clocksOf } from './vtimezone.ts';

/** What the text answers; a text of any other METHOD is `other`, one that cannot be relied on is `unreadable`. */
export function readItip(text: string): ItipReading {
  try {
    return readingOf(text);
  } catch (error) {
    if (EXPECTED.some((kind) => error instanceof kind))
      return { kind: 'unreadable', why: (error as Error).message };
    throw error;
  }
}

/** An answer that cannot be relied on; the message is safe to show. */
class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
}

const EXPECTED = [AnswerUnreadable, CalendarUnreadable, LimitExceeded, LineUnreadable, TimeUnreadable];

/** Characters of a text that is kept. */
const LONGEST = 2_000;

function readingOf(text: string): ItipReading {
  const calendar = only(calendarsIn(new TextEncoder().encode(text), CALENDARS), 'calendar');
  const method = required(calendar, 'METHOD').value.toUpperCase();
  if (method !== 'REPLY' && method !== 'COUNTER') return { kind: 'other', method: method.slice(0, 100) };
  const event = only(
    calendar.components.filter(({ name }) => name === 'VEVENT'),
    'event',
  );
  const attendee = only(propertiesOf(event, 'ATTENDEE'), 'attendee');
  const answer = answerOf(event, attendee);
  if (method === 'COUNTER') return { kind: 'counter', ...answer, ...proposalOf(event, calendar) };
  return { kind: 'reply', ...answer };
}

/** An answer has one event and at most a few zones: some milliseconds, since anybody can send many. */
const ANSWER_LIMITS = { ...LIMITS, stepsOfEvent: 50_000, steps: 100_000 };

const CALENDARS = { limits: ANSWER_LIMITS, calendar: 'answer' };

function only<T>(list: readonly T[], what: string): T {
  if (list.length !== 1)
    throw new AnswerUnreadable(`it has ${list.length === 0 ? 'no' : 'more than one'} ${what}`);
  return list[0]!;
}

function required(component: Component, name: string): Property {
  const property = propertyNamed(component, name);
  if (!property?.value) throw new AnswerUnreadable(`it has no ${name}`);
  return property;
}

function answerOf(event: Component, attendee: Property): ItipAnswer {
  const uid = textOf(required(event, 'UID'));
  if (uid.length > LONGEST) throw new AnswerUnreadable('its UID is too long');
  const sequence = propertyNamed(event, 'SEQUENCE')?.value ?? '';
  const comment = commentOf(event);
  return {
    uid,
    ...(/^\d{1,9}$/.test(sequence) && { sequence: Number(sequence) }),
    attendee: addressOf(attendee),
    partStat: partStatOf(attendee),
    stamp: stampOf(event),
    ...(comment !== '' && { comment }),
  };
}

/** RFC 5545 allows several (3.8.1.4); Exchange writes an empty one where nobody said anything. */
function commentOf(event: Component): string {
  const comments = propertiesOf(event, 'COMMENT').map((each) => carriedText(textOf(each)));
  return carriedText(comments.join('\n').slice(0, LONGEST));
}

/** The value, or EMAIL (RFC 7986 6.2) where the value is an address of another kind. */
function addressOf({ value, params }: Property): string {
  const address = [value, params.get('EMAIL') ?? ''].map(bareAddress).find(isEmail);
  if (address === undefined) throw new AnswerUnreadable('its attendee has no e-mail address');
  return address;
}

function bareAddress(text: string): string {
  const address = text.trim().replace(/^mailto:\s*/i, '');
  return (address.includes('%') ? (decoded(address) ?? address) : address).toLowerCase();
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const PART_STAT: Readonly<Record<string, PartStat>> = {
  'NEEDS-ACTION': 'needs-action',
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};

/** Nobody can be sent in somebody's place: a partner who delegates has not answered. */
function partStatOf({ params }: Property): PartStat {
  const partStat = PART_STAT[(params.get('PARTSTAT') ?? 'NEEDS-ACTION').toUpperCase()];
  if (!partStat) throw new AnswerUnreadable('its PARTSTAT is none that answers for the attendee');
  return partStat;
}

const UTC_CLOCK = zoneClock(UTC);

/** In UTC by RFC 5545 3.8.7.2; a zone that somebody adds is not looked up. */
function stampOf(event: Component): Instant {
  const stamp = required(event, 'DTSTAMP');
  return instantOfMoment(momentOf(stamp, { clocks: () => UTC_CLOCK, local: UTC_CLOCK }));
}

function proposalOf(event: Component, calendar: Component): Interval {
  const property = required(event, 'DTSTART');
  const value = dateOrTime(property.value);
  if (value?.kind !== 'time') throw new AnswerUnreadable('it proposes no time of day');
  const clocks = clocksOf(calendar, instantOf(value.wall + PAST_START), budgetsOf(ANSWER_LIMITS));
  const context = { clocks, local: UTC_CLOCK };
  const start = momentOf(property, context);
  if (start.floating) throw new AnswerUnreadable('it proposes a time without a time zone');
  const proposal = intervalFrom(start, lengthOf(event, start, context));
  if (proposal.end <= proposal.start) throw new AnswerUnreadable('it proposes a time that does not last');
  return proposal;
}

/** Clocks are followed a little past the start, for an end that is told in another zone. */
const PAST_START = 400 * DAY;
