// VFREEBUSY (RFC 5545 3.6.4): a calendar that publishes only when its owner is busy. Each busy period is taken as an event
// of the component's UID.

import type { CalendarEvent } from '../../../domain/calendar/event.ts';
import { type Interval, overlaps } from '../../../domain/time/interval.ts';
import { type Component, linesOf, type Property, propertyOf } from './component.ts';
import { intervalFrom, lengthOfPeriod } from './length.ts';
import type { Budget } from './limits.ts';
import { momentAt, type TimeContext, TimeUnreadable } from './moment.ts';
import { period } from './values.ts';

export type FreeBusyContext = TimeContext & { readonly window: Interval; readonly budget: Budget };

/** The busy periods that overlap the window; throws TimeUnreadable, LineUnreadable or LimitExceeded at a bad one. */
export function* busyPeriodsOf(
  component: Component,
  uid: string,
  context: FreeBusyContext,
): Generator<CalendarEvent> {
  for (const line of linesOf(component, 'FREEBUSY')) {
    const property = propertyOf(line);
    const type = (property.params.get('FBTYPE') ?? 'BUSY').toUpperCase();
    if (type === 'FREE') continue;
    for (const text of property.value.split(',')) {
      const interval = busyInterval(property, text, context);
      if (!overlaps(interval, context.window)) continue;
      context.budget.occurrence();
      // RFC 5545 3.2.9: a type that nobody knows counts as BUSY.
      yield {
        uid,
        ...interval,
        transparent: false,
        status: type === 'BUSY-TENTATIVE' ? 'tentative' : 'confirmed',
      };
    }
  }
}

function busyInterval(property: Property, text: string, context: FreeBusyContext): Interval {
  context.budget.step(1);
  const value = period(text);
  if (!value) throw new TimeUnreadable('its FREEBUSY is no period');
  const start = momentAt(value.start, property, context);
  return intervalFrom(start, lengthOfPeriod(value, { start, property, context }));
}
