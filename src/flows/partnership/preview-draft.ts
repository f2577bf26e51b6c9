// What would be planned if all signed the draft today.

import { beginningOf, sinceOf } from '../../domain/agreement/draft.ts';
import { NotFound } from '../../domain/errors.ts';
import { decideRun } from '../../domain/run/decide-run.ts';
import type { Planned } from '../../domain/run/plan-ahead.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import { type ObservingWorld, observe } from '../run/observe.ts';
import { draftOf } from '../run/run-partnership.ts';

/** The plan under the terms of the draft; undefined while fewer than two take part. Throws NotFound where no draft is open. */
export async function previewDraft(
  { partnership }: AuthorizedPartner<'read'>,
  world: ObservingWorld,
): Promise<Planned | undefined> {
  const draft = await world.database.agreements.draft(partnership);
  if (!draft) throw new NotFound('draft');
  const { observation } = await observe(partnership, world);
  const { terms, version } = draft;
  const before = observation.agreements.at(-1);
  const from = beginningOf(terms, before, observation.now);
  const agreement = { version, terms, from, since: sinceOf(terms, before, from) };
  const { ahead } = decideRun(
    { ...observation, agreements: [...observation.agreements, agreement] },
    draftOf,
  );
  return ahead.planned.find(({ stretch }) => stretch.version === version);
}
