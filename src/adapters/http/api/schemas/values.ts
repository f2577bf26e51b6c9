// The small parts of answers.

import { z } from 'zod';

export const instant = z.string().meta({ format: 'date-time', examples: ['2027-01-05T16:00:00Z'] });
export const day = z.string().meta({ format: 'date', examples: ['2027-01-04'] });
export const id = z.string().meta({ format: 'uuid' });
export const person = z.string().meta({ format: 'uuid', description: 'The id of a partner.' });
export const zone = z.string().meta({ description: 'An IANA time zone.', examples: ['Europe/Berlin'] });
export const period = z.string().meta({ examples: ['2027-W01'] });
export const sentence = z.string().meta({ description: 'In words, for people.' });

export const interval = z.object({ start: instant, end: instant });

export const points = z
  .array(z.object({ person, points: z.int() }))
  .meta({ description: 'Points of burden, by partner.' });

export const RELAXATIONS = [
  ...(['another-day', 'tentative', 'move-event', 'shorter'] as const),
  ...(['wider-window', 'rotating-absence', 'two-halves'] as const),
] as const;

export const PROPOSALS = ['partner', 'counter', 'declined', 'volunteer'] as const;
export const OUTCOMES = ['agreed', 'refused', 'lapsed', 'moot'] as const;
export const ANSWERS = ['needs-action', 'accepted', 'declined', 'tentative'] as const;
