// What a run does as JSON, as one partner is shown it: of the others no title and no busy time stands in it.

import type { Partnership } from '../../domain/partnership.ts';
import type { Action } from '../../domain/run/actions.ts';
import type { Reader } from '../question.ts';
import { closingResource } from './book.ts';
import { occurrenceResource } from './occurrence.ts';
import { newQuestionResource } from './question.ts';
import { intervalResource } from './values.ts';

export type ActionReader = Reader & { readonly partnership: Partnership };

export function actionResource(action: Action, reader: ActionReader) {
  switch (action.kind) {
    case 'close':
      return { kind: action.kind, closing: closingResource(action.closing) };
    case 'publish':
      return {
        kind: action.kind,
        change: action.change,
        occurrence: occurrenceResource(action.occurrence, reader.partnership),
        was: action.was ? intervalResource(action.was) : null,
      };
    case 'ask':
      return { kind: action.kind, question: newQuestionResource(action.question, reader) };
    case 'end':
      return { kind: action.kind, question: action.question, outcome: action.outcome };
    case 'send': {
      const { kind, uid, to, method, sequence } = action;
      return { kind, uid, to, method, sequence };
    }
  }
}
