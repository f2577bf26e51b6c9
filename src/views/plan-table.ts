// A plan as a person reads it: a table of weeks, the ledger as bars, the certificate in a sentence, and what did not fit.

import { pointsOf } from '../domain/fairness/ledger.ts';
import type { Partner } from '../domain/partner.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Certificate, Occurrence, Plan, Unplaced } from '../domain/planner/plan.ts';
import { formatDate } from '../domain/time/plain-date.ts';
import { cityOf, localTimeOf } from './local-time.ts';
import { listed, nameOf, points, shortNameOf, turnOf } from './people.ts';
import type { PlannedPartnership } from './plan-json.ts';
import { because, becauseUnplaced } from './reason.ts';
import { relaxationSentence } from './relaxation.ts';
import { type Block, type Line, lines, type Span, span } from './styled-text.ts';

/** The whole plan, block by block. */
export function planBlocks({ partnership, from, weeks, plan }: PlannedPartnership): Block[] {
  const horizon = `${weeks === 1 ? '1 week' : `${weeks} weeks`} from ${formatDate(from)}`;
  const blocks = [
    lines([span(partnership.name, 'strong'), span(`, ${horizon}; times are each partner's own`)]),
  ];
  if (plan.occurrences.length > 0)
    blocks.push(occurrenceTable(partnership, plan), legend(), reasonLines(partnership, plan));
  if (plan.unplaced.length > 0) blocks.push(unplacedLines(partnership, plan.unplaced));
  if (plan.occurrences.length > 0)
    blocks.push(ledgerBars(partnership, plan), certificateLines(plan.certificate));
  return blocks;
}

function occurrenceTable(partnership: Partnership, { occurrences }: Plan): Block {
  const people = partnership.partners.map(({ id, zone }) => ({
    heading: [span(shortNameOf(partnership, id), 'strong'), span(` ${cityOf(zone)}`, 'faint')],
    align: 'left' as const,
  }));
  const columns = [column('Period'), ...people, column('Turn'), column('Host')];
  return { kind: 'table', columns, rows: occurrences.map((each) => occurrenceRow(partnership, each)) };
}

function column(heading: string): { readonly heading: Line; readonly align: 'left' } {
  return { heading: [span(heading, 'strong')], align: 'left' };
}

function occurrenceRow(partnership: Partnership, occurrence: Occurrence): Line[] {
  const turn = turnOf(partnership, occurrence.burdens).map((id) => shortNameOf(partnership, id));
  return [
    [span(occurrence.period.id)],
    ...partnership.partners.map((partner) => attendance(partner, occurrence)),
    [turn.length === 0 ? span('nobody', 'faint') : span(listed(turn))],
    [span(shortNameOf(partnership, occurrence.host))],
  ];
}

/** "Tue  5 Jan 08:00", with a mark and the burden where it is odd; where it falls while travelling, the place. */
function attendance(partner: Partner, { start, burdens, credits }: Occurrence): Line {
  const burden = burdens.get(partner.id);
  if (burden === undefined) return [span(`away, credited ${credits.get(partner.id) ?? 0}`, 'faint')];
  const { weekday, day, clock, zone } = localTimeOf(partner, start);
  const when = `${weekday} ${day.padStart(6)} ${clock}`;
  const place: Span[] = zone === partner.zone ? [] : [span(` in ${cityOf(zone)}`, 'faint')];
  return burden === 0 ? [span(when), ...place] : [span(`${when} *${burden}`, 'odd'), ...place];
}

function legend(): Block {
  return lines([span('* outside the comfortable hours, with the points that this costs', 'faint')]);
}

function reasonLines(partnership: Partnership, { occurrences }: Plan): Block {
  const reasons = occurrences.map((each) => [
    span(each.period.id),
    span(`  ${because(partnership, each)}`, 'faint'),
  ]);
  return lines([span('Why', 'strong')], ...reasons);
}

function unplacedLines(partnership: Partnership, unplaced: readonly Unplaced[]): Block {
  return lines(...unplaced.flatMap((each) => unplacedLine(partnership, each)));
}

function unplacedLine(partnership: Partnership, unplaced: Unplaced): Line[] {
  const { period, kind, relaxation } = unplaced;
  const why = becauseUnplaced(partnership, unplaced).join(' ');
  if (kind === 'away')
    return [[span(period.id, 'strong'), span(`  nothing is held, and nothing is missed. ${why}`)]];
  const help = relaxation ? relaxationSentence(partnership, relaxation) : 'No single change would help.';
  return [
    [span(period.id, 'strong'), span('  no time fits.', 'bad'), span(` ${why}`)],
    [span(`          ${help}`, 'good')],
  ];
}

/** Characters of the longest bar. */
const BAR = 32;

function ledgerBars(partnership: Partnership, { burden }: Plan): Block {
  const rows = partnership.partners.map(({ id }) => {
    const [before, added] = [pointsOf(partnership.ledger, id), burden.get(id) ?? 0];
    return { name: nameOf(partnership, id), before, added };
  });
  const most = Math.max(1, ...rows.map(({ before, added }) => before + added));
  const columns = ['Ledger', 'Points', ''].map((heading, i) => ({
    heading: [span(heading, 'strong')],
    align: i === 1 ? ('right' as const) : ('left' as const),
  }));
  return {
    kind: 'table',
    columns,
    rows: rows.map(({ name, before, added }) => [
      [span(name)],
      [span(String(before + added))],
      bar(before, added, most),
    ]),
  };
}

/** What was borne before in light, what the plan adds in dark. */
function bar(before: number, added: number, most: number): Line {
  const light = Math.round((before / most) * BAR);
  const dark = Math.round(((before + added) / most) * BAR) - light;
  const parts = before > 0 ? ` ${before} before, ${added} here` : '';
  return [span('░'.repeat(light), 'faint'), span('█'.repeat(dark), 'odd'), span(parts, 'faint')];
}

function certificateLines(certificate: Certificate): Block {
  return lines([span(certificateSentence(certificate))]);
}

/** "The most that anybody bears is 97 points; no plan at all could bring that under 96 (1.0 % less)." */
export function certificateSentence({ worst, lowerBound, gap, restriction }: Certificate): string {
  const most = `The most that anybody bears is ${points(worst)}`;
  const proof =
    worst === lowerBound
      ? 'it is proven that no plan could make it less'
      : `it is proven that no plan could make it less than ${lowerBound}, so this one is at most ${percent(gap)} from the fairest`;
  const price = restriction
    ? ` Keeping one time costs them ${points(restriction)} over rotating freely.`
    : '';
  return `${most}; ${proof}.${price}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
