// Routes: days off, journeys and public holidays of a person.

import type { DateRange } from '../../../domain/time/plain-date.ts';
import type { AuthorizedPerson } from '../../../flows/authorized.ts';
import { addLeave, addTravel, changePerson, removeDays } from '../../../flows/calendars/plan-days.ts';
import { readDate, readRegion, readZone } from '../../../flows/words.ts';
import type { CalendarsView } from '../../../views/pages/calendars.ts';
import type { Refused } from '../../../views/pages/form.ts';
import { idOf, type Route } from '../route.ts';
import { showCalendars } from './calendars.ts';
import { type PageParts, personOf, takeForm, writtenIn } from './parts.ts';
import { Findings, required, textIn } from './texts.ts';

type Values = Refused['values'];
type Form = NonNullable<CalendarsView['refused']>['form'];
/** Gives a sentence about what was done. */
type Taking = (mine: AuthorizedPerson<'write'>, values: Values) => Promise<string>;

export function dayRoutes(parts: PageParts): readonly Route[] {
  const { world, pages } = parts;
  const mine = { method: 'POST', access: 'person' } as const;
  return [
    {
      ...mine,
      path: '/days/leaves',
      name: 'leave-add',
      handle: answering(parts, { form: 'leave', take: leave(parts) }),
    },
    {
      ...mine,
      path: '/days/travels',
      name: 'travel-add',
      handle: answering(parts, { form: 'travel', take: travel(parts) }),
    },
    {
      ...mine,
      path: '/days/region',
      name: 'region-change',
      handle: answering(parts, { form: 'region', take: region(parts) }),
    },
    {
      ...mine,
      path: '/days/:id/remove',
      name: 'days-remove',
      handle: async (request, response) => {
        await removeDays(personOf(request, 'write'), idOf(request, 'absence or journey'), world);
        pages.goTo(response, '/calendars', { text: 'Removed.' });
      },
    },
  ];
}

/** Says what was done on the page of calendars, or shows its form again. */
function answering(
  parts: PageParts,
  { form, take }: { readonly form: Form; readonly take: Taking },
): Route['handle'] {
  return async (request, response) => {
    const mine = personOf(request, 'write');
    await takeForm(request, response, {
      take: async () =>
        parts.pages.goTo(response, '/calendars', { text: await take(mine, writtenIn(request)) }),
      again: (refused) => showCalendars(request, response, { parts, refused: { form, ...refused } }),
    });
  };
}

function leave({ world }: PageParts): Taking {
  return async (mine, values) => {
    const found = new Findings();
    const days = daysIn(values, 'leave-', found);
    found.refuse();
    await addLeave(mine, days!, world);
    return 'Your days off are noted.';
  };
}

function travel({ world }: PageParts): Taking {
  return async (mine, values) => {
    const found = new Findings();
    const days = daysIn(values, 'travel-', found);
    const zone = found.take('zone', readZone(textIn(values, 'travel-zone')));
    found.refuse();
    await addTravel(mine, { ...days!, zone: zone! }, world);
    return 'Your journey is noted.';
  };
}

function daysIn(values: Values, prefix: string, found: Findings): DateRange | undefined {
  const from = found.take('from', readDate(textIn(values, `${prefix}from`)));
  const to = found.take('to', readDate(textIn(values, `${prefix}to`)));
  if (from === undefined || to === undefined) return undefined;
  return { from, to };
}

function region({ world }: PageParts): Taking {
  return async (mine, values) => {
    const chosen = required('region', readRegion(textIn(values, 'region').trim() || 'none'));
    await changePerson(mine, { region: chosen }, world);
    return chosen === 'none' ? 'No public holidays are kept free.' : 'Public holidays there are days off.';
  };
}
