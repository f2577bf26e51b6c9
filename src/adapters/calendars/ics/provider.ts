// A calendar that is an ICS address and is read again and again. Whatever goes wrong is an outcome, so that the last good
// copy stays.

import type { CalendarEvent } from '../../../domain/calendar/event.ts';
import { type CalendarReading, isUnknown, type ReadingProblem } from '../../../domain/calendar/reading.ts';
import { CalendarUnreadable } from '../../../domain/errors.ts';
import type { Interval } from '../../../domain/time/interval.ts';
import type { Zone } from '../../../domain/time/zone.ts';
import { type AddressReading, readCalendarAddress } from '../../../flows/calendar-address.ts';
import { readCalendar } from './events.ts';
import { addressOf } from './fetch.ts';
import { allowsHost, type Guard, PUBLIC_INTERNET } from './guard.ts';
import { LOADING_LIMITS, type LoadingLimits } from './limits.ts';
import { intervalOf, nextReadingIn } from './refresh.ts';
import type { Validators } from './validators.ts';
import { type Body, CalendarWithheld, download } from './web.ts';

export type IcsQuery = {
  /** Occurrences that overlap it are wanted. */
  readonly window: Interval;
  /** In which all-day and floating times are read. */
  readonly zone: Zone;
  /** The owner's address, by which their own answer to an invitation is known. */
  readonly owner?: string;
  /**
   * Those of the copy that is kept. To be left out where the copy does not reach over the window, was read for another zone
   * or owner, or is days old: some servers say for ever that nothing has changed.
   */
  readonly validators?: Validators;
  readonly limits?: Partial<LoadingLimits>;
  /** Where a fetch may go; a test may open it to its own server. */
  readonly guard?: Guard;
  /** Certificates (PEM) that are trusted instead of the public ones; for a test with a server of its own. */
  readonly ca?: string;
};

/** `nextIn`: milliseconds until it makes sense to read again, from 15 minutes to a day. */
export type IcsOutcome = { readonly nextIn: number } & (
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'read';
      readonly events: readonly CalendarEvent[];
      readonly problems: readonly ReadingProblem[];
      readonly validators?: Validators;
    }
  /** `why` is safe to show. */
  | { readonly kind: 'unreadable'; readonly why: string }
);

/** Reads the calendar at an address, which `checkIcsAddress` gave; never a file. */
export async function readIcsCalendar(address: string, query: IcsQuery): Promise<IcsOutcome> {
  try {
    const { validators, guard = PUBLIC_INTERNET, ca } = query;
    const answer = await download(addressOf(address), {
      limits: { ...LOADING_LIMITS, ...query.limits },
      guard,
      ...(validators === undefined ? {} : { validators }),
      ...(ca === undefined ? {} : { ca }),
    });
    if (answer.kind === 'body') return outcomeOf(answer, query);
    return { kind: 'unchanged', nextIn: nextReadingIn([validators?.interval, answer.maxAge]) };
  } catch (error) {
    if (!(error instanceof CalendarUnreadable)) throw error;
    const wait = error instanceof CalendarWithheld ? error.retryAfter : undefined;
    return { kind: 'unreadable', why: error.message, nextIn: nextReadingIn([wait]) };
  }
}

/** Validators are given on with a good copy alone: what was never read must not be confirmed later. */
function outcomeOf({ bytes, validators, maxAge }: Body, { window, zone, owner }: IcsQuery): IcsOutcome {
  const reading = readCalendar(bytes, { window, zone, owner });
  const interval = intervalOf(bytes);
  const nextIn = nextReadingIn([interval, maxAge]);
  if (isUnknown(reading)) return { kind: 'unreadable', why: hiddenTime(reading), nextIn };
  return {
    kind: 'read',
    ...reading,
    ...(validators && { validators: interval === undefined ? validators : { ...validators, interval } }),
    nextIn,
  };
}

function hiddenTime({ problems }: CalendarReading): string {
  const hidden = problems.find((problem) => problem.hidesTime);
  return `a time in it cannot be read (${hidden?.where}): ${hidden?.message}`;
}

export type IcsAddress =
  | { readonly kind: 'address'; readonly url: string; readonly host: string }
  | { readonly kind: 'wrong'; readonly problem: string };

/**
 * Whether a text may be the address of a calendar; if not, what would be right. The address is a secret: `host` is what may
 * be shown of it, and no problem repeats more.
 */
export function checkIcsAddress(text: string): IcsAddress {
  if (text.length > LONGEST_ADDRESS)
    return { kind: 'wrong', problem: `an address has at most 2,000 characters: ${EXAMPLE}` };
  const read = readCalendarAddress(text, (host) => allowsHost(host, PUBLIC_INTERNET));
  if (read.kind !== 'address') return { kind: 'wrong', problem: problemOf(read) };
  const { port } = new URL(read.url);
  if (port === '') return read;
  return { kind: 'wrong', problem: `an address with the port ${port} is not read: write one without a port` };
}

/** No provider is known to give longer ones than some 300. */
const LONGEST_ADDRESS = 2_000;

const EXAMPLE = 'write it as "https://example.com/ana.ics"';

function problemOf(read: Exclude<AddressReading, { kind: 'address' }>): string {
  switch (read.kind) {
    case 'no-address':
      return `this is no address: ${EXAMPLE}`;
    case 'mistyped':
      return `the address is mistyped: ${EXAMPLE}`;
    case 'other-scheme':
      return `an address that begins with ${read.scheme}:// is not read: write an https or webcal address`;
    case 'private':
      return `the address is private (${read.host}): only calendars on the public internet are read`;
  }
}
