// What a check-in goes through, by the template that was agreed.

import type { AgendaTemplate } from './terms.ts';

/** The items in their order; the article that the check-in comes from names them. */
export const AGENDAS: Readonly<Record<AgendaTemplate, readonly string[]>> = {
  weekly: [
    'Personal check-in',
    'Wins',
    'Progress since last time',
    'Blockers',
    'Decisions to confirm',
    'Plan for next week',
  ],
};
