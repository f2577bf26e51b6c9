// What an invitation says: whose turn it is, the local times of all, the agenda, and why this time.

import type { Draft, Mailbox } from '../domain/calendar/itip.ts';
import { uidOf } from '../domain/calendar/uid.ts';
import type { Partner } from '../domain/partner.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Occurrence } from '../domain/planner/plan.ts';
import type { Part } from '../domain/run/observation.ts';
import { MINUTE } from '../domain/time/duration.ts';
import { weeklyAgenda } from './agenda.ts';
import { localTimeOf } from './local-time.ts';
import { nameOf, partnerOf, points } from './people.ts';
import { absenceText, because } from './reason.ts';

/** What the plan does not say: where the call is held, and in a service which half it is, the UID and who owns the event. */
export type InviteAs = {
  readonly call?: string | undefined;
  readonly part?: Part;
  readonly uid?: string;
  readonly organizer?: Mailbox;
};

/** An occurrence as it should stand in everybody's calendar; by default its host organises it. */
export function inviteTo(partnership: Partnership, occurrence: Occurrence, as: InviteAs = {}): Draft {
  const present = partnership.partners.filter(({ id }) => occurrence.burdens.has(id));
  const host = partnerOf(partnership, occurrence.host) ?? present[0]!;
  const { call, part = 0, organizer = mailboxOf(host) } = as;
  const { uid = uidOf(partnership.name, occurrence.period.first) } = as;
  return {
    uid,
    start: occurrence.start,
    end: occurrence.end,
    zone: partnership.anchor,
    summary: `${partnership.name} check-in${HALVES[part]}`,
    description: describeInvite(partnership, occurrence),
    ...(call !== undefined && { location: call, conference: call }),
    organizer,
    attendees: present.map(mailboxOf),
  };
}

const HALVES: Readonly<Record<Part, string>> = { 0: '', 1: ' (first half)', 2: ' (second half)' };

/** The text of the invitation, without a line break at its end. */
export function describeInvite(partnership: Partnership, occurrence: Occurrence): string {
  return [
    ...agendaLines((occurrence.end - occurrence.start) / MINUTE),
    '',
    'Your time',
    ...partnership.partners.map((partner) =>
      attendanceLine({ ...partner, name: nameOf(partnership, partner.id) }, occurrence),
    ),
    '',
    `Host: ${nameOf(partnership, occurrence.host)}`,
    `Why this time: ${because(partnership, occurrence)}`,
  ].join('\n');
}

function agendaLines(minutes: number): string[] {
  return ['Agenda', ...weeklyAgenda(minutes).map((item) => `- ${item.title} (${item.minutes} min)`)];
}

function attendanceLine(partner: Partner, occurrence: Occurrence): string {
  const { start, burdens } = occurrence;
  const burden = burdens.get(partner.id);
  if (burden === undefined) return `- ${partner.name}: ${absenceText(occurrence)}`;
  const { weekday, day, clock, zone } = localTimeOf(partner, start);
  return `- ${partner.name}: ${weekday} ${day} ${clock} (${zone}), ${points(burden)}`;
}

function mailboxOf({ name, email }: Partner): Mailbox {
  return { name, email };
}
