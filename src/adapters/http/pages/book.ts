// Routes: the ledger and the record, and putting attendance right.

import type { Request, Response } from 'express';
import { z } from 'zod';
import type { PartnerId } from '../../../domain/partner.ts';
import { correctAttendance } from '../../../flows/answers/correct-attendance.ts';
import { readLedger, readRecord } from '../../../flows/read/book.ts';
import { ledgerPage } from '../../../views/pages/ledger.ts';
import { partnershipPath } from '../../../views/pages/paths.ts';
import { type RecordView, recordPage } from '../../../views/pages/record.ts';
import { inputOf } from '../input.ts';
import type { Route } from '../route.ts';
import { listIn, type PageParts, partnerOf, takeForm, writtenIn } from './parts.ts';

export function bookRoutes(parts: PageParts): readonly Route[] {
  const { world, pages } = parts;
  const of = { access: 'partner' } as const;
  return [
    {
      method: 'GET',
      path: '/partnerships/:id/ledger',
      name: 'ledger',
      ...of,
      handle: async (request, response) => {
        const view = await readLedger(await partnerOf(request, 'read', parts), world);
        await pages.show(request, response, ledgerPage(view));
      },
    },
    {
      method: 'GET',
      path: '/partnerships/:id/record',
      name: 'record',
      ...of,
      handle: (request, response) => showRecord(request, response, { parts }),
    },
    {
      method: 'POST',
      path: '/partnerships/:id/attendance',
      name: 'attendance-correct',
      ...of,
      handle: correct(parts),
    },
  ];
}

type Showing = { readonly parts: PageParts; readonly refused?: NonNullable<RecordView['refused']> };

async function showRecord(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const view = await readRecord(await partnerOf(request, 'read', parts), parts.world);
  await parts.pages.show(request, response, recordPage({ ...view, ...(refused && { refused }) }));
}

/** What the form holds beside who was there. */
const CORRECTION = z.object({ period: z.string().max(20), corrects: z.coerce.number().int().optional() });

function correct(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const partner = await partnerOf(request, 'write', parts);
    const { period, corrects } = inputOf(CORRECTION, request.body);
    const present = listIn(writtenIn(request), 'present') as readonly PartnerId[];
    await takeForm(request, response, {
      take: async () => {
        await correctAttendance(partner, { period, present, corrects }, world);
        const notice = { text: 'Put right. The ledger follows.' };
        pages.goTo(response, partnershipPath(partner.partnership, '/record'), notice);
      },
      again: (refused) => showRecord(request, response, { parts, refused: { period, ...refused } }),
    });
  };
}
