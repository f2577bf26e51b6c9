// Asking for a link to sign in by. The answer is the same for every address, whether somebody is known by it or not.

import { ProviderUnavailable } from '../../domain/errors.ts';
import { MINUTE } from '../../domain/time/duration.ts';
import { plus } from '../../domain/time/instant.ts';
import { signInLetter } from '../../views/mail/sign-in-letter.ts';
import type { AccessStores, PendingIdentity } from '../access-stores.ts';
import type { AccessWorld } from './ports.ts';
import { emailOf, localPath } from './profile.ts';

export const LINK_LIFE = 15 * MINUTE;

/** Who asks again and again gets no more mail than that, and nobody's mailbox is filled by somebody else. */
const MOST_LIVE = 3;

export type SignInRequest = {
  readonly email: string;
  readonly destination?: string | undefined;
  readonly identity?: PendingIdentity;
};

type LinkingWorld = Pick<AccessWorld, 'access' | 'clock' | 'links' | 'secrets'>;

/** Mails a link, unless three of them are still good. Throws InvalidFields, or ProviderUnavailable where no mail goes out now. */
export async function requestSignIn(request: SignInRequest, world: AccessWorld): Promise<void> {
  const email = emailOf(request.email);
  const token = await world.access.transaction(async (stores) => {
    await stores.signInLinks.hold(email);
    const live = await stores.signInLinks.live(email, world.clock());
    return live < MOST_LIVE ? addLink({ ...request, email }, world, stores) : undefined;
  });
  if (token !== undefined) await mailLink(email, addressOf(token, world), world);
}

/** The address of a link for somebody who is known to own `email`, to be shown and not mailed. */
export async function signInLinkFor(request: SignInRequest, world: LinkingWorld): Promise<string> {
  return addressOf(await signInTokenFor(request, world), world);
}

/** The token of such a link alone. */
export function signInTokenFor(request: SignInRequest, world: LinkingWorld): Promise<string> {
  return addLink({ ...request, email: emailOf(request.email) }, world, world.access);
}

async function addLink(
  { email, destination, identity }: SignInRequest,
  { clock, secrets }: LinkingWorld,
  { signInLinks }: Pick<AccessStores, 'signInLinks'>,
): Promise<string> {
  const token = secrets.newToken();
  const times = { createdAt: clock(), expiresAt: plus(clock(), LINK_LIFE) };
  const link = { id: secrets.newId(), email, destination: localPath(destination), ...times };
  await signInLinks.add({ ...link, ...(identity && { identity }) }, secrets.digest(token));
  return token;
}

function addressOf(token: string, { links }: LinkingWorld): string {
  return links.page(`/sign-in/confirm/${token}`);
}

/** What a refusal of the recipient says about an address is not told: it would tell addresses apart. */
async function mailLink(email: string, address: string, world: AccessWorld): Promise<void> {
  const { clock, mailer, secrets, sender } = world;
  const outcome = await mailer.send({
    messageId: `${secrets.newId()}@${sender.domain}`,
    date: clock(),
    to: { name: email, email },
    ...signInLetter({ address, email, minutes: LINK_LIFE / MINUTE }),
  });
  if (outcome.kind === 'no-server') throw new ProviderUnavailable('this service sends no mail yet');
  if (outcome.kind === 'deferred')
    throw new ProviderUnavailable('the mail could not be sent now: try again in a few minutes');
}
