// A session: how it begins, and how a browser uses it. Its token is replaced every day; who comes with one that was replaced
// longer than a minute ago has a copy that was taken, so the session ends for both.

import type { PartnerId } from '../../domain/partner.ts';
import { DAY, MINUTE } from '../../domain/time/duration.ts';
import { plus } from '../../domain/time/instant.ts';
import type { AccessStores, FoundSession, SignInWay } from '../access-stores.ts';
import type { Credential } from '../authorized.ts';
import type { AccessWorld } from './ports.ts';

/** Without use; every use begins it anew. */
export const SESSION_LIFE = 30 * DAY;

const ROTATED_EVERY = DAY;

/** A browser sends several requests at once, and the answer with the new token reaches it after them. */
const PREVIOUS_LIFE = MINUTE;

/** How exactly it is known when something was used last. */
export const USE_STEP = MINUTE;

/** In which browser, and how. */
export type SessionStart = {
  readonly person: PartnerId;
  readonly userAgent: string;
  readonly by: SignInWay;
};

/** Adds a session and gives its token. */
export async function beginSession(
  { person, userAgent, by }: SessionStart,
  { clock, secrets }: Pick<AccessWorld, 'clock' | 'secrets'>,
  { sessions }: Pick<AccessStores, 'sessions'>,
): Promise<string> {
  const token = secrets.newToken();
  const now = clock();
  const times = { createdAt: now, rotatedAt: now, seenAt: now, expiresAt: plus(now, SESSION_LIFE) };
  const session = { id: secrets.newId(), person, ...times, userAgent: plainLine(userAgent), signedInBy: by };
  await sessions.add(session, secrets.digest(token));
  return token;
}

/** As the table holds it: 300 characters, none of them a control character. */
function plainLine(userAgent: string): string {
  return userAgent
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, 300)
    .toWellFormed();
}

/** What a token of a session is good for. `token` is what the browser is to hold from now on, where that changed. */
export type SessionUse =
  | {
      readonly kind: 'signed-in';
      readonly credential: Extract<Credential, { kind: 'session' }>;
      readonly token?: string;
    }
  | { readonly kind: 'nobody' }
  /** A replaced token came back: the session has ended. */
  | { readonly kind: 'ended' };

export async function useSession(token: string, world: AccessWorld): Promise<SessionUse> {
  const { clock, secrets, access } = world;
  const hash = secrets.digest(token);
  const found = await access.sessions.byToken(hash);
  if (!found || found.session.expiresAt <= clock()) return { kind: 'nobody' };
  if (found.token === 'previous') return usePrevious(found, world);
  const { session } = found;
  const credential = credentialOf(found);
  if (clock() - session.rotatedAt >= ROTATED_EVERY) {
    const next = await rotated(found, hash, world);
    return { kind: 'signed-in', credential, ...(next !== undefined && { token: next }) };
  }
  if (clock() - session.seenAt >= USE_STEP)
    await access.sessions.seen(session.id, { seenAt: clock(), expiresAt: plus(clock(), SESSION_LIFE) });
  return { kind: 'signed-in', credential };
}

async function usePrevious(found: FoundSession, { clock, access }: AccessWorld): Promise<SessionUse> {
  const { id, person, rotatedAt } = found.session;
  if (clock() - rotatedAt <= PREVIOUS_LIFE) return { kind: 'signed-in', credential: credentialOf(found) };
  await access.sessions.end(person, id);
  return { kind: 'ended' };
}

/** Undefined where another request was first: then this one came with what is the previous token by now. */
async function rotated(
  { session }: FoundSession,
  from: string,
  { clock, secrets, access }: AccessWorld,
): Promise<string | undefined> {
  const next = secrets.newToken();
  const tokens = { from, to: secrets.digest(next) };
  const times = { rotatedAt: clock(), expiresAt: plus(clock(), SESSION_LIFE) };
  return (await access.sessions.rotate(session.id, tokens, times)) ? next : undefined;
}

function credentialOf({ session }: FoundSession) {
  return { kind: 'session', person: session.person, session: session.id } as const;
}
