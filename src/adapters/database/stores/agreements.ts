// The versions of agreements: one draft at a time, and those that all have signed, which the database keeps from change.

import type { Draft } from '../../../domain/agreement/draft.ts';
import { ChangedMeanwhile, NotFound } from '../../../domain/errors.ts';
import type { PartnerId } from '../../../domain/partner.ts';
import type { AgreementStore, PastVersion } from '../../../flows/stores.ts';
import type { Agreement, Signature } from '../client/client.ts';
import { toDate, toDay, toInstant, toPlainDate } from '../columns.ts';
import { type Db, SQL_STATES, sqlState } from '../connection.ts';
import { termsColumn } from '../json-columns.ts';

type Row = Agreement & { readonly signatures: readonly Signature[] };

const OPEN = { signedAt: null, lapsedAt: null, withdrawnAt: null };

export function agreementStore(db: Db): AgreementStore {
  const openDraft = (partnershipId: string): Promise<Row | null> =>
    db.agreement.findFirst({ where: { partnershipId, ...OPEN }, include: { signatures: true } });
  const theDraft = async (partnershipId: string): Promise<Row> => {
    const row = await openDraft(partnershipId);
    if (!row) throw new NotFound('draft');
    return row;
  };
  return {
    inForce: async (partnershipId) => {
      const rows = await db.agreement.findMany({
        where: { partnershipId, signedAt: { not: null } },
        orderBy: { version: 'asc' },
      });
      return rows.map(({ version, terms, firstDay, since }) => ({
        version,
        terms: termsColumn.read(terms),
        from: toPlainDate(firstDay!),
        since: toPlainDate(since!),
      }));
    },
    draft: async (partnershipId) => {
      const row = await openDraft(partnershipId);
      return row ? { ...draftOf(row), changedBy: row.changedBy as PartnerId } : undefined;
    },
    named: async (partnershipId) => {
      // A draft is newer than every version in force, and there is one at most.
      const rows = await db.agreement.findMany({
        where: { partnershipId, lapsedAt: null, withdrawnAt: null },
        orderBy: { version: 'desc' },
        select: { terms: true, signedAt: true },
        take: 2,
      });
      const inForce = rows.find(({ signedAt }) => signedAt !== null);
      const draft = rows.find(({ signedAt }) => signedAt === null);
      return { ...(inForce && { inForce: namedIn(inForce) }), ...(draft && { draft: namedIn(draft) }) };
    },
    past: async (partnershipId) => {
      const rows = await db.agreement.findMany({
        where: { partnershipId, NOT: OPEN },
        orderBy: { version: 'desc' },
        include: { signatures: true },
      });
      return rows.map(pastOf);
    },
    putDraft: async (partnershipId, { terms, hash, changedAt, changedBy }) => {
      const data = {
        terms: termsColumn.write(terms),
        textHash: hash,
        changedAt: toDate(changedAt),
        changedBy,
      };
      const open = await openDraft(partnershipId);
      if (open) {
        if (open.textHash !== hash) await db.signature.deleteMany({ where: { agreementId: open.id } });
        await db.agreement.update({ where: { id: open.id }, data });
        return open.version;
      }
      const { _max } = await db.agreement.aggregate({ where: { partnershipId }, _max: { version: true } });
      const version = (_max.version ?? 0) + 1;
      const id = crypto.randomUUID();
      await db.agreement.create({ data: { id, partnershipId, version, ...data } }).catch(refuseSecondDraft);
      return version;
    },
    sign: async (partnershipId, { person, hash, at }) => {
      const { id } = await theDraft(partnershipId);
      const key = { agreementId: id, personId: person };
      const signed = { textHash: hash, signedAt: toDate(at) };
      await db.signature.upsert({
        where: { agreementId_personId: key },
        create: { ...key, ...signed },
        update: {},
      });
    },
    enforce: async (partnershipId, { at, from, since }) => {
      const { id } = await theDraft(partnershipId);
      const data = { signedAt: toDate(at), firstDay: toDay(from), since: toDay(since) };
      await db.agreement.update({ where: { id }, data });
    },
    end: async (partnershipId, how, at) => {
      const { id } = await theDraft(partnershipId);
      const data = how === 'lapsed' ? { lapsedAt: toDate(at) } : { withdrawnAt: toDate(at) };
      await db.agreement.update({ where: { id }, data });
    },
    draftsBefore: async (at) => {
      const rows = await db.agreement.findMany({
        where: { ...OPEN, changedAt: { lt: toDate(at) } },
        select: { partnershipId: true },
      });
      return rows.map(({ partnershipId }) => partnershipId);
    },
  };
}

function namedIn({ terms }: Pick<Row, 'terms'>): ReadonlySet<PartnerId> {
  return new Set(termsColumn.read(terms).partners.map(({ id }) => id));
}

function refuseSecondDraft(cause: unknown): never {
  if (sqlState(cause) !== SQL_STATES.unique) throw cause;
  throw new ChangedMeanwhile('draft', { cause });
}

function draftOf(row: Row): Draft {
  const { version, terms, textHash, changedAt } = row;
  return {
    version,
    terms: termsColumn.read(terms),
    hash: textHash,
    changedAt: toInstant(changedAt),
    signatures: signaturesOf(row),
  };
}

function signaturesOf({ signatures }: Row): Draft['signatures'] {
  return new Map(
    signatures.map(({ personId, textHash, signedAt }) => [
      personId as PartnerId,
      { at: toInstant(signedAt), hash: textHash },
    ]),
  );
}

function pastOf(row: Row): PastVersion {
  const { version, terms, textHash, signedAt, lapsedAt, withdrawnAt } = row;
  const end = signedAt ? 'signed' : lapsedAt ? 'lapsed' : 'withdrawn';
  const at = toInstant((signedAt ?? lapsedAt ?? withdrawnAt)!);
  return { version, terms: termsColumn.read(terms), hash: textHash, end, at, signatures: signaturesOf(row) };
}
