// Who people are at issuers of OpenID Connect.

import type { PartnerId } from '../../../domain/partner.ts';
import type { IdentityStore, KeptIdentity } from '../../../flows/access-stores.ts';
import type { Identity as Row } from '../client/client.ts';
import { toDate } from '../columns.ts';
import type { Db } from '../connection.ts';

export function identityStore(db: Db): IdentityStore {
  return {
    add: async ({ person, ...identity }, at) => {
      const data = [{ ...identity, personId: person, createdAt: toDate(at) }];
      await db.identity.createMany({ data, skipDuplicates: true });
    },
    find: async (issuer, subject) => {
      const row = await db.identity.findUnique({ where: { issuer_subject: { issuer, subject } } });
      return row ? identityOf(row) : undefined;
    },
    of: async (personId) => {
      const rows = await db.identity.findMany({ where: { personId }, orderBy: { createdAt: 'asc' } });
      return rows.map(identityOf);
    },
    remove: async (personId, id) => {
      const { count } = await db.identity.deleteMany({ where: { id, personId } });
      return count > 0;
    },
  };
}

function identityOf({ id, personId, issuer, subject, email }: Row): KeptIdentity {
  return { id, person: personId as PartnerId, issuer, subject, email };
}
