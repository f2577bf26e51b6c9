// Sessions and tokens as JSON; their secrets are not kept, and so not in it.

import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import { instantOrNull } from './values.ts';

type Session = {
  readonly id: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  readonly userAgent: string;
  readonly signedInBy: 'link' | 'passkey' | 'google' | 'microsoft' | 'oidc';
};

export function sessionResource({ id, createdAt, seenAt, expiresAt, userAgent, signedInBy }: Session) {
  return {
    id,
    createdAt: formatInstant(createdAt),
    seenAt: formatInstant(seenAt),
    expiresAt: formatInstant(expiresAt),
    userAgent,
    signedInBy,
  };
}

type Token<Scope extends string> = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
};

export function tokenResource<Scope extends string>(token: Token<Scope>) {
  const { id, name, scopes, createdAt, expiresAt, usedAt } = token;
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt: formatInstant(createdAt),
    expiresAt: formatInstant(expiresAt),
    usedAt: instantOrNull(usedAt),
  };
}
