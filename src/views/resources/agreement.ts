// Versions of an agreement as JSON: with the text that was signed, so that anybody can check its hash.

import type { Draft, DraftStanding } from '../../domain/agreement/draft.ts';
import type { InForce, Terms } from '../../domain/agreement/terms.ts';
import { signedText } from '../../domain/agreement/wording.ts';
import type { PartnerId } from '../../domain/partner.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import { formatDate, type PlainDate } from '../../domain/time/plain-date.ts';
import { termsResource } from './terms.ts';
import { instantOrNull } from './values.ts';

type Signatures = Draft['signatures'];

/** A version that is in force, or was. */
export type SignedVersion = Pick<InForce, 'version' | 'terms' | 'from'> & {
  readonly hash: string;
  readonly signatures: Signatures;
};

export function agreementResource({ version, terms, from, hash, signatures }: SignedVersion) {
  return { version, from: formatDate(from), ...signedResource({ terms, hash, signatures }) };
}

/** A version that is no draft any more; `from` where all have signed it. */
export type EndedVersion = {
  readonly version: number;
  readonly terms: Terms;
  readonly hash: string;
  readonly signatures: Signatures;
  readonly end: 'signed' | 'lapsed' | 'withdrawn';
  readonly at: Instant;
};

export function versionResource({ version, end, at, ...text }: EndedVersion) {
  return { version, end, at: formatInstant(at), ...signedResource(text) };
}

/** The open draft and where it stands. `warnings` are what all should know, `obstacles` what keeps it from being signed. */
export type StandingDraft = {
  readonly draft: Draft;
  readonly changedBy: PartnerId;
  readonly standing: DraftStanding;
  readonly signers: readonly PartnerId[];
  readonly warnings: readonly string[];
  readonly obstacles: readonly string[];
  /** The day from which it would count if all signed it now. */
  readonly from: PlainDate;
};

export function draftResource({
  draft,
  changedBy,
  standing,
  signers,
  warnings,
  obstacles,
  from,
}: StandingDraft) {
  const { version, terms, hash, changedAt, signatures } = draft;
  return {
    version,
    ...signedResource({ terms, hash, signatures }),
    changedAt: formatInstant(changedAt),
    changedBy,
    signers: [...signers],
    standing: standing.kind,
    missing: signers.filter((id) => signatures.get(id)?.hash !== hash),
    lapsesAt: instantOrNull(standing.kind === 'open' ? standing.lapsesAt : undefined),
    wouldCountFrom: standing.kind === 'lapsed' ? null : formatDate(from),
    warnings: [...warnings],
    obstacles: [...obstacles],
  };
}

type Signed = { readonly terms: Terms; readonly hash: string; readonly signatures: Signatures };

function signedResource({ terms, hash, signatures }: Signed) {
  return {
    terms: termsResource(terms),
    text: signedText(terms),
    hash,
    signatures: [...signatures].map(([person, signature]) => ({
      person,
      at: formatInstant(signature.at),
      hash: signature.hash,
    })),
  };
}
