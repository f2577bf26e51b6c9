// Who is in a partnership, who is invited, and a form to invite somebody.

import { html } from 'hono/html';
import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { dangerForm, field, problemSummary, type Refused } from './form.ts';
import type { Html } from './layout.ts';
import { partnershipPath } from './paths.ts';
import { moment } from './when.ts';

export type Member = {
  readonly id: PartnerId;
  readonly name: string;
  readonly email: string;
  readonly zone: Zone;
  readonly joinedAt: Instant;
};

export type OpenInvitation = {
  readonly id: string;
  readonly email: string;
  readonly by: string;
  readonly expiresAt: Instant;
};

export type MembersView = {
  readonly id: string;
  readonly reader: PartnerId;
  readonly members: readonly Member[];
  readonly invitations: readonly OpenInvitation[];
};

const LABELS = { email: 'E-mail address' };

export function membersSection(view: MembersView, refused: Refused): Html {
  const { id, members, invitations, reader } = view;
  const zone = members.find((member) => member.id === reader)!.zone;
  return html`<section aria-labelledby="members">
<h2 id="members">Partners</h2>
<ul class="things">
${members.map(memberItem)}
${invitations.map(
  (each) => html`<li><div><strong>${each.email}</strong> <span class="tag">invited</span>
<small>by ${each.by}, open until ${moment(zone, each.expiresAt)}</small></div>
${dangerForm(partnershipPath(id, `/invitations/${each.id}/withdraw`), 'Withdraw', `Withdraw the invitation of ${each.email}?`)}</li>`,
)}
</ul>
<h3 id="invite">Invite somebody</h3>
${problemSummary(refused, LABELS)}
<form method="post" action="${partnershipPath(id, '/invitations')}" novalidate>
${field({ name: 'email', label: LABELS.email, type: 'email', hint: 'They get a mail with a link. They take part once everybody has signed a version with them in it.' }, refused)}
<button class="second">Send the invitation</button>
</form>
</section>`;
}

function memberItem({ name, email, zone }: Member): Html {
  return html`<li><div><strong>${name}</strong><small>${email}, ${zone}</small></div></li>`;
}
