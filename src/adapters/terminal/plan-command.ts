// turnabout plan

import { explainPeriod } from '../../domain/planner/explain.ts';
import { type PlanOrder, type PlanOutcome, planPartnership } from '../../flows/plan-partnership.ts';
import type { Ports } from '../../flows/ports.ts';
import type { Publication } from '../../flows/publish-plan.ts';
import { explanationBlocks } from '../../views/explanation.ts';
import { type PlannedPartnership, planJson } from '../../views/plan-json.ts';
import { planBlocks } from '../../views/plan-table.ts';
import type { Block } from '../../views/styled-text.ts';
import type { PlanArguments } from './arguments.ts';
import { sayReadingProblems } from './reading-problems.ts';
import { type Screen, sayRemarks } from './screen.ts';

type Planned = Extract<PlanOutcome, { readonly kind: 'planned' }>;

/** The exit code: 0 where every period has a time, 2 where one has not, 1 for wrong input. */
export async function runPlan(typed: PlanArguments, ports: Ports, screen: Screen): Promise<number> {
  const outcome = await planPartnership(orderOf(typed), ports);
  sayRemarks(screen, 'warning', outcome.warnings);
  sayReadingProblems(screen, outcome.calendars);
  if (outcome.kind === 'wrong') {
    sayRemarks(screen, 'wrong', outcome.problems);
    return 1;
  }
  if (typed.json) showJson(screen, outcome, explanationIn(outcome, typed.explain));
  else screen.show([...planBlocks(plannedIn(outcome)), ...explanationIn(outcome, typed.explain)]);
  if (outcome.publication) screen.say(publicationSentence(outcome.publication, typed.ics ?? ''));
  return outcome.plan.unplaced.some(({ kind }) => kind === 'unplaceable') ? 2 : 0;
}

/** "4 check-ins are in harbour.ics: 2 moved, 7 cancelled" */
function publicationSentence({ held, added, moved, changed, cancelled }: Publication, path: string): string {
  const counts = [
    [added, 'new'],
    [moved, 'moved'],
    [changed, moved > 0 ? 'otherwise changed' : 'changed'],
    [cancelled, 'cancelled'],
  ] as const;
  const news = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  const holds = held === 1 ? '1 check-in is' : `${held} check-ins are`;
  return `${holds} in ${path}: ${news.length === 0 ? 'nothing changed' : news.join(', ')}`;
}

function orderOf({ file, weeks, without, from, ics, explain }: PlanArguments): PlanOrder {
  return {
    path: file,
    weeks,
    without,
    ...(from !== undefined && { from }),
    ...(ics !== undefined && { ics }),
    ...(explain !== undefined && { about: explain }),
  };
}

/** With --json the object alone is data, and an explanation is talk. */
function showJson(screen: Screen, outcome: Planned, explanation: readonly Block[]): void {
  screen.showJson(planJson(plannedIn(outcome)));
  if (explanation.length > 0) screen.sayBlocks(explanation);
}

function plannedIn({ request, plan }: Planned): PlannedPartnership {
  const { partnership, from, weeks } = request;
  return { partnership, from, weeks, plan };
}

function explanationIn({ request, plan }: Planned, period: string | undefined): Block[] {
  const explanation = period === undefined ? undefined : explainPeriod(request, plan, period);
  return explanation ? explanationBlocks(request.partnership, plan, explanation) : [];
}
