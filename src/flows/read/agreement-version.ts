// One version of a working agreement, be it signed or a draft that never counted.

import { NotFound } from '../../domain/errors.ts';
import type { AgreementVersionView, Fate } from '../../views/pages/agreement-version.ts';
import { placeOf } from '../../views/pages/check-in.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { PastVersion } from '../stores.ts';
import type { World } from '../world.ts';
import { type InWords, readInWords } from './in-words.ts';

/** Throws NotFound where no version of that number has ended or was signed. */
export async function readAgreementVersion(
  { person: reader, partnership: id }: AuthorizedPartner<'read'>,
  version: number,
  { database }: Pick<World, 'database'>,
): Promise<AgreementVersionView> {
  const words = await readInWords(id, database);
  const past = (await database.agreements.past(id)).find((each) => each.version === version);
  if (!past) throw new NotFound('version');
  const before = words.agreements.findLast((each) => each.version < version);
  const { terms, hash, signatures } = past;
  return {
    id,
    name: words.name,
    people: words.people,
    zone: placeOf(words.partnership, reader).zone,
    version,
    terms,
    hash,
    signatures,
    fate: fateOf(past, words),
    ...(before && { before }),
  };
}

function fateOf({ version, end, at }: PastVersion, { agreements }: InWords): Fate {
  if (end !== 'signed') return { kind: end, at };
  const from = agreements.find((each) => each.version === version)!.from;
  const next = agreements.find((each) => each.version > version);
  return { kind: 'signed', from, ...(next && { until: next.from }) };
}
