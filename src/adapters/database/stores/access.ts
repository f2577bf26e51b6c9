// The stores of access over one connection, and transactions over several of them.

import type { Instant } from '../../../domain/time/instant.ts';
import type { AccessDatabase, AccessStores } from '../../../flows/access-stores.ts';
import { toDate } from '../columns.ts';
import type { Connection, Db } from '../connection.ts';
import { apiTokenStore } from './api-tokens.ts';
import { identityStore } from './identities.ts';
import { challengeStore, passkeyStore } from './passkeys.ts';
import { personStore } from './people.ts';
import { sessionStore } from './sessions.ts';
import { firstLinkStore, signInLinkStore } from './sign-in-links.ts';

export function accessDatabaseOver({ client }: Pick<Connection, 'client'>): AccessDatabase {
  return {
    ...storesOver(client),
    transaction: (work) => client.$transaction((db) => work(storesOver(db))),
    forget: (before) => forget(client, before),
  };
}

function storesOver(db: Db): AccessStores {
  return {
    people: personStore(db),
    sessions: sessionStore(db),
    signInLinks: signInLinkStore(db),
    passkeys: passkeyStore(db),
    challenges: challengeStore(db),
    identities: identityStore(db),
    apiTokens: apiTokenStore(db),
    firstLink: firstLinkStore(db),
  };
}

async function forget(db: Db, before: Instant): Promise<void> {
  const where = { expiresAt: { lt: toDate(before) } };
  await db.session.deleteMany({ where });
  await db.signInLink.deleteMany({ where });
  await db.challenge.deleteMany({ where });
  await db.rateLimit.deleteMany({ where: { expire: { lt: BigInt(before) } } });
}
