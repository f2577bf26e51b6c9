// People and partnerships as JSON.

import type { PartnerId, Travel } from '../../domain/partner.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import type { DateRange } from '../../domain/time/plain-date.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { daysResource, instantOrNull } from './values.ts';

type Somebody = {
  readonly id: PartnerId;
  readonly email?: string;
  readonly name: string;
  readonly zone: Zone;
  readonly region: string;
};

/** Oneself. */
export function selfResource({ id, email, name, zone, region }: Somebody) {
  return { id, email: email ?? null, name, zone, region };
}

export function leaveResource({ id, ...days }: DateRange & { readonly id: string }) {
  return { id, ...daysResource(days) };
}

export function travelResource({ id, zone, ...days }: Travel & { readonly id: string }) {
  return { id, ...daysResource(days), zone };
}

/** Somebody who takes part, or did; who was erased has no address. */
export type Member = {
  readonly id: PartnerId;
  readonly name: string;
  readonly email?: string;
  readonly joinedAt: Instant;
  readonly leftAt?: Instant;
};

export function memberResource({ id, name, email, joinedAt, leftAt }: Member) {
  return {
    id,
    name,
    email: email || null,
    joinedAt: formatInstant(joinedAt),
    leftAt: instantOrNull(leftAt),
  };
}

/** A partnership for its partners. */
export type PartnershipShown = {
  readonly id: string;
  readonly name: string;
  readonly anchor: Zone;
  readonly isInForce: boolean;
  readonly isDraftOpen: boolean;
  readonly members: readonly Member[];
};

export function partnershipResource({ members, isInForce, isDraftOpen, ...named }: PartnershipShown) {
  return {
    ...named,
    agreement: isInForce ? ('in-force' as const) : ('none' as const),
    draft: isDraftOpen ? ('open' as const) : ('none' as const),
    partners: members.map(memberResource),
  };
}

type Invited = {
  readonly id: string;
  readonly email: string;
  readonly invitedBy: PartnerId;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

export function invitationResource({ id, email, invitedBy, createdAt, expiresAt }: Invited) {
  return {
    id,
    email,
    invitedBy,
    createdAt: formatInstant(createdAt),
    expiresAt: formatInstant(expiresAt),
  };
}
