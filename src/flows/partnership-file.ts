// What a partnership file says, in the terms of the domain, and what is wrong with it.

import type { PartnerId } from '../domain/partner.ts';
import type { CheckIn, Partnership } from '../domain/partnership.ts';
import type { PlainDate } from '../domain/time/plain-date.ts';

/** Where a file leaves `since` out, the parity is that of the day from which a plan is made. */
export type OpenPartnership = Omit<Partnership, 'checkIn'> & {
  readonly checkIn: Omit<CheckIn, 'since'> & { readonly since?: PlainDate };
};

/** The template of the check-in's agenda. */
export type AgendaName = 'weekly';

/** The files and addresses of a partner's calendars as they were written. They may hold secrets: never show them whole. */
export type CalendarSources = ReadonlyMap<PartnerId, readonly string[]>;

/** "US-CA", and where the file says so. */
export type Region = Pick<Remark, 'where' | 'field'> & { readonly code: string };

export type PartnershipFile = {
  /** The folder that relative calendar paths start from. */
  readonly folder: string;
  readonly partnership: OpenPartnership;
  readonly agenda: AgendaName;
  /** Where the call is held: an https, tel or sip address. */
  readonly call?: string;
  readonly calendars: CalendarSources;
  /** Whose public holidays are away days ("US-CA"); who is not in it has none. */
  readonly regions: ReadonlyMap<PartnerId, Region>;
  /** Contracted hours a week. */
  readonly hours: ReadonlyMap<PartnerId, number>;
};

/** One thing about a file: `where` is the file and line, `field` the path to it ("" for the whole file). */
export type Remark = { readonly where: string; readonly field: string; readonly message: string };

export type FileReading =
  | { readonly kind: 'right'; readonly file: PartnershipFile; readonly warnings: readonly Remark[] }
  | { readonly kind: 'wrong'; readonly problems: readonly Remark[] };

/** "harbour.yaml:12: partners[0].zone: …" */
export function formatRemark({ where, field, message }: Remark): string {
  return [where, field, message].filter((part) => part !== '').join(': ');
}

/** The partnership with its parity fixed: `from` counts where the file has no `since`. */
export function partnershipSince(open: OpenPartnership, from: PlainDate): Partnership {
  return { ...open, checkIn: { ...open.checkIn, since: open.checkIn.since ?? from } };
}
