// turnabout check

import { isUnknown } from '../../domain/calendar/reading.ts';
import type { CalendarCheck } from '../../flows/gather-availability.ts';
import { type PlanOutcome, planPartnership } from '../../flows/plan-partnership.ts';
import type { Ports } from '../../flows/ports.ts';
import { relaxationSentence } from '../../views/relaxation.ts';
import { type Line, lines, span } from '../../views/styled-text.ts';
import type { CheckArguments } from './arguments.ts';
import { sayReadingProblems } from './reading-problems.ts';
import { type Screen, sayRemarks } from './screen.ts';

/** How far ahead a common hour is looked for. */
const WEEKS = 12;

/** The exit code: 0 where all is well, 1 for a wrong file or calendar, 2 where there is no common hour. */
export async function runCheck({ file }: CheckArguments, ports: Ports, screen: Screen): Promise<number> {
  const outcome = await planPartnership({ path: file, weeks: WEEKS, without: [] }, ports);
  sayRemarks(screen, 'warning', outcome.warnings);
  sayReadingProblems(screen, outcome.calendars);
  if (outcome.kind === 'wrong') sayRemarks(screen, 'wrong', outcome.problems);
  const report = [
    ...outcome.calendars.map(calendarLine),
    ...(outcome.kind === 'planned' ? commonHourLines(outcome) : []),
  ];
  if (report.length > 0) screen.show([lines(...report)]);
  if (outcome.kind === 'wrong') return 1;
  return hasCommonHour(outcome) ? 0 : 2;
}

function calendarLine({ partner, calendar, outcome }: CalendarCheck): Line {
  const whose = span(`${partner.name}, ${calendar}: `);
  if (outcome.kind === 'unreadable') return [whose, span('not readable', 'bad')];
  if (isUnknown(outcome.reading)) return [whose, span('unknown, because a time in it cannot be read', 'bad')];
  return [
    whose,
    span('readable', 'good'),
    span(`, ${outcome.reading.events.length} occurrences in the weeks to come`),
  ];
}

type Planned = Extract<PlanOutcome, { readonly kind: 'planned' }>;

/** Periods in which too few are there are no failure, and so no sign that there is no common hour. */
function hasCommonHour({ plan }: Planned): boolean {
  return plan.occurrences.length > 0 || plan.unplaced.every(({ kind }) => kind === 'away');
}

function commonHourLines(planned: Planned): Line[] {
  const { request, plan } = planned;
  const count = plan.occurrences.length + plan.unplaced.length;
  const found = `${plan.occurrences.length} of the next ${count} periods have a common time`;
  if (hasCommonHour(planned))
    return [[span(`${request.partnership.name}: `), span('the file is right', 'good'), span(`; ${found}`)]];
  const relaxation = plan.unplaced.find((each) => each.relaxation)?.relaxation;
  const help = relaxation
    ? relaxationSentence(request.partnership, relaxation)
    : 'No single change would help.';
  return [
    [span(`${request.partnership.name}: `), span('there is no common hour', 'bad'), span(`; ${found}`)],
    [span(help)],
  ];
}
