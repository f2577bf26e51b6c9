// Partners by name.

import type { Partner, PartnerId } from '../domain/partner.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Points } from '../domain/planner/plan.ts';

export type People = Pick<Partnership, 'partners'>;

export function partnerOf({ partners }: People, id: PartnerId): Partner | undefined {
  return partners.find((partner) => partner.id === id);
}

export function nameOf(people: People, id: PartnerId): string {
  return partnerOf(people, id)?.name ?? id;
}

/** "Ana", "Ana and Ben", "Ana, Ben and Chiara" */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Whose turn it is: who bears most, if anybody bears anything; in the order of the partners. */
export function turnOf(people: People, burdens: Points): PartnerId[] {
  const most = Math.max(0, ...burdens.values());
  if (most === 0) return [];
  return people.partners.map(({ id }) => id).filter((id) => burdens.get(id) === most);
}

/** "1 point", "9 points" */
export function points(count: number): string {
  return count === 1 ? '1 point' : `${count} points`;
}
