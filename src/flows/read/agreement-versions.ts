// A working agreement: the versions that all have signed, the draft, and what became of other drafts.

import { findBeforeSigning, warnOfTerms } from '../../domain/agreement/check.ts';
import { beginningOf } from '../../domain/agreement/draft.ts';
import type { InForce } from '../../domain/agreement/terms.ts';
import { dateOfWall } from '../../domain/time/wall-time.ts';
import { toWall } from '../../domain/time/zone.ts';
import type { AgreementView, DraftView, SignedVersion } from '../../views/pages/agreement.ts';
import { placeOf } from '../../views/pages/check-in.ts';
import { namesOf } from '../../views/people.ts';
import { type AuthorizedPartner, may } from '../authorized.ts';
import type { PastVersion } from '../stores.ts';
import type { World } from '../world.ts';
import { readDraftStanding, type StandingDraft } from './draft-standing.ts';
import { hasEnded, type InWords, readInWords } from './in-words.ts';

type ReadingWorld = Pick<World, 'clock' | 'database'>;

/** What the reader may know of it: a newcomer the draft that names them, and nothing of what the others had agreed before. */
export async function readAgreementVersions(
  partner: AuthorizedPartner,
  { clock, database }: ReadingWorld,
): Promise<AgreementView> {
  const { person: reader, partnership: id } = partner;
  const now = clock();
  const words = await readInWords(id, database);
  const isPartner = may(partner, 'read') !== undefined;
  const past = isPartner ? await database.agreements.past(id) : [];
  const standing = may(partner, 'see-draft') && (await readDraftStanding(id, now, database));
  return {
    id,
    name: words.name,
    reader,
    ...(!isPartner && { isNewcomer: true }),
    ...((await hasEnded(words, database)) && { hasEnded: true }),
    people: words.people,
    zone: placeOf(words.partnership, reader).zone,
    today: dateOfWall(toWall(words.terms.anchor, now)),
    signed: words.agreements.flatMap((version) => signedVersion(version, past)),
    ended: past.flatMap(({ version, end, at }) => (end === 'signed' ? [] : [{ version, end, at }])),
    ...(standing && { draft: draftView(standing, words, now) }),
  };
}

function signedVersion({ version, terms, from }: InForce, past: readonly PastVersion[]): SignedVersion[] {
  const own = past.find((each) => each.version === version);
  return own ? [{ version, terms, from, hash: own.hash, signatures: own.signatures }] : [];
}

function draftView(
  { draft, signers, standing }: StandingDraft,
  { people, agreements }: InWords,
  now: ReturnType<World['clock']>,
): DraftView {
  const names = namesOf(people);
  const { terms, changedBy } = draft;
  return {
    draft,
    changedBy,
    standing,
    signers,
    warnings: warnOfTerms(terms, signers, names).map(({ message }) => message),
    obstacles: findBeforeSigning(terms, names).map(({ message }) => message),
    from: beginningOf(terms, agreements.at(-1), now),
  };
}
