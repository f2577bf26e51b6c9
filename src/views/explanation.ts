// Everything behind one period of a plan, for a person: what was ruled out, the ledger before and after, what else there was.

import type { Partnership } from '../domain/partnership.ts';
import type { Alternative, Explanation } from '../domain/planner/explain.ts';
import type { Plan } from '../domain/planner/plan.ts';
import { formatMoment } from './local-time.ts';
import { listed, nameOf, points } from './people.ts';
import { because, ruledOutSentence } from './reason.ts';
import { type Block, type Line, lines, span } from './styled-text.ts';

export function explanationBlocks(partnership: Partnership, plan: Plan, explanation: Explanation): Block[] {
  const { period, starts, candidates, ruledOut } = explanation;
  const occurrence = plan.occurrences.find((each) => each.period.id === period);
  const reason = occurrence
    ? `${formatMoment(partnership.anchor, occurrence.start)}. ${because(partnership, occurrence)}`
    : 'No time.';
  return [
    lines([span(`${period}: `, 'strong'), span(reason)]),
    lines(
      [span(`Of ${starts} starts ${candidates === 1 ? '1 was' : `${candidates} were`} left:`)],
      ...ruledOut.map((each) => [span(`  ${ruledOutSentence(partnership, each)}`)]),
    ),
    ledgerTable(partnership, plan, explanation),
    ...alternativeLines(partnership, explanation),
  ];
}

/** λ is how much the partner counts in the proof of the bound: who bears most counts most. */
function ledgerTable(partnership: Partnership, { certificate }: Plan, { before, after }: Explanation): Block {
  const columns = ['Partner', 'Before', 'After', 'Priority'].map((heading, i) => ({
    heading: [span(heading, 'strong')],
    align: i === 0 ? ('left' as const) : ('right' as const),
  }));
  const rows = partnership.partners.map(({ id }) => [
    nameOf(partnership, id),
    String(before.get(id) ?? 0),
    String(after.get(id) ?? 0),
    (certificate.lambda.get(id) ?? 0).toFixed(2),
  ]);
  return { kind: 'table', columns, rows: rows.map((row) => row.map((text) => [span(text)])) };
}

function alternativeLines(partnership: Partnership, { alternatives }: Explanation): Block[] {
  if (alternatives.length === 0) return [];
  return [lines(...alternatives.map((each) => alternativeLine(partnership, each)))];
}

/** `burden` is what the other time would cost the partner, `instead` what this one does. */
function alternativeLine(
  partnership: Partnership,
  { partner, start, burden, instead, lifts }: Alternative,
): Line {
  const better = `${nameOf(partnership, partner)} would rather have ${formatMoment(partnership.anchor, start)}: ${points(burden)} instead of ${instead}`;
  const lifted = [...lifts].map(([id, above]) => `${nameOf(partnership, id)} by ${points(above)}`);
  const price =
    lifted.length === 0 ? '' : `, but it would lift ${listed(lifted)} above the most that anybody bears`;
  return [span(`${better}${price}.`)];
}
