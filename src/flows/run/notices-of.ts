// Who is to be told by mail of what a run does, beside the invitations.

import type { PartnerId } from '../../domain/partner.ts';
import type { Outcome, Question } from '../../domain/question.ts';
import type { Action } from '../../domain/run/actions.ts';
import type { Observation } from '../../domain/run/observation.ts';
import type { Notice } from '../stores.ts';

type NewNotice = Omit<Notice, 'id'>;

/** The notices of a list of actions, each with a key of its matter and recipient. */
export function noticesOf(actions: readonly Action[], observation: Observation): NewNotice[] {
  return actions.flatMap((action) => noticesOfOne(action, observation));
}

function noticesOfOne(action: Action, observation: Observation): NewNotice[] {
  const everybody = [...observation.partners.keys()];
  if (action.kind === 'ask') {
    const { key, asks } = action.question;
    return toAll(observation, asks, `asked/${key}`, { kind: 'asked', question: key });
  }
  if (action.kind === 'end' && action.outcome !== 'moot') {
    const question = observation.questions.find(({ id }) => id === action.question);
    if (!question) return [];
    const { key } = question;
    const answered = toAll(observation, everybody, `answered/${key}`, { kind: 'answered', question: key });
    return [...answered, ...declinedCounter(observation, question, action.outcome)];
  }
  if (action.kind === 'close' && action.closing.kind === 'missed') {
    const { period } = action.closing;
    return toAll(observation, everybody, `missed/${period}`, { kind: 'missed', period });
  }
  return [];
}

/** Who proposed another time with a calendar program waits for that program to be told (RFC 5546 3.2.8). */
function declinedCounter(
  observation: Observation,
  { ask, period, key }: Question,
  outcome: Outcome,
): NewNotice[] {
  if (ask.kind !== 'time' || ask.because !== 'counter' || outcome === 'agreed') return [];
  const stands = observation.published.find(({ occurrence }) => occurrence.period.id === period);
  if (!stands) return [];
  const because = { kind: 'not-agreed' } as const;
  return toAll(observation, [ask.of], `counter-declined/${key}`, {
    kind: 'counter-declined',
    uid: stands.item.uid,
    proposed: ask.time.start,
    because,
  });
}

function toAll(
  { partners, partnership, now }: Observation,
  people: readonly PartnerId[],
  matter: string,
  content: NewNotice['content'],
): NewNotice[] {
  return people.flatMap((person) => {
    const email = partners.get(person)?.email;
    if (email === undefined) return [];
    return [
      { key: `${partnership}/${matter}/${person}`, email, person, partnership, content, createdAt: now },
    ];
  });
}
