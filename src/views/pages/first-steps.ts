// The way to the first check-in, in order: one's own hours, somebody to meet, everybody's signature.

import { html } from 'hono/html';
import type { PartnerTerms } from '../../domain/agreement/terms.ts';
import { formatWindows } from '../../domain/windows.ts';
import type { Html } from './layout.ts';
import { partnershipPath } from './paths.ts';

export type Steps = {
  /** The reader's own hours as the draft has them; absent where the draft does not name the reader, or none is open. */
  readonly own?: PartnerTerms;
  readonly partners: number;
  readonly invited: number;
  readonly draft?: { readonly version: number; readonly isSignedByReader: boolean; readonly missing: number };
};

export function firstSteps(id: string, { own, partners, invited, draft }: Steps): Html {
  const agreement = partnershipPath(id, '/agreement');
  return html`<section aria-labelledby="steps">
<h2 id="steps">Three steps to your first check-in</h2>
<ol class="steps">
<li><h3>Your hours</h3>${hoursText(own)}
<p><a class="button second" href="${agreement}/edit">${draft ? 'Change the draft' : 'Open a new draft'}</a></p></li>
<li class="${partners > 1 ? 'done' : ''}"><h3>Invite</h3>
<p>${partners > 1 ? `You are ${partners}.` : 'A check-in needs two of you.'} ${invitedText(invited)}</p>
<p><a class="button second" href="#invite">Invite somebody</a></p></li>
<li><h3>Sign</h3>${signText(draft)}
${draft ? html`<p><a class="button second" href="${agreement}">Read and sign</a></p>` : ''}</li>
</ol>
</section>`;
}

function hoursText(own: PartnerTerms | undefined): Html {
  if (!own) return html`<p>There is no draft with your hours in it.</p>`;
  return html`<p>Comfortable: ${formatWindows(own.comfortable).join(', ')}. Reachable: ${formatWindows(own.reachable).join(', ')}. All in ${own.zone}.</p>`;
}

function invitedText(invited: number): string {
  if (invited === 0) return '';
  return invited === 1 ? 'One invitation is open.' : `${invited} invitations are open.`;
}

function signText(draft: Steps['draft']): Html {
  if (!draft) return html`<p>There is nothing to sign.</p>`;
  const { isSignedByReader, missing } = draft;
  const others = isSignedByReader ? missing : missing - 1;
  const rest =
    others > 0 ? ` ${others === 1 ? 'One other has' : `${others} others have`} not signed yet.` : '';
  return html`<p>${isSignedByReader ? 'You have signed.' : 'The agreement counts when everybody has signed it.'}${rest}</p>`;
}
