// Takes a person out of the tables. They stay as a name under what others signed with them; what is theirs alone goes, and their
// address and every name that they had go from wherever they were written down.

import { renamedInvite } from '../../../views/renamed-invite.ts';
import type { Db } from '../connection.ts';

/** Under which name they stay. */
type Erased = { readonly name: string; readonly erasedAt: Date };

export async function erasePerson(db: Db, id: string, as: Erased): Promise<void> {
  const { email, name, formerNames } = await db.person.findUniqueOrThrow({ where: { id } });
  await removeOwn(db, id);
  if (email !== null) await removeByAddress(db, email);
  await db.person.update({ where: { id }, data: { ...as, email: null, zone: 'UTC', region: 'none' } });
  await forgetInvited(db, id, as.name);
  await rename(db, id, { email: email ?? '', from: [name, ...formerNames], to: as.name });
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

type Names = { readonly email: string; readonly from: readonly string[]; readonly to: string };

/** What was published for past check-ins, and what others are still to be told. */
async function rename(db: Db, personId: string, names: Names): Promise<void> {
  for (const { id, description, others } of await describedWith(db, personId)) {
    const renamed = renamedInvite(description, { ...names, others });
    if (renamed !== description)
      await db.occurrence.update({ where: { id }, data: { description: renamed } });
  }
  const { from, to } = names;
  for (const key of ['by', 'name'])
    await db.$executeRaw`
      UPDATE notice SET content = jsonb_set(content, ARRAY[${key}], to_jsonb(${to}::text))
      WHERE content ->> ${key} = ANY(${from}::text[]) AND partnership_id IN
        (SELECT partnership_id FROM membership WHERE person_id = ${personId}::uuid)`;
}

type Described = { readonly id: string; readonly description: string; readonly others: readonly string[] };

/** The check-ins of the periods in which they were a partner, whether they came or not; a half names those of the other. */
function describedWith(db: Db, personId: string): Promise<Described[]> {
  return db.$queryRaw<Described[]>`
    SELECT id, description, ARRAY(
      SELECT name FROM attendee a WHERE a.occurrence_id = o.id AND a.invited AND a.person_id <> ${personId}::uuid
    ) AS others
    FROM occurrence o WHERE (partnership_id, period) IN (
      SELECT partnership_id, period FROM occurrence
      WHERE partnership_id IN (SELECT partnership_id FROM membership WHERE person_id = ${personId}::uuid)
        AND (burdens ? ${personId} OR credits ? ${personId} OR ledger ? ${personId}
          OR id IN (SELECT occurrence_id FROM attendee WHERE person_id = ${personId}::uuid)))`;
}
