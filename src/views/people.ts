// Partners by name.

import type { Partner, PartnerId } from '../domain/partner.ts';
import type { Points } from '../domain/planner/plan.ts';

/** Somebody with a name. */
export type Named = Pick<Partner, 'id' | 'name' | 'email'>;

export type People = { readonly partners: readonly Named[] };

export function partnerOf<Who extends Named>(
  { partners }: { readonly partners: readonly Who[] },
  id: PartnerId,
): Who | undefined {
  return partners.find((partner) => partner.id === id);
}

/** The names that they gave, by their ids. */
export function namesOf({ partners }: People): ReadonlyMap<PartnerId, string> {
  return new Map(partners.map(({ id, name }) => [id, name]));
}

/** The whole name; with the address where two partners have the same. */
export function nameOf(people: People, id: PartnerId): string {
  const { name, email } = partnerOf(people, id) ?? { name: id, email: id };
  return people.partners.filter((partner) => partner.name === name).length > 1 ? `${name} (${email})` : name;
}

/** The first name alone, where it is a plain word and tells people apart; else the whole name. */
export function shortNameOf(people: People, id: PartnerId): string {
  const first = firstWordOf(partnerOf(people, id)?.name ?? id);
  const isOne = people.partners.filter(({ name }) => firstWordOf(name) === first).length === 1;
  return isOne && PLAIN_NAME.test(first) ? first : nameOf(people, id);
}

/** "Ana", "Jean-Luc", "D’Arcy", and not "Ana,", "Dr." or "\"Q\"". */
const PLAIN_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*$/u;

function firstWordOf(name: string): string {
  return name.split(' ')[0]!;
}

/** "Ana", "Ana and Ben", "Ana, Ben and Chiara" */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** All of them by name, in the order of their names. */
export function namesListed(people: People, ids: Iterable<PartnerId>): string {
  const names = [...ids].map((id) => nameOf(people, id));
  return listed(names.sort((one, other) => one.localeCompare(other, 'en')));
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
