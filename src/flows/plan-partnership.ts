// From a partnership file to a plan, and to the calendar file in which it is published.

import type { CalendarItem } from '../domain/calendar/itip.ts';
import { isUidOf, uidOf } from '../domain/calendar/uid.ts';
import { beginningsAround, firstDayAfter } from '../domain/first-day.ts';
import { partnerIdOf } from '../domain/partner.ts';
import type { Plan } from '../domain/planner/plan.ts';
import { type PlanRequest, type Published, planCheckIns } from '../domain/planner/plan-check-ins.ts';
import type { Instant } from '../domain/time/instant.ts';
import { periodsFrom } from '../domain/time/period.ts';
import { formatDate, type PlainDate } from '../domain/time/plain-date.ts';
import { dateOfWall } from '../domain/time/wall-time.ts';
import { startOfDay, toWall } from '../domain/time/zone.ts';
import { type CalendarCheck, gatherAvailability } from './gather-availability.ts';
import {
  type OpenPartnership,
  type PartnershipFile,
  partnershipSince,
  type Remark,
} from './partnership-file.ts';
import type { Ports } from './ports.ts';
import { type Publication, publishPlan } from './publish-plan.ts';
import { shown } from './show-safely.ts';
import { withoutPartners } from './without-partners.ts';

/** What somebody asks for. */
export type PlanOrder = {
  readonly path: string;
  /** A day on which a period begins; by default the next one after today. */
  readonly from?: PlainDate;
  readonly weeks: number;
  /** Addresses of the partners who are left out. */
  readonly without: readonly string[];
  /** The calendar file to publish the plan in. */
  readonly ics?: string;
  /** The id of a period that must be in the plan, because something is asked about it. */
  readonly about?: string;
};

export type PlanOutcome =
  | {
      readonly kind: 'wrong';
      readonly problems: readonly Remark[];
      readonly warnings: readonly Remark[];
      readonly calendars: readonly CalendarCheck[];
    }
  | {
      readonly kind: 'planned';
      readonly request: PlanRequest;
      readonly plan: Plan;
      readonly warnings: readonly Remark[];
      readonly calendars: readonly CalendarCheck[];
      /** What became of the calendar file, where one was written. */
      readonly publication?: Publication;
    };

/** Plans, and publishes where `ics` says so. Nothing is written unless everything could be read. */
export async function planPartnership(order: PlanOrder, ports: Ports): Promise<PlanOutcome> {
  const read = await ports.readPartnership(order.path);
  if (read.kind === 'wrong') return wrong(read.problems);
  const reduced = withoutPartners(read.file, order.without);
  if (reduced.kind === 'wrong') return wrong(reduced.problems, read.warnings);
  const now = ports.clock();
  const first = firstDay(read.file.partnership, order.from, now);
  if (first.kind === 'wrong') return wrong([first.problem], read.warnings);
  const prepared = await prepare(reduced.file, { from: first.day, weeks: order.weeks }, ports);
  if (prepared.problems.length > 0)
    return { ...wrong(prepared.problems, read.warnings), calendars: prepared.calendars };
  const stranger = periodNotIn(prepared.request, order.about);
  if (stranger) return wrong([stranger], read.warnings);
  const before = order.ics === undefined ? [] : await readPublished(order.ics, prepared.request, ports);
  const request = { ...prepared.request, published: stillAhead(before, prepared.request) };
  ports.planning(order.weeks);
  const plan = planCheckIns(request, ports.planned);
  const outcome = {
    kind: 'planned',
    request,
    plan,
    warnings: read.warnings,
    calendars: prepared.calendars,
  } as const;
  if (order.ics === undefined) return outcome;
  return {
    ...outcome,
    publication: await publishPlan(order.ics, { before, request, plan, call: read.file.call }, ports),
  };
}

type Horizon = { readonly from: PlainDate; readonly weeks: number };
type FirstDay =
  | { readonly kind: 'day'; readonly day: PlainDate }
  | { readonly kind: 'wrong'; readonly problem: Remark };

function firstDay(
  { anchor, checkIn }: OpenPartnership,
  asked: PlainDate | undefined,
  now: Instant,
): FirstDay {
  const beginnings = { rhythm: checkIn.rhythm, ...(checkIn.since !== undefined && { since: checkIn.since }) };
  if (asked === undefined)
    return { kind: 'day', day: firstDayAfter(beginnings, dateOfWall(toWall(anchor, now))) };
  const around = beginningsAround(beginnings, asked);
  if (!around) return { kind: 'day', day: asked };
  const nearest = `the nearest days on which one does are ${formatDate(around.before)} and ${formatDate(around.after)}`;
  const message = `no period of ${checkIn.rhythm} begins on ${formatDate(asked)}; ${nearest}`;
  return { kind: 'wrong', problem: { where: '', field: '--from', message } };
}

async function prepare(
  file: PartnershipFile,
  { from, weeks }: Horizon,
  ports: Ports,
): Promise<{ request: PlanRequest; problems: readonly Remark[]; calendars: readonly CalendarCheck[] }> {
  const partnership = partnershipSince(file.partnership, from);
  const { problems, calendars, partners } = await gatherAvailability(
    file,
    periodsOf({ partnership, from, weeks }),
    ports,
  );
  // As if it were the beginning of the plan, so that the same file gives the same plan on every day.
  const now = startOfDay(partnership.anchor, from);
  return { request: { partnership: { ...partnership, partners }, from, weeks, now }, problems, calendars };
}

function periodNotIn(request: PlanRequest, about: string | undefined): Remark | undefined {
  const ids = periodsOf(request).map(({ id }) => id);
  if (about === undefined || ids.includes(about)) return undefined;
  return {
    where: '',
    field: '--explain',
    message: `the plan has no period ${shown(about)}: it has ${ids[0]} to ${ids.at(-1)}`,
  };
}

function periodsOf({
  partnership: { anchor, checkIn },
  from,
  weeks,
}: Pick<PlanRequest, 'partnership' | 'from' | 'weeks'>) {
  return periodsFrom({ anchor, rhythm: checkIn.rhythm, since: checkIn.since }, from, weeks);
}

async function readPublished(
  path: string,
  { partnership: { name } }: PlanRequest,
  { published }: Pick<Ports, 'published'>,
): Promise<readonly CalendarItem[]> {
  return published.read({ path, isOurs: (uid) => isUidOf(name, uid) });
}

/** What was published for the periods of the plan and has not begun, nor been cancelled. */
function stillAhead(items: readonly CalendarItem[], request: PlanRequest): Published[] {
  const ahead = new Map(
    items
      .filter((item) => item.status === 'CONFIRMED' && item.start >= request.now)
      .map(({ uid, start, organizer }) => [uid, { start, host: partnerIdOf(organizer.email) }]),
  );
  return periodsOf(request).flatMap(({ id, first }) => {
    const known = ahead.get(uidOf(request.partnership.name, first));
    return known === undefined ? [] : [{ period: id, ...known }];
  });
}

function wrong(
  problems: readonly Remark[],
  warnings: readonly Remark[] = [],
): Extract<PlanOutcome, { kind: 'wrong' }> {
  return { kind: 'wrong', problems, warnings, calendars: [] };
}
