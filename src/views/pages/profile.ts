// Who somebody is: their name, and the zone that they are at home in. Used where they come in and on their account page.

import { html } from 'hono/html';
import { field, type Refused } from './form.ts';
import type { Html } from './layout.ts';
import { zoneList } from './zones.ts';

export const PROFILE_LABELS = { name: 'Name', zone: 'Time zone' };

export type KnownProfile = { readonly name?: string; readonly zone?: string };

/** A script writes the zone of the browser into an empty field. */
export function profileFields({ name, zone }: KnownProfile, refused: Refused): Html {
  return html`${field(
    {
      name: 'name',
      label: PROFILE_LABELS.name,
      hint: 'As your partners are to see it.',
      autocomplete: 'name',
      ...(name !== undefined && { value: name }),
    },
    refused,
  )}
<div data-zone>
${field(
  {
    name: 'zone',
    label: PROFILE_LABELS.zone,
    hint: 'Where you are at home, such as Europe/Berlin.',
    list: 'zones',
    ...(zone !== undefined && { value: zone }),
  },
  refused,
)}
</div>
${zoneList()}`;
}
