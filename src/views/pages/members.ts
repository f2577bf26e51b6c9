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
  /** Where they join, for whoever invited them to pass on: where no mail goes out. */
  readonly link?: string;
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
${invitations.map((each) => invitationItem(each, { id, zone }))}
</ul>
<h3 id="invite">Invite somebody</h3>
${problemSummary(refused, LABELS)}
<form method="post" action="${partnershipPath(id, '/invitations')}" novalidate>
${field({ name: 'email', label: LABELS.email, type: 'email', hint: 'They get a mail with a link. They take part once everybody has signed a version with them in it.' }, refused)}
<button class="second">Send the invitation</button>
</form>
</section>`;
}

function invitationItem(
  { id, email, by, expiresAt, link }: OpenInvitation,
  at: { readonly id: string; readonly zone: Zone },
): Html {
  return html`<li><div><strong>${email}</strong> <span class="tag">invited</span>
<small>by ${by}, open until ${moment(at.zone, expiresAt)}</small>
${link === undefined ? '' : html`<small>Not sent: no mail server is set (SMTP_URL). Give them this link yourself:</small><code class="secret">${link}</code>`}</div>
${dangerForm(partnershipPath(at.id, `/invitations/${id}/withdraw`), 'Withdraw', `Withdraw the invitation of ${email}?`)}</li>`;
}

function memberItem({ name, email, zone }: Member): Html {
  return html`<li><div><strong>${name}</strong><small>${email}, ${zone}</small></div></li>`;
}
