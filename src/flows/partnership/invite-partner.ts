// Invites somebody to a partnership by mail, and lets them join. What they join is a draft: nothing counts before they have signed.

import { PARTNERS, type Terms } from '../../domain/agreement/terms.ts';
import { Conflict, NotFound } from '../../domain/errors.ts';
import { DEFAULT_COMFORTABLE } from '../../domain/hours.ts';
import type { PartnerId } from '../../domain/partner.ts';
import { DAY } from '../../domain/time/duration.ts';
import { type Instant, plus } from '../../domain/time/instant.ts';
import type { AuthorizedPartner, AuthorizedPerson } from '../authorized.ts';
import type { Clock } from '../ports.ts';
import type { Invitation, Stores } from '../stores.ts';
import type { LinkClaims, World } from '../world.ts';
import { presentIn, putDraft } from './draft-agreement.ts';
import { noticesToOthers } from './notices.ts';
import { proposedTerms } from './start-partnership.ts';

/** A person may send so many in a day: mail to strangers is not for anybody to send without end. */
const MOST_INVITATIONS = 30;

/** An invitation can be accepted for so many milliseconds. */
const INVITATION_LIFE = 30 * DAY;

type InvitingWorld = Pick<World, 'clock' | 'database' | 'secrets'>;

/** `email` in lower case. Throws Conflict where they are a partner or invited already, twelve are, or it is too many for a day. */
export async function invitePartner(
  { person, partnership }: AuthorizedPartner<'write'>,
  email: string,
  { clock, database, secrets }: InvitingWorld,
): Promise<Invitation> {
  return database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const present = await presentIn(partnership, stores);
    const known = await stores.people.byEmail(email);
    if (known && present.has(known.id)) throw new Conflict(`${known.name} is a partner already`);
    const at = clock();
    if ((await stores.invitations.sentBy(person, plus(at, -DAY))) >= MOST_INVITATIONS)
      throw new Conflict(`you have sent ${MOST_INVITATIONS} invitations within a day: go on tomorrow`);
    const open = await withoutExpired(stores, partnership, at);
    if (present.size + open.length >= PARTNERS.most)
      throw new Conflict('a partnership has at most twelve partners, those who are invited included');
    const expiresAt = plus(at, INVITATION_LIFE);
    const invitation = {
      id: secrets.newId(),
      partnership,
      email,
      invitedBy: person,
      createdAt: at,
      expiresAt,
    };
    await stores.invitations.add(invitation);
    const by = (await stores.people.byId(person))!.name;
    const id = secrets.newId();
    const content = { kind: 'invited', by, invitation: invitation.id } as const;
    await stores.notices.add({
      id,
      key: `invited/${invitation.id}`,
      email,
      partnership,
      content,
      createdAt: at,
    });
    await stores.jobs.put({ kind: 'notify', notice: id });
    return invitation;
  });
}

/** The open invitations; those that have expired are withdrawn, so that they stand in nobody's way. */
async function withoutExpired(
  { invitations }: Stores,
  partnership: string,
  at: Instant,
): Promise<readonly Invitation[]> {
  const all = await invitations.open(partnership);
  const expired = all.filter(({ expiresAt }) => expiresAt <= at);
  for (const { id } of expired) await invitations.withdraw(id, at);
  return all.filter((each) => !expired.includes(each));
}

/** Throws NotFound where it is not open. */
export async function withdrawInvitation(
  { partnership }: AuthorizedPartner<'write'>,
  id: string,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  const invitation = await database.invitations.byId(id);
  if (invitation?.partnership !== partnership) throw new NotFound('invitation');
  await database.invitations.withdraw(id, clock());
}

/** What a link in an invitation is about. */
export function invitationMatter(id: string): string {
  return `invitation ${id}`;
}

/** Where whoever is invited joins; the same for the same invitation. */
export async function joinLink(
  { id, email, partnership, expiresAt }: Pick<Invitation, 'id' | 'email' | 'partnership' | 'expiresAt'>,
  links: World['links'],
): Promise<string> {
  const claims = { person: email, partnership, matter: invitationMatter(id), expiresAt };
  return links.page(`/join/${await links.sign(claims)}`);
}

/** The open invitation that a link was made for; throws NotFound where it was withdrawn, accepted, or has expired. */
export async function invitationBehind(
  { matter, partnership }: LinkClaims,
  { clock, database }: { readonly clock: Clock; readonly database: Pick<Stores, 'invitations'> },
): Promise<Invitation> {
  const id = matter.startsWith('invitation ') ? matter.slice('invitation '.length) : '';
  const invitation = id === '' ? undefined : await database.invitations.byId(id);
  if (invitation?.partnership !== partnership || invitation.expiresAt <= clock())
    throw new NotFound('invitation');
  return invitation;
}

/** Whether whoever comes with a link takes part already: their invitation is used, and they need none. */
export async function takesPart(
  { partnership }: LinkClaims,
  person: PartnerId | undefined,
  { database }: { readonly database: Pick<Stores, 'partnerships'> },
): Promise<boolean> {
  return person !== undefined && (await presentIn(partnership, database)).has(person);
}

/**
 * Joins the partnership; gives its id. The link proves the mailbox, so that whoever has it may join, by whichever address they are
 * signed in; but one alone. Throws NotFound where the invitation is not open any more.
 */
export async function acceptInvitation(
  { person }: AuthorizedPerson<'account'>,
  claims: LinkClaims,
  world: InvitingWorld,
): Promise<string> {
  const { partnership } = await invitationBehind(claims, world);
  await world.database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const { id, email: invited } = await invitationBehind(claims, { clock: world.clock, database: stores });
    const at = world.clock();
    await stores.invitations.accept(id, at);
    await stores.partnerships.join(partnership, person, at);
    const newcomer = (await stores.people.byId(person))!;
    // Not only the inviter: with an invitation that was passed on, somebody else may have come than all thought.
    const told = { kind: 'joined', person, invited } as const;
    const terms = await latestTerms(stores, partnership);
    if (terms.partners.some((partner) => partner.id === person)) {
      const telling = { partnership, except: person, matter: `joined/${id}`, content: told, at };
      return noticesToOthers(stores, telling, world.secrets);
    }
    const comfortable = terms.partners[0]?.comfortable ?? DEFAULT_COMFORTABLE;
    const present = await presentIn(partnership, stores);
    const staying = terms.partners.filter((partner) => present.has(partner.id));
    const partners = [...staying, proposedTerms(newcomer, comfortable)];
    await putDraft(stores, { partnership, person, terms: { ...terms, partners }, told }, world);
  });
  return partnership;
}

/** The open draft, else what is in force. */
export async function latestTerms(stores: Pick<Stores, 'agreements'>, partnership: string): Promise<Terms> {
  const draft = await stores.agreements.draft(partnership);
  const terms =
    draft?.terms ??
    (await stores.agreements.inForce(partnership)).at(-1)?.terms ??
    (await stores.agreements.past(partnership))[0]?.terms;
  if (!terms) throw new NotFound('draft');
  return terms;
}
