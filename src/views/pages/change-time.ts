// What a partner can do about a check-in's time: propose another one, exchange turns, take the odd hour.

import { html } from 'hono/html';
import type { Instant } from '../../domain/time/instant.ts';
import { formatDate } from '../../domain/time/plain-date.ts';
import { dateOfWall, formatClock, minuteOfDay } from '../../domain/time/wall-time.ts';
import { toWall, type Zone } from '../../domain/time/zone.ts';
import { whereabouts } from '../../domain/whereabouts.ts';
import { localTimeOf } from '../local-time.ts';
import { listed, nameOf, turnOf } from '../people.ts';
import { type CheckInSetting, placeOf, type ShownCheckIn } from './check-in.ts';
import { line, select } from './fields.ts';
import { buttonForm, FRESH, problemSummary, type Refused } from './form.ts';
import type { Html } from './layout.ts';
import { checkInPath } from './paths.ts';

export type TimeChanges = {
  /** Check-ins in which somebody else bears most, for an exchange; empty where it is not the reader's turn. */
  readonly swaps: readonly ShownCheckIn[];
  readonly canVolunteer: boolean;
  readonly refused?: Refused;
};

const LABELS = { at: 'New time', other: 'Their turn', own: 'Your turn', period: 'This check-in' };

type Setting = CheckInSetting & { readonly shown: ShownCheckIn };

export function timeChanges(view: Setting, changes: TimeChanges): Html {
  const { refused = FRESH } = changes;
  return html`<section aria-labelledby="change">
<h2 id="change">Another time</h2>
<p>A check-in is never dropped. It can move, and whoever it concerns is asked before.</p>
${problemSummary(refused, LABELS)}
${proposalForm(view, refused)}
${swapForm(view, changes)}
${changes.canVolunteer ? volunteerForm(view) : ''}
</section>`;
}

function proposalForm({ id, shown, partnership, reader }: Setting, refused: Refused): Html {
  const zone = whereabouts(placeOf(partnership, reader), shown.item.start);
  return html`<h3>Propose a time</h3>
<form method="get" action="${checkInPath(id, shown.item.uid)}/proposal" novalidate>
${timeField(zone, shown.item.start, refused)}
<button class="second">See it in everybody’s time</button>
</form>`;
}

/** A time on the reader's own clock. */
export function timeField(zone: Zone, start: Instant, refused: Refused): Html {
  return line(
    {
      name: 'at',
      label: LABELS.at,
      type: 'datetime-local',
      value: wallText(zone, start),
      step: 900,
      hint: `On your clock, in ${zone}. It begins on a quarter of an hour.`,
    },
    refused,
  );
}

/** "2027-01-05T17:00", as browsers write it. */
export function wallText(zone: Zone, instant: Instant): string {
  const wall = toWall(zone, instant);
  return `${formatDate(dateOfWall(wall))}T${formatClock(Math.floor(minuteOfDay(wall)))}`;
}

function swapForm(
  { id, shown, partnership, reader }: Setting,
  { swaps, refused = FRESH }: TimeChanges,
): Html | '' {
  if (swaps.length === 0) return '';
  const options = swaps.map(({ occurrence, item }) => {
    const { weekday, day, clock } = localTimeOf(placeOf(partnership, reader), item.start);
    const whose = listed(turnOf(partnership, occurrence.burdens).map((each) => nameOf(partnership, each)));
    return { value: occurrence.period.id, label: `${weekday} ${day}, ${clock}: ${whose}` };
  });
  return html`<h3>Exchange turns</h3>
<p>The odd hour is yours this time. You can offer to take another one instead.</p>
<form method="post" action="${checkInPath(id, shown.item.uid)}/swap" novalidate>
${select({ name: 'other', label: LABELS.other, options }, refused)}
<button class="second">Offer the exchange</button>
</form>`;
}

function volunteerForm({ id, shown }: Setting): Html {
  return html`<h3>Take the odd hour</h3>
<p>You can offer a time that is easier for the others and odder for you. The ledger shows it.</p>
${buttonForm(`${checkInPath(id, shown.item.uid)}/volunteer`, 'Offer to take it')}`;
}
