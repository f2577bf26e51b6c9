// The agenda of the weekly check-in: its items, with minutes that add up to its length.

import { AGENDAS } from '../domain/agreement/agenda.ts';

/** One item of an agenda and how many minutes it is given. */
export type AgendaItem = { readonly title: string; readonly minutes: number };

/** Of the length of the check-in, item by item, in twentieths. */
const WEEKLY_SHARES = [2, 2, 4, 5, 4, 3];

const SHARES = 20;

/** The weekly agenda for a check-in of `minutes`; whole minutes whose sum is exactly that, each item at least one. */
export function weeklyAgenda(minutes: number): AgendaItem[] {
  let before = 0;
  let shares = 0;
  return AGENDAS.weekly.map((title, i) => {
    shares += WEEKLY_SHARES[i]!;
    const until = Math.round((minutes * shares) / SHARES);
    const item = { title, minutes: until - before };
    before = until;
    return item;
  });
}
