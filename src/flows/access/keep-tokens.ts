// Tokens for programs: issued to a person, shown once, good for a year at most.

import { type FieldProblem, InvalidFields, NotFound } from '../../domain/errors.ts';
import { DAY } from '../../domain/time/duration.ts';
import { plus } from '../../domain/time/instant.ts';
import type { ApiToken } from '../access-stores.ts';
import { type AuthorizedPerson, type Credential, SCOPES, type Scope } from '../authorized.ts';
import { USE_STEP } from './begin-session.ts';
import type { AccessWorld } from './ports.ts';
import { nameProblems } from './profile.ts';

/** So that a token is recognised wherever it was left by mistake. */
export const TOKEN_PREFIX = 'tat_';

const MOST_DAYS = 365;

/** The texts of the form; `days` is how long the token is good for. */
export type TokenText = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
};

/** The token, which nobody can show again, and what is kept of it. */
export type IssuedToken = { readonly token: string; readonly kept: ApiToken };

/** Throws InvalidFields. */
export async function issueToken(
  { person }: AuthorizedPerson<'account'>,
  text: TokenText,
  { access, clock, secrets }: AccessWorld,
): Promise<IssuedToken> {
  const scopes = SCOPES.filter((scope) => text.scopes.includes(scope));
  refuse(text, scopes);
  const token = `${TOKEN_PREFIX}${secrets.newToken()}`;
  const times = { createdAt: clock(), expiresAt: plus(clock(), text.days * DAY) };
  const kept = { id: secrets.newId(), person, name: text.name.trim(), scopes, ...times };
  await access.apiTokens.add(kept, secrets.digest(token));
  return { token, kept };
}

function refuse({ name, scopes: asked, days }: TokenText, scopes: readonly Scope[]): void {
  const problems: FieldProblem[] = nameProblems(name);
  if (scopes.length === 0 || scopes.length < new Set(asked).size)
    problems.push({ path: 'scopes', message: `are one or more of ${SCOPES.join(', ')}` });
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    problems.push({ path: 'days', message: `is a whole number from 1 to ${MOST_DAYS}` });
  if (problems.length > 0) throw new InvalidFields(problems);
}

export function listTokens(
  { person }: AuthorizedPerson<'account'>,
  { access, clock }: AccessWorld,
): Promise<readonly ApiToken[]> {
  return access.apiTokens.of(person, clock());
}

/** Throws NotFound where it is none of theirs. */
export async function revokeToken(
  { person }: AuthorizedPerson<'account'>,
  id: string,
  { access, clock }: AccessWorld,
): Promise<void> {
  if (!(await access.apiTokens.revoke(person, id, clock()))) throw new NotFound('token');
}

/** Whom a token speaks for, and for what; undefined where it is none, was revoked or has expired. */
export async function useToken(
  token: string,
  { access, clock, secrets }: AccessWorld,
): Promise<Extract<Credential, { kind: 'token' }> | undefined> {
  if (!token.startsWith(TOKEN_PREFIX)) return undefined;
  const found = await access.apiTokens.byToken(secrets.digest(token), clock());
  if (!found) return undefined;
  if (found.usedAt === undefined || clock() - found.usedAt >= USE_STEP)
    await access.apiTokens.used(found.id, clock());
  return { kind: 'token', person: found.person, token: found.id, scopes: found.scopes };
}
