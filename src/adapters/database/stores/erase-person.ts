// Takes a person out of the tables. They stay as a name under what others signed with them; what is theirs alone goes, and their
// address and their former name go from wherever they were written down.

import type { Db } from '../connection.ts';

/** Under which name they stay. */
type Erased = { readonly name: string; readonly erasedAt: Date };

export async function erasePerson(db: Db, id: string, as: Erased): Promise<void> {
  const { email, name } = await db.person.findUniqueOrThrow({ where: { id } });
  await removeOwn(db, id);
  if (email !== null) await removeByAddress(db, email);
  await db.person.update({ where: { id }, data: { ...as, email: null, zone: 'UTC', region: 'none' } });
  await forgetInvited(db, id, as.name);
  await rewrite(db, id, { email, from: name, to: as.name });
}

async function removeOwn(db: Db, personId: string): Promise<void> {
  const where = { personId };
  await db.leave.deleteMany({ where });
  await db.travel.deleteMany({ where });
  await db.session.deleteMany({ where });
  await db.passkey.deleteMany({ where });
  await db.identity.deleteMany({ where });
  await db.challenge.deleteMany({ where });
  await db.apiToken.deleteMany({ where });
  await db.calendar.deleteMany({ where });
  await db.feed.deleteMany({ where });
  await db.idempotentAnswer.deleteMany({ where });
  await db.notice.deleteMany({ where });
}

async function removeByAddress(db: Db, email: string): Promise<void> {
  const named = { content: { path: ['invited'], equals: email } };
  await db.notice.deleteMany({ where: { OR: [{ email }, named] } });
  await db.signInLink.deleteMany({ where: { email } });
  await db.invitation.deleteMany({ where: { email } });
}

/** An event keeps its guest list, with an address that leads to nobody (RFC 2606 2); nothing more is to be mailed. */
async function forgetInvited(db: Db, personId: string, name: string): Promise<void> {
  await db.attendee.updateMany({
    where: { personId },
    data: { name, email: `${personId}@erased.invalid`, problem: null, ...UNSENT },
  });
}

const UNSENT = {
  sentMethod: null,
  sentSequence: null,
  sentStamp: null,
  sentAt: null,
  sentStartsAt: null,
  sentEndsAt: null,
  sentHostId: null,
};

type Renaming = { readonly email: string | null; readonly from: string; readonly to: string };

/** What was published for past check-ins, and what others are still to be told. */
async function rewrite(db: Db, personId: string, renaming: Renaming): Promise<void> {
  const partnership = { memberships: { some: { personId } } };
  const described = await db.occurrence.findMany({
    where: { partnership, description: { contains: renaming.from } },
    select: { id: true, description: true },
  });
  for (const { id, description } of described)
    await db.occurrence.update({ where: { id }, data: { description: rewritten(description, renaming) } });
  const { from, to } = renaming;
  for (const key of ['by', 'name'])
    await db.$executeRaw`
      UPDATE notice SET content = jsonb_set(content, ARRAY[${key}], to_jsonb(${to}::text))
      WHERE content ->> ${key} = ${from} AND partnership_id IN
        (SELECT partnership_id FROM membership WHERE person_id = ${personId}::uuid)`;
}

/** The name as a whole word, so that "Ana" is not taken out of "Anabel"; two of one name are told apart by their address. */
function rewritten(text: string, { email, from, to }: Renaming): string {
  const name = from.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'gu');
  const without = email === null ? text : text.replaceAll(` (${email})`, '');
  return without.replace(word, () => to);
}
