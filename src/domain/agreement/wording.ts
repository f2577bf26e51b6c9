// An agreement as a text of lines "what: value". The same lines are signed (their hash) and compared (the differences), so
// that what is shown as changed is what was changed.

import type { PartnerId } from '../partner.ts';
import type { Rotation } from '../partnership.ts';
import { formatWindows } from '../windows.ts';
import { AGENDAS } from './agenda.ts';
import type { PartnerTerms, Terms } from './terms.ts';

/** One line: `what` is unique in its text, such as "check-in length", or "reachable" of a partner. */
export type TermLine = { readonly what: string; readonly partner?: PartnerId; readonly value: string };

/** The lines in a fixed order. Partners are named by their id, so that a change of name changes no signed text. */
export function linesOf({ name, anchor, stage, checkIn, horizon, partners }: Terms): TermLine[] {
  return [
    { what: 'name', value: name },
    { what: 'anchor zone', value: anchor },
    { what: 'stage', value: stage },
    { what: 'check-in', value: RHYTHMS[checkIn.rhythm] },
    { what: 'check-in length', value: `${checkIn.minutes} minutes` },
    { what: 'its time changes', value: rotationText(checkIn.rotation) },
    { what: 'agenda', value: AGENDAS[checkIn.agenda].join('; ') },
    { what: 'call', value: checkIn.call ?? 'none' },
    { what: 'planned ahead', value: `${horizon.weeks} weeks` },
    { what: 'invited ahead', value: `${horizon.invited} weeks` },
    ...partners.flatMap(partnerLines),
  ];
}

/** The text that is signed: UTF-8, one line each, ending in a line feed. */
export function signedText(terms: Terms): string {
  return linesOf(terms)
    .map(
      ({ what, partner, value }) =>
        `${partner === undefined ? '' : `partner ${partner} `}${what}: ${value}\n`,
    )
    .join('');
}

/** One line that is not the same: `before` or `after` is absent where the line is new or gone. */
export type Difference = Omit<TermLine, 'value'> & { readonly before?: string; readonly after?: string };

/** What changes from `before` to `after`, in the order of the lines, what is gone last. Everything is new where nothing was before. */
export function differencesBetween(before: Terms | undefined, after: Terms): Difference[] {
  const old = new Map((before ? linesOf(before) : []).map((line) => [keyOf(line), line]));
  const found: Difference[] = [];
  for (const { value, ...line } of linesOf(after)) {
    const was = old.get(keyOf(line))?.value;
    old.delete(keyOf(line));
    if (was !== value) found.push({ ...line, ...(was !== undefined && { before: was }), after: value });
  }
  const gone = [...old.values()].map(({ value, ...line }) => ({ ...line, before: value }));
  return [...found, ...gone];
}

function keyOf({ what, partner = '' as PartnerId }: Omit<TermLine, 'value'>): string {
  return `${partner} ${what}`;
}

function partnerLines({ id, zone, comfortable, reachable, focus }: PartnerTerms): TermLine[] {
  return [
    { what: 'zone', partner: id, value: zone },
    { what: 'comfortable', partner: id, value: formatWindows(comfortable).join(', ') },
    { what: 'reachable', partner: id, value: formatWindows(reachable).join(', ') },
    { what: 'focus', partner: id, value: focus.length === 0 ? 'none' : formatWindows(focus).join(', ') },
  ];
}

const RHYTHMS = { '1w': 'every week', '2w': 'every two weeks', '1mo': 'every month' } as const;

function rotationText(rotation: Rotation): string {
  return rotation.kind === 'every'
    ? `after ${rotation.count} check-ins at one time`
    : ROTATIONS[rotation.kind];
}

const ROTATIONS = {
  'when-unfair': 'only where one fixed time would be unfair',
  'every-time': 'every time, so that the odd hours are shared as evenly as can be',
  monthly: 'every month',
  never: 'never',
} as const;
