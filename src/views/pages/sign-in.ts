// The pages by which people come in.

import { html } from 'hono/html';
import { FRESH, field, problemSummary, type Refused } from './form.ts';
import type { Html, Page } from './layout.ts';
import { type KnownProfile, PROFILE_LABELS, profileFields } from './profile.ts';

const EMAIL_LABEL = 'E-mail address';

export type SignInView = {
  /** Where to go afterwards. */
  readonly to: string;
  readonly canMail: boolean;
  readonly withPasskeys: boolean;
  readonly issuers: readonly { readonly key: string; readonly name: string }[];
  readonly refused?: Refused;
};

export function signInPage(view: SignInView): Page {
  const { to, canMail, withPasskeys, issuers, refused = FRESH } = view;
  const hasOthers = canMail && (withPasskeys || issuers.length > 0);
  const title = refused.problems.length > 0 ? 'Put right: sign in' : 'Sign in';
  return {
    title,
    shape: 'card',
    body: html`<h1>Sign in</h1>
${problemSummary(refused, { email: EMAIL_LABEL })}
${canMail ? mailForm(to, refused) : html`<p>This service sends no mail yet, so it cannot mail you a link.</p>`}
${hasOthers ? html`<p class="or" ${withPasskeys && issuers.length === 0 ? html`data-passkey-only hidden` : ''}>or</p>` : ''}
${withPasskeys ? passkeyButton(to) : ''}
${issuers.map((issuer) => issuerLink(issuer, to))}`,
  };
}

function mailForm(to: string, refused: Refused): Html {
  return html`<form method="post" action="/sign-in" novalidate>
<input type="hidden" name="to" value="${to}">
${field(
  {
    name: 'email',
    label: EMAIL_LABEL,
    type: 'email',
    autocomplete: 'email',
    hint: 'We mail you a link to sign in with. There is no password.',
  },
  refused,
)}
<button>Send me a link</button>
</form>`;
}

/** Shown by the script, where the browser knows passkeys. */
function passkeyButton(to: string): Html {
  return html`<div data-passkey="sign-in" data-to="${to}" hidden>
<button class="second" type="button">Sign in with a passkey</button>
<p class="problem" role="alert"></p>
</div>`;
}

function issuerLink({ key, name }: SignInView['issuers'][number], to: string): Html {
  const address = `/sign-in/with/${key}?to=${encodeURIComponent(to)}`;
  return html`<a class="button second" href="${address}" data-turbo="false">Sign in with ${name}</a>`;
}

export function sentPage(minutes: number): Page {
  return {
    title: 'Look at your mail',
    shape: 'card',
    body: html`<h1>Look at your mail</h1>
<p>If the address is right, a link is on its way. It works once, for ${minutes} minutes, on any device.</p>
<p class="hint">Nothing there after a few minutes? Look among the unwanted mail, then
<a href="/sign-in">ask for another one</a>. At most three links can wait for you at a time.</p>`,
  };
}

export type ConfirmView = {
  readonly token: string;
  readonly email: string;
  /** Absent where the address is new here. */
  readonly person?: { readonly name: string };
  readonly known: KnownProfile;
  /** The issuer by which one signs in from then on as well. */
  readonly joins?: string;
  readonly refused?: Refused;
};

export function confirmPage(view: ConfirmView): Page {
  const { token, email, person, known, joins, refused = FRESH } = view;
  const joining = joins ? html`<p>From now on you can sign in with ${joins} as well.</p>` : '';
  const greeting = person
    ? html`<h1>Sign in</h1>
<p>You sign in as <strong>${person.name}</strong> (${email}).</p>`
    : html`<h1>Welcome to Turnabout</h1>
<p>You are new here as <strong>${email}</strong>. Tell us who you are.</p>`;
  return {
    title: refused.problems.length > 0 ? 'Put right: sign in' : 'Sign in',
    shape: 'card',
    body: html`${greeting}
${joining}
${problemSummary(refused, PROFILE_LABELS)}
<form method="post" action="/sign-in/confirm/${token}" novalidate>
${person ? '' : profileFields(known, refused)}
<button>${person ? 'Sign in' : 'Begin'}</button>
</form>`,
  };
}

export function firstPersonPage(token: string, refused: Refused = FRESH): Page {
  return {
    title: refused.problems.length > 0 ? 'Put right: begin' : 'Begin',
    shape: 'card',
    body: html`<h1>Welcome to Turnabout</h1>
<p>You are the first one here. Tell us who you are, and then invite your partners.</p>
${problemSummary(refused, { email: EMAIL_LABEL, ...PROFILE_LABELS })}
<form method="post" action="/first/${token}" novalidate>
${field(
  {
    name: 'email',
    label: EMAIL_LABEL,
    type: 'email',
    autocomplete: 'email',
    hint: 'Where your invitations go, once this service can send mail.',
  },
  refused,
)}
${profileFields({}, refused)}
<button>Begin</button>
</form>`,
  };
}

/** The same for a link that was used, has expired or never was. */
export function linkGonePage(): Page {
  return {
    title: 'This link is not good any more',
    shape: 'card',
    body: html`<h1>This link is not good any more</h1>
<p>It was used before, or it is too old. Links work once, and not for long.</p>
<a class="button" href="/sign-in">Ask for another one</a>`,
  };
}
