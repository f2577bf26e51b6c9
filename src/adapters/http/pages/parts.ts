// What the routes of pages are made of, and what several of them do.

import type { Request, Response } from 'express';
import { Conflict, type FieldProblem, InvalidFields } from '../../../domain/errors.ts';
import type { AccessWorld } from '../../../flows/access/ports.ts';
import {
  type AuthorizedPartner,
  type AuthorizedPerson,
  authorizePartner,
  authorizePerson,
  type PartnerPermission,
  type Permission,
} from '../../../flows/authorized.ts';
import type { OutgoingMail } from '../../../flows/mail-ports.ts';
import type { World } from '../../../flows/world.ts';
import type { Refused } from '../../../views/pages/form.ts';
import type { AccountParts } from '../account/parts.ts';
import { credentialOf, idOf } from '../route.ts';

export type PageParts = Omit<AccountParts, 'world'> & {
  readonly world: World & AccessWorld;
  /** Mail that was not sent; absent where it is not to be shown. */
  readonly outbox?: () => readonly OutgoingMail[];
};

export function personOf<Needed extends Permission>(
  request: Request,
  needed: Needed,
): AuthorizedPerson<Needed> {
  return authorizePerson(credentialOf(request), needed);
}

/** The partner who asks, in the partnership that the path names; throws NotFound for everybody else. */
export async function partnerOf<Needed extends PartnerPermission>(
  request: Request,
  needed: Needed,
  { world }: Pick<PageParts, 'world'>,
): Promise<AuthorizedPartner<Needed>> {
  const partnership = idOf(request, 'partnership');
  return authorizePartner(credentialOf(request), { partnership, needed }, world.database);
}

type Taking = { readonly take: () => Promise<void>; readonly again: (refused: Refused) => Promise<void> };

/** Takes what is in a form, or shows its page again with what was written and what is wrong or stands in the way. */
export async function takeForm(request: Request, response: Response, { take, again }: Taking): Promise<void> {
  try {
    await take();
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    response.status(refusal.status);
    await again({ values: writtenIn(request), problems: refusal.problems });
  }
}

/** Turbo shows both answers in place of the page, as a browser without it does. */
function refusalOf(
  error: unknown,
): { readonly status: 409 | 422; readonly problems: readonly FieldProblem[] } | undefined {
  if (error instanceof InvalidFields) return { status: 422, problems: error.problems };
  if (error instanceof Conflict) return { status: 409, problems: [{ path: '', message: error.message }] };
  return undefined;
}

/** The fields of the form that are text, or several texts. */
export function writtenIn({ body }: Request): Refused['values'] {
  const written: (readonly [string, string | readonly string[]])[] = [];
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'string') written.push([name, value]);
    if (Array.isArray(value)) written.push([name, value.filter((each) => typeof each === 'string')]);
  }
  return Object.fromEntries(written);
}

/** What was ticked or is there several times, as a list. */
export function listIn(values: Refused['values'], name: string): readonly string[] {
  const written = values[name] ?? [];
  return typeof written === 'string' ? [written] : written;
}

/** Throws InvalidFields where the box is not ticked. */
export function requireTick(values: Refused['values'], { path, message }: FieldProblem): void {
  if (listIn(values, path).length === 0) throw new InvalidFields([{ path, message }]);
}
