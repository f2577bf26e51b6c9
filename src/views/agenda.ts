// The template of the weekly check-in: its items, with minutes that add up to its length.

/** One item of an agenda and how many minutes it is given. */
export type AgendaItem = { readonly title: string; readonly minutes: number };

/** Shares of the length, in twentieths; the article that the check-in comes from names the items and their order. */
const WEEKLY: readonly { readonly title: string; readonly share: number }[] = [
  { title: 'Personal check-in', share: 2 },
  { title: 'Wins', share: 2 },
  { title: 'Progress since last time', share: 4 },
  { title: 'Blockers', share: 5 },
  { title: 'Decisions to confirm', share: 4 },
  { title: 'Plan for next week', share: 3 },
];

const SHARES = 20;

/** The weekly agenda for a check-in of `minutes`; whole minutes whose sum is exactly that, each item at least one. */
export function weeklyAgenda(minutes: number): AgendaItem[] {
  let before = 0;
  let shares = 0;
  return WEEKLY.map(({ title, share }) => {
    shares += share;
    const until = Math.round((minutes * shares) / SHARES);
    const item = { title, minutes: until - before };
    before = until;
    return item;
  });
}
