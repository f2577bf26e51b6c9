// Routes: the agreement, its draft, and signing it.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { ChangedMeanwhile, InvalidFields, NotFound } from '../../../domain/errors.ts';
import { draftAgreement, withdrawDraft } from '../../../flows/partnership/draft-agreement.ts';
import { previewDraft } from '../../../flows/partnership/preview-draft.ts';
import { signAgreement } from '../../../flows/partnership/sign-agreement.ts';
import { readAgreementVersion } from '../../../flows/read/agreement-version.ts';
import { readAgreementVersions } from '../../../flows/read/agreement-versions.ts';
import { readChangedDraft, readDraftForm } from '../../../flows/read/draft-form.ts';
import { agreementPage } from '../../../views/pages/agreement.ts';
import { agreementVersionPage } from '../../../views/pages/agreement-version.ts';
import { type DraftFormView, draftFormPage } from '../../../views/pages/draft-form.ts';
import type { Refused } from '../../../views/pages/form.ts';
import { partnershipPath } from '../../../views/pages/paths.ts';
import { previewPage } from '../../../views/pages/preview.ts';
import { formText, inputOf } from '../input.ts';
import { parameter, type Route } from '../route.ts';
import { adjustedTermsIn, byField, termsIn } from './draft-text.ts';
import { type PageParts, partnerOf, requireTick, takeForm, writtenIn } from './parts.ts';
import { textIn } from './texts.ts';

const PATH = '/partnerships/:id/agreement';

export function agreementRoutes(parts: PageParts): readonly Route[] {
  const look = { method: 'GET', access: 'partner' } as const;
  const act = { method: 'POST', access: 'partner' } as const;
  return [
    {
      ...look,
      path: PATH,
      name: 'agreement',
      handle: (request, response) => show(request, response, { parts }),
    },
    { ...look, path: `${PATH}/edit`, name: 'draft-form', handle: showForm(parts) },
    { ...act, path: `${PATH}/edit`, name: 'draft-save', handle: save(parts) },
    { ...look, path: `${PATH}/preview`, name: 'draft-preview', handle: preview(parts) },
    { ...look, path: `${PATH}/:version`, name: 'agreement-version', handle: showVersion(parts) },
    { ...act, path: `${PATH}/signature`, name: 'draft-sign', handle: sign(parts) },
    { ...act, path: `${PATH}/withdraw`, name: 'draft-withdraw', handle: withdraw(parts) },
  ];
}

type Showing = { readonly parts: PageParts; readonly refused?: Refused };

async function show(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const view = await readAgreementVersions(await partnerOf(request, 'see', parts), parts.world);
  await parts.pages.show(request, response, agreementPage({ ...view, ...(refused && { refused }) }));
}

function showVersion(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const partner = await partnerOf(request, 'read', parts);
    const view = await readAgreementVersion(partner, versionIn(request), parts.world);
    await parts.pages.show(request, response, agreementVersionPage(view));
  };
}

function versionIn(request: Request): number {
  const text = parameter(request, 'version');
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new NotFound('version');
  return Number(text);
}

function showForm(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const view = await readDraftForm(await partnerOf(request, 'adjust', parts), parts.world);
    await parts.pages.show(request, response, draftFormPage(view));
  };
}

function save(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const partner = await partnerOf(request, 'adjust', parts);
    const view = await readDraftForm(partner, world);
    const values = writtenIn(request);
    // What the form was made from is what its reader saw, and not what stands now.
    const basedOn = textIn(values, 'basedOn');
    await takeForm(request, response, {
      take: async () => {
        const changed = await keep(values, { partner, view, world });
        if (changed) return showChanged(request, response, { parts, view: { ...view, ...changed } });
        pages.goTo(response, partnershipPath(view.id, '/agreement'), { text: SAVED });
      },
      again: (refused) => pages.show(request, response, draftFormPage({ ...view, basedOn, refused })),
    });
  };
}

const SAVED = 'The draft is saved. Everybody is told.';

type Keeping = {
  readonly partner: Parameters<typeof draftAgreement>[0];
  readonly view: DraftFormView;
  readonly world: PageParts['world'];
};

type ChangedDraft = Pick<DraftFormView, 'changed' | 'refused'>;

/** Keeps the draft; gives what somebody else made of it, where the form was made from another one. */
async function keep(
  values: Refused['values'],
  { partner, view, world }: Keeping,
): Promise<ChangedDraft | undefined> {
  const terms = view.isNewcomer
    ? adjustedTermsIn(values, view.terms, view.reader)
    : termsIn(
        values,
        view.partners.map(({ id }) => id),
      );
  const basedOn = textIn(values, 'basedOn');
  try {
    await draftAgreement(partner, { terms, ...(basedOn !== '' && { basedOn }) }, world);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidFields)
      throw new InvalidFields(byField(error.problems, terms), { cause: error });
    if (!(error instanceof ChangedMeanwhile)) throw error;
    const changed = await readChangedDraft(view.id, terms, world.database);
    return changed
      ? { changed, refused: { values, problems: [] } }
      : { refused: { values, problems: [GONE] } };
  }
}

const GONE = {
  path: '',
  message: 'the draft was signed or withdrawn while you were writing: save again, and yours is a new draft',
};

/** With what is written in it, made from what stands now: saving again puts it in its place. */
async function showChanged(
  request: Request,
  response: Response,
  { parts, view }: { readonly parts: PageParts; readonly view: DraftFormView },
): Promise<void> {
  response.status(409);
  await parts.pages.show(request, response, draftFormPage(view));
}

function preview(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const partner = await partnerOf(request, 'read', parts);
    const { id, name, reader, draft } = await readAgreementVersions(partner, parts.world);
    const planned = await previewDraft(partner, parts.world);
    const version = draft!.draft.version;
    const shown = planned && { planned: { partnership: planned.request.partnership, plan: planned.plan } };
    await parts.pages.show(request, response, previewPage({ id, name, version, reader, ...shown }));
  };
}

function sign(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const partner = await partnerOf(request, 'sign', parts);
    await takeForm(request, response, {
      take: async () => {
        const { hash } = inputOf(z.object({ hash: formText }), request.body);
        requireTick(writtenIn(request), { path: 'agree', message: 'is missing: tick the box, if you agree' });
        const outcome = await signAgreement(partner, hash, world);
        pages.goTo(response, partnershipPath(partner.partnership, '/agreement'), { text: SIGNED[outcome] });
      },
      again: (refused) => show(request, response, { parts, refused }),
    });
  };
}

const SIGNED = {
  waiting: 'You have signed. It counts when the others have signed as well.',
  'in-force': 'All have signed. The check-ins are planned within a minute.',
} as const;

function withdraw(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const partner = await partnerOf(request, 'write', parts);
    await withdrawDraft(partner, parts.world);
    const notice = { text: 'The draft is withdrawn.' };
    parts.pages.goTo(response, partnershipPath(partner.partnership, '/agreement'), notice);
  };
}
