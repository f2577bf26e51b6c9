// What the fields of a whole partnership file must be to each other.

import { beginningsAround } from '../../domain/first-day.ts';
import { unequalComfort } from '../../domain/hours.ts';
import { type PartnerId, partnerIdOf } from '../../domain/partner.ts';
import { formatDate } from '../../domain/time/plain-date.ts';
import { type Finding, partnerOf } from './partner.ts';
import type { FileShape, PartnerShape } from './shape.ts';

/** A partner whose own fields are right, with its place in the file. */
export type Placed = readonly [index: number, partner: PartnerShape];

/** Addresses that stand twice, and comfortable hours that are unequal. */
export function findAmong(partners: readonly Placed[]): Finding[] {
  return [...findTwice(partners), ...findUnequal(partners)];
}

/** A `since` on which no period begins. */
export function findSince({ every, since }: FileShape['checkIn']): Finding[] {
  const around = since === undefined ? undefined : beginningsAround({ rhythm: every }, since);
  if (since === undefined || !around) return [];
  const what = every === '1mo' ? 'not the 1st of a month' : 'no Monday';
  const nearest = `the nearest are ${formatDate(around.before)} and ${formatDate(around.after)}`;
  const message = `${formatDate(since)} is ${what}, on which a period of ${every} begins: ${nearest}`;
  return [{ path: ['checkIn', 'since'], message }];
}

/** What the ledger holds for somebody who is no partner, or twice for one. */
export function findInLedger({ ledger }: FileShape, partners: readonly Placed[]): Finding[] {
  const ids = new Set(partners.map(([, { email }]) => partnerIdOf(email)));
  const seen = new Set<PartnerId>();
  return Object.keys(ledger).flatMap((email) => {
    const id = partnerIdOf(email);
    const path = ['ledger', email];
    if (!ids.has(id))
      return [{ path, message: `no partner has this address: write one of ${[...ids].join(', ')}` }];
    if (seen.has(id)) return [{ path, message: 'stands here twice: leave one of them out' }];
    seen.add(id);
    return [];
  });
}

function findTwice(partners: readonly Placed[]): Finding[] {
  const owners = new Map<PartnerId, string>();
  return partners.flatMap(([index, { email, name }]) => {
    const owner = owners.get(partnerIdOf(email));
    if (owner === undefined) owners.set(partnerIdOf(email), name);
    if (owner === undefined) return [];
    const message = `${email} is the address of ${owner} already: each partner needs one of their own`;
    return [{ path: ['partners', index, 'email'], message }];
  });
}

/** Everyone has the same number of comfortable hours, or burdens could not be compared. */
function findUnequal(partners: readonly Placed[]): Finding[] {
  const all = partners.map(([index, partner]) => ({ index, ...partnerOf(partner) }));
  return unequalComfort(all).map(({ of: { index }, message }) => ({
    path: ['partners', index, 'comfortable'],
    message,
  }));
}
