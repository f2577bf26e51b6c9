// The run of a partnership: observe, decide, act. What acts outside is put into the queue in the same transaction as what is
// kept, so that a process that dies at any moment leaves nothing half done.

import { ChangedMeanwhile } from '../../domain/errors.ts';
import type { Action } from '../../domain/run/actions.ts';
import { entryOf } from '../../domain/run/closing.ts';
import { type DraftOf, decideRun, type RunDecision } from '../../domain/run/decide-run.ts';
import { nextLook } from '../../domain/run/next-look.ts';
import type { Observation } from '../../domain/run/observation.ts';
import { inviteTo } from '../../views/invite.ts';
import type { Stores } from '../stores.ts';
import type { World } from '../world.ts';
import { noticesOf } from './notices-of.ts';
import { type ObservingWorld, observe } from './observe.ts';

/** So often does a run decide anew because something changed under it, before the queue tries again later. */
const TRIES = 3;

/** What a run would do now: the very list that a run at this moment executes. */
export async function dryRun(partnership: string, world: ObservingWorld): Promise<RunDecision> {
  const { observation } = await observe(partnership, world);
  return decideRun(observation, draftOf);
}

/** Runs the partnership and gives what was done. Throws ChangedMeanwhile where it keeps changing. */
export async function runPartnership(
  partnership: string,
  world: ObservingWorld & Pick<World, 'secrets'>,
): Promise<readonly Action[]> {
  for (let left = TRIES; ; left--) {
    const { observation, revision } = await observe(partnership, world);
    const { actions } = decideRun(observation, draftOf);
    try {
      await world.database.transaction((stores) => act(stores, { observation, actions, revision, world }));
      return actions;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || left === 1) throw error;
    }
  }
}

/** How occurrences are put into words. */
export const draftOf: DraftOf = ({ partnership, occurrence, part, stretch }, as) =>
  inviteTo(partnership, occurrence, { ...as, part, call: stretch.terms.checkIn.call });

type Acting = {
  readonly observation: Observation;
  readonly actions: readonly Action[];
  readonly revision: number;
  readonly world: Pick<World, 'secrets'>;
};

async function act(stores: Stores, { observation, actions, revision, world }: Acting): Promise<void> {
  const { partnership, now } = observation;
  await stores.partnerships.touch(partnership, revision);
  for (const action of actions) await execute(stores, action, observation);
  for (const notice of noticesOf(actions, observation)) {
    const id = world.secrets.newId();
    if (await stores.notices.add({ ...notice, id })) await stores.jobs.put({ kind: 'notify', notice: id });
  }
  await stores.partnerships.ran(partnership, now);
  const look = nextLook(observation, actions);
  if (look !== undefined) await stores.jobs.put({ kind: 'run', partnership, because: 'time' }, look);
}

async function execute(stores: Stores, action: Action, observation: Observation): Promise<void> {
  const { partnership, now, entries } = observation;
  switch (action.kind) {
    case 'close':
      return stores.book.post(partnership, entryOf(action.closing, entries), { at: now });
    case 'publish':
      return stores.occurrences.put(partnership, action.occurrence);
    case 'end':
      return stores.questions.end(action.question, action.outcome, now);
    case 'ask':
      await stores.questions.ask(partnership, action.question, now);
      return;
    case 'send':
      return stores.jobs.put({ kind: 'send', uid: action.uid, to: action.to });
  }
}
