// Writes a plan into the calendar file in which it is published, and tells what that changes for those who have it.

import { type CalendarItem, revise } from '../domain/calendar/itip.ts';
import type { Plan } from '../domain/planner/plan.ts';
import type { PlanRequest } from '../domain/planner/plan-check-ins.ts';
import { icalText } from '../views/ical.ts';
import { inviteTo } from '../views/invite.ts';
import type { Ports } from './ports.ts';

/** How many check-ins the file now holds, and how many of them are not as they were before. */
export type Publication = {
  readonly held: number;
  /** Not there before, or cancelled until now. */
  readonly added: number;
  readonly moved: number;
  /** In anything but the time. */
  readonly changed: number;
  readonly cancelled: number;
};

type Draft = {
  /** What was published until now. */
  readonly before: readonly CalendarItem[];
  readonly request: PlanRequest;
  readonly plan: Plan;
  readonly call: string | undefined;
};

/** What was published for days before the plan begins, or has begun, stays as it is. */
export async function publishPlan(
  path: string,
  { before, request, plan, call }: Draft,
  { published, clock }: Pick<Ports, 'published' | 'clock'>,
): Promise<Publication> {
  const { partnership } = request;
  const drafts = plan.occurrences.map((each) => inviteTo(partnership, each, { call }));
  const items = revise(before, drafts, { now: clock(), since: request.now });
  await published.write(path, icalText(items, { name: partnership.name }));
  return publicationOf(before, items);
}

/** The difference between what was published and what is now. */
export function publicationOf(before: readonly CalendarItem[], items: readonly CalendarItem[]): Publication {
  const known = new Map(before.map((item) => [item.uid, item]));
  const fates = items.map((item) => fateOf(item, known.get(item.uid)));
  const count = (fate: Fate): number => fates.filter((each) => each === fate).length;
  return {
    held: items.filter(({ status }) => status === 'CONFIRMED').length,
    added: count('added'),
    moved: count('moved'),
    changed: count('changed'),
    cancelled: count('cancelled'),
  };
}

type Fate = 'added' | 'moved' | 'changed' | 'cancelled' | 'kept';

function fateOf(item: CalendarItem, before: CalendarItem | undefined): Fate {
  const stood = before?.status === 'CONFIRMED';
  if (item.status === 'CANCELLED') return stood ? 'cancelled' : 'kept';
  if (!before || !stood) return 'added';
  if (item.start !== before.start || item.end !== before.end) return 'moved';
  return item.sequence === before.sequence && item.stamp === before.stamp ? 'kept' : 'changed';
}
