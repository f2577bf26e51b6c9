// Partnerships, who is in them, and who is invited.

import { ChangedMeanwhile, Conflict } from '../../../domain/errors.ts';
import type { PartnerId } from '../../../domain/partner.ts';
import type { Zone } from '../../../domain/time/zone.ts';
import type { Invitation, InvitationStore, Membership, PartnershipStore } from '../../../flows/stores.ts';
import type { Invitation as InvitationRow, Membership as MembershipRow } from '../client/client.ts';
import { optional, optionalInstant, toDate, toInstant } from '../columns.ts';
import { type Db, SQL_STATES, sqlState } from '../connection.ts';

export function partnershipStore(db: Db): PartnershipStore {
  return {
    add: async (id, createdBy, at) => {
      await db.partnership.create({ data: { id, createdBy, createdAt: toDate(at) } });
    },
    revision: async (id) => {
      const row = await db.partnership.findUnique({ where: { id }, select: { revision: true } });
      return row?.revision;
    },
    touch: async (id, from) => {
      const where = from === undefined ? { id } : { id, revision: from };
      const { count } = await db.partnership.updateMany({ where, data: { revision: { increment: 1 } } });
      if (count === 0) throw new ChangedMeanwhile('partnership');
    },
    ran: async (id, at) => {
      await db.partnership.update({ where: { id }, data: { ranAt: toDate(at) } });
    },
    running: async () => {
      const rows = await db.partnership.findMany({
        where: { agreements: { some: { signedAt: { not: null } } } },
        select: {
          id: true,
          ranAt: true,
          agreements: {
            where: { signedAt: { not: null } },
            orderBy: { version: 'desc' },
            take: 1,
            select: { terms: true },
          },
        },
      });
      return rows.map(({ id, ranAt, agreements }) => ({
        id,
        anchor: (agreements[0]!.terms as { anchor: Zone }).anchor,
        ...optional('ranAt', optionalInstant(ranAt)),
      }));
    },
    of: async (personId) => {
      const rows = await db.membership.findMany({
        where: { personId, leftAt: null },
        orderBy: { joinedAt: 'asc' },
        select: { partnershipId: true },
      });
      return rows.map(({ partnershipId }) => partnershipId);
    },
    everOf: async (personId) => {
      const rows = await db.membership.findMany({
        where: { personId },
        orderBy: { joinedAt: 'asc' },
        select: { partnershipId: true },
      });
      return rows.map(({ partnershipId }) => partnershipId);
    },
    members: async (partnershipId) => {
      const rows = await db.membership.findMany({
        where: { partnershipId },
        orderBy: [{ joinedAt: 'asc' }, { personId: 'asc' }],
      });
      return rows.map(membershipOf);
    },
    membership: async (partnershipId, personId) => {
      const row = await db.membership.findUnique({
        where: { partnershipId_personId: { partnershipId, personId } },
      });
      return row ? membershipOf(row) : undefined;
    },
    join: async (partnershipId, personId, at) => {
      const key = { partnershipId, personId };
      await db.membership.upsert({
        where: { partnershipId_personId: key },
        create: { ...key, joinedAt: toDate(at) },
        update: { leftAt: null },
      });
    },
    leave: async (partnershipId, personId, at) => {
      await db.membership.update({
        where: { partnershipId_personId: { partnershipId, personId } },
        data: { leftAt: toDate(at) },
      });
    },
  };
}

function membershipOf({ personId, joinedAt, leftAt }: MembershipRow): Membership {
  const left = optional('leftAt', optionalInstant(leftAt));
  return { person: personId as PartnerId, joinedAt: toInstant(joinedAt), ...left };
}

export function invitationStore(db: Db): InvitationStore {
  const open = { acceptedAt: null, withdrawnAt: null };
  return {
    add: async ({ id, partnership, email, invitedBy, createdAt, expiresAt }) => {
      const times = { createdAt: toDate(createdAt), expiresAt: toDate(expiresAt) };
      await db.invitation
        .create({ data: { id, partnershipId: partnership, email, invitedBy, ...times } })
        .catch((cause: unknown) => {
          if (sqlState(cause) !== SQL_STATES.unique) throw cause;
          throw new Conflict('this address is invited already: withdraw that invitation first', { cause });
        });
    },
    open: async (partnershipId) => {
      const rows = await db.invitation.findMany({
        where: { partnershipId, ...open },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(invitationOf);
    },
    to: async (email) => {
      const rows = await db.invitation.findMany({ where: { email, ...open }, orderBy: { createdAt: 'asc' } });
      return rows.map(invitationOf);
    },
    sentBy: (invitedBy, since) =>
      db.invitation.count({ where: { invitedBy, createdAt: { gt: toDate(since) } } }),
    byId: async (id) => {
      const row = await db.invitation.findFirst({ where: { id, ...open } });
      return row ? invitationOf(row) : undefined;
    },
    accept: async (id, at) => {
      await db.invitation.update({ where: { id }, data: { acceptedAt: toDate(at) } });
    },
    withdraw: async (id, at) => {
      await db.invitation.update({ where: { id }, data: { withdrawnAt: toDate(at) } });
    },
  };
}

function invitationOf(row: InvitationRow): Invitation {
  const { id, partnershipId, email, invitedBy, createdAt, expiresAt } = row;
  return {
    id,
    partnership: partnershipId,
    email,
    invitedBy: invitedBy as PartnerId,
    createdAt: toInstant(createdAt),
    expiresAt: toInstant(expiresAt),
  };
}
