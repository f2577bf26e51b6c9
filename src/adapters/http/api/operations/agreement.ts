// The working agreement: the version that counts, those before it, and the draft.

import { z } from 'zod';
import type { Terms } from '../../../../domain/agreement/terms.ts';
import { NotFound } from '../../../../domain/errors.ts';
import { reachableAround } from '../../../../domain/hours.ts';
import type { PartnerId } from '../../../../domain/partner.ts';
import type { AuthorizedPartner } from '../../../../flows/authorized.ts';
import { draftAgreement, withdrawDraft } from '../../../../flows/partnership/draft-agreement.ts';
import { previewDraft } from '../../../../flows/partnership/preview-draft.ts';
import { signAgreement } from '../../../../flows/partnership/sign-agreement.ts';
import { readAgreementVersions } from '../../../../flows/read/agreement-versions.ts';
import { agreementResource, draftResource, versionResource } from '../../../../views/resources/agreement.ts';
import { planResource } from '../../../../views/resources/plan.ts';
import { differencesResource } from '../../../../views/resources/terms.ts';
import { basedOn, etagOf } from '../conditions.ts';
import {
  call,
  choice,
  duration,
  id,
  list,
  nameSuchAs,
  rotation,
  strict,
  text,
  whole,
  windows,
  zone,
} from '../fields.ts';
import { type ApiWorld, forPartner } from '../operation.ts';
import { pageOf, pages, pagingAlone, sortableDown } from '../paging.ts';
import { preview } from '../schemas/check-in.ts';
import * as schemas from '../schemas/partnership.ts';

const tag = 'Agreement';

const partnerTerms = strict({
  id,
  zone,
  comfortable: windows,
  reachable: windows.optional(),
  focus: windows.default([]),
});

/** The terms of a draft, as they are also told. */
const termsSent = strict({
  name: nameSuchAs('Harbour'),
  anchor: zone,
  stage: choice(['early', 'growing', 'mature']),
  checkIn: strict({
    every: choice(['1w', '2w', '1mo']),
    duration,
    rotate: rotation,
    agenda: choice(['weekly']).default('weekly'),
    call: call.nullish(),
  }),
  horizon: strict({ weeks: whole({ least: 12, most: 52 }), invited: whole({ least: 1, most: 52 }) }),
  partners: list(partnerTerms, 12),
});

function termsOf({ checkIn, partners, ...terms }: z.output<typeof termsSent>): Terms {
  const { every, duration: minutes, rotate, agenda, call: where } = checkIn;
  return {
    ...terms,
    checkIn: { rhythm: every, minutes, rotation: rotate, agenda, ...(where && { call: where }) },
    partners: partners.map((each) => ({
      id: each.id.toLowerCase() as PartnerId,
      zone: each.zone,
      comfortable: each.comfortable,
      reachable: each.reachable ?? reachableAround(each.comfortable),
      focus: each.focus,
    })),
  };
}

async function draftIn(partner: AuthorizedPartner, world: ApiWorld) {
  const { draft } = await readAgreementVersions(partner, world);
  if (!draft) throw new NotFound('draft');
  return { body: draftResource(draft), headers: { ETag: etagOf(draft.draft.hash) } };
}

/** Compared with that of the draft by the flow. */
const hash = text((written) => written, {
  example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  description: 'Of the text that you have read: `hash` of the draft.',
  longest: 100,
});

/** The hash of the open draft. */
async function hashIn({ partnership }: AuthorizedPartner, { database }: ApiWorld) {
  return (await database.agreements.draft(partnership))?.hash;
}

export const agreementOperations = [
  forPartner({
    id: 'getAgreement',
    method: 'GET',
    path: '/agreement',
    summary: 'The agreement that counts',
    description: 'Where none counts yet, the one that will.',
    tag,
    needed: 'read',
    answer: { status: 200, description: 'The agreement.', body: schemas.agreement, hasETag: true },
    run: async (partner, { world }) => {
      const { signed, today } = await readAgreementVersions(partner, world);
      const counting = signed.findLast(({ from }) => from <= today) ?? signed.at(-1);
      if (!counting) throw new NotFound('agreement: nothing is signed yet');
      const next = signed.find(({ from }) => from > today && from > counting.from)?.version ?? null;
      return {
        body: { ...agreementResource(counting), next },
        headers: { ETag: etagOf(`${counting.version}-${next ?? 0}`) },
      };
    },
  }),
  forPartner({
    id: 'listAgreements',
    method: 'GET',
    path: '/agreements',
    summary: 'All versions that are no draft any more',
    tag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'The newest first.', body: pages(schemas.version) },
    run: async ({ partnership }, { query, world }) => {
      const all = await world.database.agreements.past(partnership);
      const { items, next } = pageOf(all, (each) => sortableDown(each.version), query);
      return { body: { items: items.map(versionResource), next } };
    },
  }),
  forPartner({
    id: 'getDraft',
    method: 'GET',
    path: '/draft',
    summary: 'The open draft',
    description: 'Its ETag is the hash of its text.',
    tag,
    needed: 'see-draft',
    answer: { status: 200, description: 'The draft.', body: schemas.draft, hasETag: true },
    run: (partner, { world }) => draftIn(partner, world),
  }),
  forPartner({
    id: 'putDraft',
    method: 'PUT',
    path: '/draft',
    summary: 'Open a draft, or change it',
    description:
      'A change takes the signatures from it. Send the ETag that you have seen as If-Match, so that nobody’s change is lost, or `If-None-Match: *` where none is open.',
    tag,
    needed: 'adjust',
    body: termsSent,
    answer: { status: 200, description: 'The draft.', body: schemas.draft, hasETag: true },
    isConditional: true,
    run: async (partner, { body, conditions, world }) => {
      const seen = basedOn('draft', await hashIn(partner, world), conditions);
      const change = { terms: termsOf(body), ...(seen !== undefined && { basedOn: seen }) };
      await draftAgreement(partner, change, world);
      return draftIn(partner, world);
    },
  }),
  forPartner({
    id: 'withdrawDraft',
    method: 'DELETE',
    path: '/draft',
    summary: 'Withdraw the draft',
    description: 'What is in force stays.',
    tag,
    needed: 'write',
    answer: { status: 204, description: 'No draft is open.' },
    isConditional: true,
    run: async (partner, { conditions, world }) => {
      const hash = await hashIn(partner, world);
      if (hash === undefined) throw new NotFound('draft');
      basedOn('draft', hash, { ...conditions, onlyIfNew: false });
      await withdrawDraft(partner, world);
      return { body: undefined };
    },
  }),
  forPartner({
    id: 'getDraftDifferences',
    method: 'GET',
    path: '/draft/differences',
    summary: 'What the draft changes',
    tag,
    needed: 'read',
    answer: { status: 200, description: 'Line by line.', body: schemas.differences },
    run: async (partner, { world }) => {
      const { draft, signed } = await readAgreementVersions(partner, world);
      if (!draft) throw new NotFound('draft');
      return { body: differencesResource(signed.at(-1)?.terms, draft.draft.terms) };
    },
  }),
  forPartner({
    id: 'previewDraft',
    method: 'GET',
    path: '/draft/preview',
    summary: 'The plan as it would be if all signed the draft now',
    tag,
    needed: 'read',
    answer: { status: 200, description: 'The plan.', body: preview },
    run: async (partner, { world }) => {
      const planned = await previewDraft(partner, world);
      return { body: { plan: planned ? planResource(planned.plan, planned.request.partnership) : null } };
    },
  }),
  forPartner({
    id: 'signDraft',
    method: 'POST',
    path: '/draft/signatures',
    summary: 'Sign the draft',
    description:
      'By the hash of the text that you have read. With the last signature it is in force, from the next period on.',
    tag,
    needed: 'sign',
    body: strict({ hash }),
    answer: {
      status: 200,
      description: 'You have signed.',
      body: z.object({ outcome: z.enum(['waiting', 'in-force']) }),
    },
    refusals: [409],
    run: async (partner, { body, world }) => ({
      body: { outcome: await signAgreement(partner, body.hash, world) },
    }),
  }),
];
