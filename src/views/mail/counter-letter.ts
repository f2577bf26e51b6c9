// What becomes of a time that somebody proposed with a calendar program, where the check-in stays where it is.

import type { CalendarItem } from '../../domain/calendar/itip.ts';
import type { Partner } from '../../domain/partner.ts';
import { MINUTE } from '../../domain/time/duration.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { formatMomentOf, localTimeOf } from '../local-time.ts';

/** Why a proposal changes nothing. `outside`: of its period; `message`: half a sentence without a full stop. */
export type CounterRefusal =
  | { readonly kind: 'not-agreed' | 'outside' | 'other-length' }
  | { readonly kind: 'impossible'; readonly message: string };

export type DeclinedCounter = {
  readonly item: CalendarItem;
  readonly period: Interval;
  /** The start that was proposed. */
  readonly proposed: Instant;
  readonly because: CounterRefusal;
  readonly reader: Partner;
};

export function counterWords(declined: DeclinedCounter): {
  readonly subject: string;
  readonly lines: readonly string[];
} {
  const { item, proposed, because, reader } = declined;
  const { weekday, day } = localTimeOf(reader, item.start);
  const end = because.kind === 'not-agreed' ? 'was not agreed to' : 'could not be put to the others';
  return {
    subject: `Your proposal for ${item.summary}, ${weekday} ${day}, ${end}`,
    lines: [
      `You proposed ${formatMomentOf(reader, proposed)}. ${reasonSentence(declined)}`,
      ...(item.status === 'CONFIRMED' ? [`It stays on ${formatMomentOf(reader, item.start)}.`] : []),
    ],
  };
}

function reasonSentence({ item, period, because, reader }: DeclinedCounter): string {
  switch (because.kind) {
    case 'not-agreed':
      return 'The others were asked, and not everybody agreed.';
    case 'outside': {
      const [from, to] = [period.start, period.end].map((each) => formatMomentOf(reader, each));
      return `This check-in can be held from ${from} to ${to}.`;
    }
    case 'other-length':
      return `This check-in lasts ${(item.end - item.start) / MINUTE} minutes; another length is a matter of the agreement.`;
    case 'impossible':
      return `That cannot be: ${because.message}.`;
  }
}
