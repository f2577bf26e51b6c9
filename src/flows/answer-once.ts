// A request that carries a key of its own is done once, however often it is sent (draft-ietf-httpapi-idempotency-key-header).

import { Conflict, InvalidFields } from '../domain/errors.ts';
import type { PartnerId } from '../domain/partner.ts';
import { DAY } from '../domain/time/duration.ts';
import { type Instant, plus } from '../domain/time/instant.ts';
import type { Clock } from './ports.ts';

/** By whom, under which key, and a digest of what is asked. */
export type KeyedRequest = { readonly person: PartnerId; readonly key: string; readonly hash: string };

/** An answer as it was given; no secret stands in it. */
export type KeptAnswer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** What is known of a request: `ours` to do from now on; or under way, or done, or another one had the key before. */
export type Beginning =
  | { readonly kind: 'ours' }
  | { readonly kind: 'under-way' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'other-request' };

/** Answers to requests with a key. Of several who begin at once one is told that it is theirs. */
export type AnswerStore = {
  /** What was begun before `since` is forgotten. */
  readonly begin: (
    request: KeyedRequest,
    times: { readonly at: Instant; readonly since: Instant },
  ) => Promise<Beginning>;
  readonly finish: (request: KeyedRequest, answer: KeptAnswer) => Promise<void>;
  readonly forget: (request: KeyedRequest) => Promise<void>;
};

const KEPT_FOR = DAY;

export type OnceWorld = { readonly answers: AnswerStore; readonly clock: Clock };

/** What was done just now, with what is kept of it; or the answer that was given when it was done before. */
export type Once<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'repeated'; readonly answer: KeptAnswer };

/**
 * Does `work`, unless it was done before. What is refused has changed nothing, so it may be sent again under its key. Throws
 * Conflict while the same is under way, also where nobody knows how it ended because the process was killed meanwhile;
 * InvalidFields where the key was used for something else.
 */
export async function answerOnce<Result>(
  request: KeyedRequest,
  work: () => Promise<{ readonly result: Result; readonly kept: KeptAnswer }>,
  { answers, clock }: OnceWorld,
): Promise<Once<Result>> {
  const at = clock();
  const begun = await answers.begin(request, { at, since: plus(at, -KEPT_FOR) });
  if (begun.kind === 'answered') return { kind: 'repeated', answer: begun.answer };
  if (begun.kind === 'other-request') throw new InvalidFields([{ path: 'Idempotency-Key', message: USED }]);
  if (begun.kind === 'under-way') throw new Conflict(UNDER_WAY);
  const { result, kept } = await work().catch(async (error: unknown) => {
    await answers.forget(request);
    throw error;
  });
  await answers.finish(request, kept);
  return { kind: 'done', result };
}

const USED = 'was used for another request before: use a new one for each';

const UNDER_WAY =
  'the same request is under way: ask again in a moment, and if it stays so look at what is there before you repeat it under another key';
