// The form by which a partnership begins.

import { html } from 'hono/html';
import type { Zone } from '../../domain/time/zone.ts';
import { stageField } from './draft-form.ts';
import { FRESH, field, problemSummary, type Refused } from './form.ts';
import type { Page } from './layout.ts';
import { zoneList } from './zones.ts';

const LABELS = { name: 'Name', anchor: 'Common time zone', stage: 'Stage' };

export function newPartnershipPage(zone: Zone, refused: Refused = FRESH): Page {
  return {
    title: refused.problems.length > 0 ? 'Put right: begin a partnership' : 'Begin a partnership',
    shape: 'card',
    body: html`<h1>Begin a partnership</h1>
<p>Everything here can be changed in the agreement, which you and your partners sign.</p>
${problemSummary(refused, LABELS)}
<form method="post" action="/partnerships/new" novalidate>
${field({ name: 'name', label: LABELS.name, hint: 'What you do together, such as “Harbour”.' }, refused)}
${field({ name: 'anchor', label: LABELS.anchor, hint: 'Weeks begin on its Monday.', list: 'zones', value: zone }, refused)}
${stageField('early', refused)}
<button>Begin</button>
</form>
${zoneList()}`,
  };
}
