// The world of the service, as far as flows need it.

import type { CalendarEvent } from '../domain/calendar/event.ts';
import type { Mailbox } from '../domain/calendar/itip.ts';
import type { ReadingProblem } from '../domain/calendar/reading.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { Interval } from '../domain/time/interval.ts';
import type { Zone } from '../domain/time/zone.ts';
import type { Mailer, ReadItip } from './mail-ports.ts';
import type { Clock, PublicHolidays } from './ports.ts';
import type { Database } from './stores.ts';

/** Validators of a copy (RFC 9110 8.8), kept whole and given back to whoever gave them. */
export type Validators = {
  readonly givenBy: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Milliseconds that the calendar asks for between two readings. */
  readonly interval?: number;
};

/** What reading a calendar gave; `nextIn` is when to look again at the earliest, in milliseconds. */
export type CalendarOutcome =
  | { readonly kind: 'unchanged'; readonly nextIn: number }
  | {
      readonly kind: 'read';
      readonly events: readonly CalendarEvent[];
      readonly problems: readonly ReadingProblem[];
      readonly validators?: Validators;
      readonly nextIn: number;
    }
  | { readonly kind: 'unreadable'; readonly why: string; readonly nextIn: number };

/** Which part of a calendar is wanted, and how it is read. */
export type CalendarRequest = {
  readonly window: Interval;
  readonly zone: Zone;
  readonly owner?: string;
  readonly validators?: Validators;
};

/** What somebody wrote as a calendar's address: the address as it is asked, or what would be right. The url is a secret. */
export type AddressCheck =
  | { readonly kind: 'address'; readonly url: string; readonly host: string }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Reads the calendar at an address. Never throws for what the address leads to. */
export type ReadAddress = (address: string, request: CalendarRequest) => Promise<CalendarOutcome>;

/** Secrets: chance, digests, and what only this service can open again. */
export type Secrets = {
  readonly newId: () => string;
  /** 256 bits of chance as base64url. */
  readonly newToken: () => string;
  /** SHA-256 as lower-case hex. */
  readonly digest: (text: string) => string;
  readonly seal: (text: string) => Uint8Array;
  /** Throws where it was sealed with another key. */
  readonly open: (sealed: Uint8Array) => string;
};

/** A link in a mail that speaks for its recipient about one matter, until it expires. */
export type LinkClaims = {
  readonly person: string;
  readonly partnership: string;
  readonly matter: string;
  readonly expiresAt: Instant;
};

/** Addresses of pages of ours. Signed ones are the same for the same claims. */
export type Links = {
  readonly page: (path: string) => string;
  readonly sign: (claims: LinkClaims) => Promise<string>;
  /** Undefined where it is none of ours or has expired. */
  readonly verify: (link: string) => Promise<LinkClaims | undefined>;
};

/** What the service calls itself in mail. */
export type Sender = { readonly mailbox: Mailbox; readonly domain: string };

/** Everything together. */
export type World = {
  readonly clock: Clock;
  readonly database: Database;
  readonly mailer: Mailer;
  readonly secrets: Secrets;
  readonly links: Links;
  readonly sender: Sender;
  readonly readAddress: ReadAddress;
  readonly checkAddress: (text: string) => AddressCheck;
  readonly publicHolidays: PublicHolidays;
  readonly readItip: ReadItip;
};
