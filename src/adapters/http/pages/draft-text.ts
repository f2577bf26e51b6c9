// A draft as its form has it: texts become terms, or everything that is wrong with them is said.

import type { PartnerTerms, Stage, Terms } from '../../../domain/agreement/terms.ts';
import { proposedRhythm } from '../../../domain/agreement/terms.ts';
import type { FieldProblem } from '../../../domain/errors.ts';
import type { PartnerId } from '../../../domain/partner.ts';
import type { Rotation } from '../../../domain/partnership.ts';
import type { Rhythm } from '../../../domain/time/period.ts';
import { readName, readZone } from '../../../flows/words.ts';
import type { Refused } from '../../../views/pages/form.ts';
import { listIn } from './parts.ts';
import {
  Findings,
  readCallIfAny,
  readChoice,
  readCount,
  readMinutes,
  readWindowLines,
  textIn,
} from './texts.ts';

type Values = Refused['values'];

export const STAGES: readonly Stage[] = ['early', 'growing', 'mature'];
const RHYTHMS: readonly Rhythm[] = ['1w', '2w', '1mo'];

/** Throws InvalidFields; the paths are the names of the fields. `partners` are those who may be in it. */
export function termsIn(values: Values, partners: readonly PartnerId[]): Terms {
  const found = new Findings();
  const text = (name: string) => textIn(values, name);
  const stage = found.take('stage', readChoice(text('stage'), STAGES));
  const rhythm =
    text('rhythm') === ''
      ? stage && proposedRhythm(stage)
      : found.take('rhythm', readChoice(text('rhythm'), RHYTHMS));
  const call = found.take('call', readCallIfAny(text('call')));
  const terms = {
    name: found.take('name', readName(text('name'))),
    anchor: found.take('anchor', readZone(text('anchor'))),
    stage,
    checkIn: {
      rhythm,
      minutes: found.take('minutes', readMinutes(text('minutes'))),
      rotation: rotationIn(values, found),
      agenda: 'weekly',
      ...(call !== '' && { call }),
    },
    horizon: {
      weeks: found.take('weeks', readCount(text('weeks'), { least: 12, most: 52 })),
      invited: found.take('invited', readCount(text('invited'), { least: 1, most: 52 })),
    },
    partners: partners
      .filter((id) => listIn(values, 'partners').includes(id))
      .map((id) => partnerIn(values, id, found)),
  };
  found.refuse();
  // Nothing in it is undefined once nothing was found wrong.
  return terms as Terms;
}

/** What is drafted already, with the hours of one partner as the form has them. Throws InvalidFields as `termsIn` does. */
export function adjustedTermsIn(values: Values, terms: Terms, partner: PartnerId): Terms {
  const found = new Findings();
  const own = partnerIn(values, partner, found);
  found.refuse();
  const partners = terms.partners.map((each) => (each.id === partner ? (own as PartnerTerms) : each));
  return { ...terms, partners };
}

function partnerIn(values: Values, id: PartnerId, found: Findings) {
  const windows = (name: 'comfortable' | 'reachable' | 'focus') =>
    found.take(`${name}-${id}`, readWindowLines(textIn(values, `${name}-${id}`)));
  return {
    id,
    zone: found.take(`zone-${id}`, readZone(textIn(values, `zone-${id}`))),
    comfortable: windows('comfortable'),
    reachable: windows('reachable'),
    focus: windows('focus'),
  };
}

function rotationIn(values: Values, found: Findings): Rotation | undefined {
  const kind = found.take('rotation', readChoice(textIn(values, 'rotation'), KINDS));
  if (kind !== 'every') return kind && { kind };
  const count = found.take('count', readCount(textIn(values, 'count'), { least: 2, most: 52 }));
  return count === undefined ? undefined : { kind, count };
}

const KINDS: readonly Rotation['kind'][] = ['when-unfair', 'every-time', 'every', 'monthly', 'never'];

/** What is wrong with terms, by the names of the fields of the form: "partners[1].zone" is the zone of who stands there. */
export function byField(problems: readonly FieldProblem[], { partners }: Terms): FieldProblem[] {
  return problems.map(({ path, message }) => ({ path: fieldOf(path, partners), message }));
}

function fieldOf(path: string, partners: readonly PartnerTerms[]): string {
  const [, index, field] = /^partners\[(\d+)\]\.(\w+)$/.exec(path) ?? [];
  const partner = partners[Number(index)];
  if (partner) return field === 'id' ? `partners-${partner.id}` : `${field}-${partner.id}`;
  return path.replace(/^(horizon|checkIn)\./, '');
}
