import { describe, expect, it } from 'vitest';
import type { CalendarItem } from '../../src/domain/calendar/itip.ts';
import { plus } from '../../src/domain/time/instant.ts';
import { publicationOf } from '../../src/flows/publish-plan.ts';
import { at } from '../support/builders.ts';
import { zoneOf } from '../support/cast.ts';

const ITEM: CalendarItem = {
  uid: 'a',
  start: at('2027-01-05T16:00:00Z'),
  end: at('2027-01-05T16:30:00Z'),
  zone: zoneOf('Europe/Berlin'),
  summary: 'Harbour check-in',
  description: '',
  organizer: { name: 'Ana', email: 'ana@example.com' },
  attendees: [],
  sequence: 0,
  stamp: at('2027-01-01T00:00:00Z'),
  status: 'CONFIRMED',
};
const LATER = { start: plus(ITEM.start, 3_600_000), end: plus(ITEM.end, 3_600_000) };
const REVISED = { sequence: 1, stamp: at('2027-01-02T00:00:00Z') };
const CANCELLED = { ...ITEM, status: 'CANCELLED' } as const;
const NOTHING = { held: 0, added: 0, moved: 0, changed: 0, cancelled: 0 };

describe('what publishing changes', () => {
  it.each<[string, readonly CalendarItem[], CalendarItem, Partial<typeof NOTHING>]>([
    ['one that is new', [], ITEM, { held: 1, added: 1 }],
    ['one that is held again', [CANCELLED], { ...ITEM, ...REVISED }, { held: 1, added: 1 }],
    ['one that moves', [ITEM], { ...ITEM, ...LATER, ...REVISED }, { held: 1, moved: 1 }],
    [
      'one with other words',
      [ITEM],
      { ...ITEM, description: 'x', stamp: REVISED.stamp },
      { held: 1, changed: 1 },
    ],
    ['one that is cancelled', [ITEM], { ...CANCELLED, ...REVISED }, { cancelled: 1 }],
    ['one that stays', [ITEM], ITEM, { held: 1 }],
    ['one that was cancelled long ago', [CANCELLED], CANCELLED, {}],
  ])('counts %s', (_, before, after, counts) => {
    expect(publicationOf(before, [after])).toEqual({ ...NOTHING, ...counts });
  });
});
