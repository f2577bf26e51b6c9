// What an event says about whether it keeps its owner busy.

import type { CalendarEvent } from '../../../domain/calendar/event.ts';
import {
  type Component,
  LineUnreadable,
  linesOf,
  type Property,
  propertyNamed,
  propertyOf,
} from './component.ts';

export type Facts = Pick<CalendarEvent, 'transparent' | 'status' | 'busyStatus' | 'partStat'>;

export type FactsContext = {
  /** The calendar's owner, whose answer counts; undefined where nobody knows. */
  readonly owner?: string | undefined;
  /** METHOD of the calendar (RFC 5546), in capitals. */
  readonly method: string;
};

/** Reads STATUS, TRANSP, the owner's PARTSTAT and Outlook's busy status; one that cannot be read counts as not given. */
export function factsOf(component: Component, { owner, method }: FactsContext): Facts {
  const busyStatus = BUSY_STATUS[word(component, 'X-MICROSOFT-CDO-BUSYSTATUS')];
  const partStat = owner === undefined ? undefined : answerOf(component, address(owner));
  return {
    transparent: word(component, 'TRANSP') === 'TRANSPARENT',
    status: method === 'CANCEL' ? 'cancelled' : (STATUS[word(component, 'STATUS')] ?? 'confirmed'),
    ...(busyStatus === undefined ? {} : { busyStatus }),
    ...(partStat === undefined ? {} : { partStat }),
  };
}

type Words<T> = Readonly<Record<string, T>>;

const STATUS: Words<Facts['status']> = {
  CANCELLED: 'cancelled',
  CANCELED: 'cancelled',
  TENTATIVE: 'tentative',
};

/**
 * Not X-MICROSOFT-CDO-INTENDEDSTATUS: it is what the organiser would have the attendees show, not what they do.
 */
const BUSY_STATUS: Words<NonNullable<Facts['busyStatus']>> = {
  FREE: 'free',
  TENTATIVE: 'tentative',
  BUSY: 'busy',
  OOF: 'oof',
  WORKINGELSEWHERE: 'working-elsewhere',
};

const PART_STAT: Words<NonNullable<Facts['partStat']>> = {
  'NEEDS-ACTION': 'needs-action',
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
  DELEGATED: 'delegated',
};

function word(component: Component, name: string): string {
  return readable(() => propertyNamed(component, name))?.value.toUpperCase() ?? '';
}

/** RFC 5545 3.2.12: without PARTSTAT an attendee has not answered, and so it is with a PARTSTAT that nobody knows. */
function answerOf(component: Component, owner: string): Facts['partStat'] {
  for (const line of linesOf(component, 'ATTENDEE')) {
    const attendee = readable(() => propertyOf(line));
    if (!attendee || !addressesOf(attendee).includes(owner)) continue;
    return PART_STAT[(attendee.params.get('PARTSTAT') ?? '').toUpperCase()] ?? 'needs-action';
  }
  return undefined;
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LineUnreadable) return undefined;
    throw error;
  }
}

/** RFC 7986 6.2: EMAIL where the address of the calendar user is something else than a mailbox. */
function addressesOf({ value, params }: Property): string[] {
  return [address(value), address(params.get('EMAIL') ?? '')];
}

function address(text: string): string {
  return text
    .trim()
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();
}
