// Everything behind one check-in (F5), and what its reader can do about its time.

import type { PartnerId } from '../../domain/partner.ts';
import { explainPeriod } from '../../domain/planner/explain.ts';
import { volunteerFor } from '../../domain/planner/volunteer.ts';
import { decideRun } from '../../domain/run/decide-run.ts';
import type { Planned } from '../../domain/run/plan-ahead.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { TimeChanges } from '../../views/pages/change-time.ts';
import type { CheckInView } from '../../views/pages/occurrence.ts';
import { turnOf } from '../../views/people.ts';
import { occurrenceOf } from '../answers/answer-invitation.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import { type ObservingWorld, observe } from '../run/observe.ts';
import { draftOf } from '../run/run-partnership.ts';
import type { KeptOccurrence } from '../stores.ts';
import { readInWords } from './in-words.ts';

/** Throws NotFound where the partnership has no check-in of that UID. */
export async function readCheckInBehind(
  { person: reader, partnership: id }: AuthorizedPartner<'read'>,
  uid: string,
  world: ObservingWorld,
): Promise<CheckInView> {
  const { database, clock } = world;
  const now = clock();
  const shown = await occurrenceOf(database, id, uid);
  const { name, partnership } = await readInWords(id, database);
  const period = shown.occurrence.period.id;
  const questions = (await database.questions.of(id)).filter(({ period: of, ask }) =>
    ask.kind === 'swap' ? ask.periods.includes(period) : of === period,
  );
  const view = { id, name, reader, now, partnership, shown, questions };
  const planned = await plannedFor(shown, world);
  if (!planned) return view;
  const explanation = explainPeriod(planned.request, planned.plan, period);
  const others = (await database.occurrences.after(id, now)).filter((each) => each.item.uid !== uid);
  return {
    ...view,
    ...(explanation && { explanation }),
    ...(isChangeable(shown, now) && { changes: changesFor(shown, { reader, planned, others, now }) }),
  };
}

/** The planning that its period is part of; undefined where that is over, or agreed on in another way. */
async function plannedFor(
  { partnership, occurrence }: KeptOccurrence,
  world: ObservingWorld,
): Promise<Planned | undefined> {
  const { id, end } = occurrence.period;
  if (end <= world.clock()) return undefined;
  const { observation } = await observe(partnership, world);
  const { ahead } = decideRun(observation, draftOf);
  return ahead.planned.find(({ plan }) => plan.occurrences.some(({ period }) => period.id === id));
}

function isChangeable({ item, part }: KeptOccurrence, now: Instant): boolean {
  return item.status === 'CONFIRMED' && item.start > now && part === 0;
}

type Setting = {
  readonly reader: PartnerId;
  readonly planned: Planned;
  readonly others: readonly KeptOccurrence[];
  readonly now: Instant;
};

function changesFor({ occurrence }: KeptOccurrence, { reader, planned, others, now }: Setting): TimeChanges {
  const { request, plan } = planned;
  const turnIn = ({ burdens }: KeptOccurrence['occurrence']) => turnOf(request.partnership, burdens);
  const isMine = turnIn(occurrence).includes(reader);
  const theirs = others.filter((each) => {
    const isPlanned = plan.occurrences.some(({ period }) => period.id === each.occurrence.period.id);
    const turn = turnIn(each.occurrence);
    return isPlanned && isChangeable(each, now) && turn.length > 0 && !turn.includes(reader);
  });
  const desired = plan.occurrences.find(({ period }) => period.id === occurrence.period.id)!;
  const canVolunteer =
    turnIn(desired).some((id) => id !== reader) && volunteerFor(request, desired, reader) !== undefined;
  return { swaps: isMine ? theirs : [], canVolunteer };
}
