// The account page: who somebody is, and by what they and their programs come in.

import { html } from 'hono/html';
import type { Instant } from '../../domain/time/instant.ts';
import { fieldsOf } from '../../domain/time/plain-date.ts';
import { dateOfWall } from '../../domain/time/wall-time.ts';
import { toWall, type Zone } from '../../domain/time/zone.ts';
import { formatDay, localTime } from '../local-time.ts';
import { deviceOf } from './device.ts';
import { choices, dangerForm, FRESH, field, problemSummary, type Refused } from './form.ts';
import type { Html, Page } from './layout.ts';
import { PROFILE_LABELS, profileFields } from './profile.ts';

export type AccountView = {
  readonly person: { readonly name: string; readonly email?: string; readonly zone: Zone };
  readonly withPasskeys: boolean;
  readonly passkeys: readonly Shown[];
  readonly sessions: readonly ShownSession[];
  readonly identities: readonly { readonly id: string; readonly name: string; readonly email: string }[];
  readonly tokens: readonly (Shown & { readonly scopes: readonly string[]; readonly expiresAt: Instant })[];
  /** Which of the forms was refused, and how. */
  readonly refused?: { readonly form: 'profile' | 'passkey' | 'token' } & Refused;
};

/** Something with a name that was made once and used lately. */
type Shown = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
};

type ShownSession = {
  readonly id: string;
  readonly userAgent: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly isThisOne: boolean;
};

export function accountPage(view: AccountView): Page {
  return {
    title: view.refused ? 'Put right: your account' : 'Your account',
    body: html`<h1>Your account</h1>
${profile(view)}
${passkeys(view)}
${sessions(view)}
${identities(view)}
${tokens(view)}
<p class="hint"><a href="/account/data">Take your data along, or erase your account</a></p>`,
  };
}

function refusedIn(form: NonNullable<AccountView['refused']>['form'], { refused }: AccountView): Refused {
  return refused?.form === form ? refused : FRESH;
}

function profile(view: AccountView): Html {
  const { name, zone, email } = view.person;
  const refused = refusedIn('profile', view);
  return html`<section aria-labelledby="you">
<h2 id="you">You</h2>
<p>Your address is <strong>${email ?? 'not known'}</strong>. Invitations go there.</p>
${problemSummary(refused, PROFILE_LABELS)}
<form method="post" action="/account/profile" novalidate>
${profileFields({ name, zone }, refused)}
<button>Save</button>
</form>
</section>`;
}

function passkeys(view: AccountView): Html {
  const refused = refusedIn('passkey', view);
  const { zone } = view.person;
  return html`<section aria-labelledby="passkeys">
<h2 id="passkeys">Passkeys</h2>
<p>With a passkey you sign in by your finger, your face or the code of your device, without waiting for mail.</p>
${problemSummary(refused, {})}
${view.passkeys.length === 0 ? html`<p class="none">You have none yet.</p>` : ''}
<ul class="things">${view.passkeys.map(
    (each) => html`<li>
<div><strong>${each.name}</strong><small>${usedText(each, zone)}</small></div>
<details><summary>Rename</summary>
<form method="post" action="/account/passkeys/${each.id}" class="row" novalidate>
${field({ name: 'name', label: 'Name of the passkey', value: each.name }, FRESH, `${each.id}-`)}
<button class="second">Rename</button>
</form></details>
${dangerForm(`/account/passkeys/${each.id}/remove`, 'Remove', `Remove the passkey “${each.name}”?`)}
</li>`,
  )}</ul>
${view.withPasskeys ? newPasskey(view) : html`<p class="hint">Passkeys need an address of this service that begins with https.</p>`}
</section>`;
}

/** Shown by the script, where the browser knows passkeys. */
function newPasskey({ sessions: all }: AccountView): Html {
  const device = deviceOf(all.find(({ isThisOne }) => isThisOne)?.userAgent ?? '');
  return html`<div data-passkey="register" hidden>
${field({ name: 'name', label: 'Name of a new passkey', value: device }, FRESH, 'new-passkey-')}
<button class="second" type="button">Add a passkey</button>
<p class="problem" role="alert"></p>
</div>`;
}

function sessions({ sessions: all, person: { zone } }: AccountView): Html {
  return html`<section aria-labelledby="sessions">
<h2 id="sessions">Where you are signed in</h2>
<ul class="things">${all.map(
    ({ id, userAgent, createdAt, seenAt, isThisOne }) => html`<li>
<div><strong>${deviceOf(userAgent)}</strong>${isThisOne ? html` <span class="tag">this device</span>` : ''}
<small>Last seen ${momentText(zone, seenAt)}, signed in on ${dayText(zone, createdAt)}</small></div>
${isThisOne ? '' : dangerForm(`/account/sessions/${id}/end`, 'Sign out', 'Sign that device out?')}
</li>`,
  )}</ul>
${all.length > 1 ? dangerForm('/account/sessions/end-others', 'Sign out everywhere else', 'Sign out all other devices?') : ''}
</section>`;
}

function identities({ identities: all }: AccountView): Html | '' {
  if (all.length === 0) return '';
  return html`<section aria-labelledby="identities">
<h2 id="identities">Where else you can sign in from</h2>
<ul class="things">${all.map(
    ({ id, name, email }) => html`<li>
<div><strong>${name}</strong><small>as ${email}</small></div>
${dangerForm(`/account/identities/${id}/remove`, 'Remove', `Never sign in from ${name} again?`)}
</li>`,
  )}</ul>
</section>`;
}

const TOKEN_LABELS = {
  name: 'What the token is for',
  scopes: 'What it may do',
  days: 'Days until it expires',
};

const SCOPE_CHOICES = [
  { value: 'read', label: 'Read', hint: 'See what you see.' },
  { value: 'answer', label: 'Answer', hint: 'Accept and decline invitations, and reply to questions.' },
  { value: 'write', label: 'Change', hint: 'Change calendars, days off and drafts.' },
  { value: 'sign', label: 'Sign', hint: 'Sign agreements in your name.' },
];

function tokens(view: AccountView): Html {
  const refused = refusedIn('token', view);
  const { zone } = view.person;
  return html`<section aria-labelledby="tokens">
<h2 id="tokens">Tokens for programs</h2>
<p>A program that has a token acts in your name, as far as you allow it. No token can change this page.</p>
${view.tokens.length === 0 ? html`<p class="none">There are none.</p>` : ''}
<ul class="things">${view.tokens.map(
    (each) => html`<li>
<div><strong>${each.name}</strong><small>May ${each.scopes.join(', ')}. ${usedText(each, zone)}, expires on ${dayText(zone, each.expiresAt)}</small></div>
${dangerForm(`/account/tokens/${each.id}/revoke`, 'Revoke', `Revoke the token “${each.name}”?`)}
</li>`,
  )}</ul>
<details ${refused.problems.length > 0 ? html`open` : ''}><summary>Make a token</summary>
${problemSummary(refused, TOKEN_LABELS, 'token-')}
<form method="post" action="/account/tokens" novalidate>
${field({ name: 'name', label: TOKEN_LABELS.name, hint: 'Such as “Dashboard”.' }, refused, 'token-')}
${choices({ name: 'scopes', label: TOKEN_LABELS.scopes, choices: SCOPE_CHOICES, checked: ['read'] }, refused, 'token-')}
${field({ name: 'days', label: TOKEN_LABELS.days, type: 'number', value: '90', min: 1, max: 365 }, refused, 'token-')}
<button class="second">Make the token</button>
</form></details>
</section>`;
}

function usedText({ createdAt, usedAt }: Shown, zone: Zone): string {
  const used = usedAt === undefined ? 'never used' : `last used ${momentText(zone, usedAt)}`;
  return `Added on ${dayText(zone, createdAt)}, ${used}`;
}

/** "Tue 5 Jan 08:00", on the clock of the one reader of this page. */
function momentText(zone: Zone, instant: Instant): string {
  const { weekday, day, clock } = localTime(zone, instant);
  return `${weekday} ${day} ${clock}`;
}

/** "5 Jan 2027" */
function dayText(zone: Zone, instant: Instant): string {
  const date = dateOfWall(toWall(zone, instant));
  return `${formatDay(date)} ${fieldsOf(date).year}`;
}
