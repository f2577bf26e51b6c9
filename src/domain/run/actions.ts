// What a run does, as a list: what a dry run shows is the list that a run executes.

import type { Closing } from '../fairness/closing.ts';
import type { PartnerId } from '../partner.ts';
import type { Outcome, Question } from '../question.ts';
import type { Interval } from '../time/interval.ts';
import type { PublishedOccurrence } from './observation.ts';

/** How a published occurrence differs from what stood there; `people` also where the place changed. */
export type Change = 'new' | 'moved' | 'people' | 'words' | 'revived' | 'cancelled';

/** A question before it is asked. */
export type NewQuestion = Pick<Question, 'key' | 'period' | 'ask' | 'asks' | 'deadline'>;

/** One thing that a run does. Each can be done again without doing it twice. */
export type Action =
  /** Enters in the book how a period ended. */
  | { readonly kind: 'close'; readonly closing: Closing }
  /** Puts an occurrence, or a new revision of it, where feeds and mail take it from; `was` is where it stood. */
  | {
      readonly kind: 'publish';
      readonly change: Change;
      readonly occurrence: PublishedOccurrence;
      readonly was?: Interval;
    }
  | { readonly kind: 'ask'; readonly question: NewQuestion }
  | { readonly kind: 'end'; readonly question: string; readonly outcome: Outcome }
  /** Mails the latest revision of an occurrence to one partner. */
  | {
      readonly kind: 'send';
      readonly uid: string;
      readonly to: PartnerId;
      readonly method: 'REQUEST' | 'CANCEL';
      readonly sequence: number;
    };
