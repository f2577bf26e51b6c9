// A check-in as JSON: when, for whom at what time of day, what it costs them, and why it is then.

import type { PartnerId } from '../../domain/partner.ts';
import type { Partnership } from '../../domain/partnership.ts';
import type { Alternative, Explanation } from '../../domain/planner/explain.ts';
import type { Occurrence, Points, RuledOut } from '../../domain/planner/plan.ts';
import type { PublishedOccurrence } from '../../domain/run/observation.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import { formatInZone } from '../../domain/time/zone.ts';
import { whereabouts } from '../../domain/whereabouts.ts';
import { formatMomentOf } from '../local-time.ts';
import { partnerOf, points } from '../people.ts';
import { because, becauseNow, ruledOutSentence } from '../reason.ts';
import { intervalResource, pointsResource } from './values.ts';

/** What was published; `undelivered` says why the last mail to somebody did not reach them. */
export type Shown = PublishedOccurrence & { readonly undelivered?: ReadonlyMap<PartnerId, string> };

export function occurrenceResource(
  { part, origin, occurrence, item, firstStart, answers, undelivered }: Shown,
  partnership: Partnership,
) {
  return {
    uid: item.uid,
    part,
    origin,
    status: item.status === 'CONFIRMED' ? ('confirmed' as const) : ('cancelled' as const),
    sequence: item.sequence,
    moved: item.start !== firstStart,
    summary: item.summary,
    call: item.conference ?? null,
    ...timeResource(occurrence, partnership),
    answers: [...answers].map(([person, partStat]) => ({ person, partStat })),
    undelivered: [...(undelivered ?? [])].map(([person, problem]) => ({ person, problem })),
  };
}

/** What is planned, be it published or not. */
export function timeResource(occurrence: Occurrence, partnership: Partnership) {
  const { period, start, host, burdens, credits } = occurrence;
  return {
    period: period.id,
    ...intervalResource(occurrence),
    zone: partnership.anchor,
    host,
    partners: [...burdens].map(([person, burden]) => ({
      person,
      burden,
      ...localResource(partnership, person, start),
    })),
    absent: [...credits].map(([person, credit]) => ({ person, credit })),
    because: because(partnership, occurrence),
  };
}

function localResource(partnership: Partnership, person: PartnerId, start: Occurrence['start']) {
  const partner = partnerOf(partnership, person);
  const zone = partner ? whereabouts(partner, start) : partnership.anchor;
  return { zone, local: formatInZone(zone, start) };
}

/** Everything behind a check-in, as `reader` is told of it; `explanation` is there while it can still be planned otherwise. */
export type Behind = {
  readonly shown: Shown;
  readonly partnership: Partnership;
  readonly reader: PartnerId;
  readonly explanation?: Explanation;
};

export function behindResource({ shown, partnership, reader, explanation }: Behind) {
  const { occurrence } = shown;
  const own = explanation?.alternatives.find(({ partner }) => partner === reader);
  return {
    ...occurrenceResource(shown, partnership),
    because: becauseNow({ partnership, occurrence, ...(explanation && { explanation }) }),
    ledger: {
      before: pointsResource(explanation?.before ?? ledgerBefore(occurrence)),
      after: pointsResource(explanation?.after ?? occurrence.ledger),
    },
    choice: explanation ? choiceResource(explanation, partnership) : null,
    alternative: own ? alternativeResource(own, partnership) : null,
  };
}

/** `C_i` after it is what was borne before, and the points or the credit of it. */
function ledgerBefore({ ledger, burdens, credits }: Occurrence): Points {
  return new Map([...ledger].map(([id, borne]) => [id, borne - (burdens.get(id) ?? credits.get(id) ?? 0)]));
}

function choiceResource({ starts, candidates, ruledOut }: Explanation, partnership: Partnership) {
  return { starts, candidates, ruledOut: ruledOut.map((each) => ruledOutResource(each, partnership)) };
}

function ruledOutResource(ruledOut: RuledOut, partnership: Partnership) {
  const { rule, starts } = ruledOut;
  return {
    rule: rule.kind,
    person: 'partner' in rule ? rule.partner : null,
    starts,
    sentence: ruledOutSentence(partnership, ruledOut),
  };
}

/** `burden` is what the other time would cost the reader, `instead` what this one does. */
function alternativeResource(
  { partner, start, burden, instead, lifts }: Alternative,
  partnership: Partnership,
) {
  const place = partnerOf(partnership, partner) ?? { zone: partnership.anchor, travels: [] };
  return {
    start: formatInstant(start),
    burden,
    instead,
    burdens: pointsResource(lifts),
    sentence: `${formatMomentOf(place, start)} would cost you ${points(burden)} instead of ${instead}.`,
  };
}
