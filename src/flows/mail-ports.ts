// Mail as the flows need it: one message to one recipient going out, and what comes into a mailbox of our own.

import type { ItipMethod, Mailbox, PartStat } from '../domain/calendar/itip.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { Interval } from '../domain/time/interval.ts';

/** One message to one recipient. */
export type OutgoingMail = {
  /** Without angle brackets; chosen by us beforehand, so that a repetition is recognised. */
  readonly messageId: string;
  /** The Date header. */
  readonly date: Instant;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** `method` is METHOD of the iCalendar text. */
  readonly calendar?: { readonly method: ItipMethod; readonly ics: string };
  /** The Message-ID, without angle brackets, of what it belongs to. */
  readonly inReplyTo?: string;
};

/** What became of a message. Every text is safe to show. */
export type SendOutcome =
  /** The server has it, and said so. */
  | { readonly kind: 'accepted'; readonly response: string }
  /** It may go later. The server may also have it, where its answer was lost: a repetition carries the same Message-ID. */
  | { readonly kind: 'deferred'; readonly why: string }
  /** There is no server that could have it: it may go once one is set. */
  | { readonly kind: 'no-server'; readonly why: string }
  /** For good: not to this recipient, or not this message. */
  | { readonly kind: 'refused'; readonly why: string };

/** Whether a mail server can be worked with; `why` is safe to show. */
export type Readiness = { readonly kind: 'ready' } | { readonly kind: 'problem'; readonly why: string };

/** Sends mail. Never throws because of the world outside. */
export type Mailer = {
  readonly send: (mail: OutgoingMail) => Promise<SendOutcome>;
  readonly check: () => Promise<Readiness>;
};

/** How far a mailbox was read: UIDs rise within one UIDVALIDITY (RFC 9051 2.3.1.1). */
export type InboxMark = { readonly uidValidity: string; readonly uid: number };

/** A message that did not reach its recipient, as their server reports it (RFC 3464). */
export type Bounce = {
  /** A bare address in lower case. */
  readonly recipient: string;
  /** Message-ID of what was sent, without angle brackets. */
  readonly originalMessageId?: string;
  /** Given up for good; else it is still being tried, or trying was given up for a reason that may pass. */
  readonly permanent: boolean;
  readonly why: string;
};

/** One message from the mailbox, as far as anything of it matters here. Nothing in it is trusted but what the server added. */
export type IncomingMail = {
  /** Without angle brackets; where the sender gave none, made from the message, so that it is the same at every reading. */
  readonly messageId: string;
  /** A bare address in lower case; empty where the message names no sender or several. */
  readonly from: string;
  readonly subject: string;
  readonly receivedAt: Instant;
  /** What our own mail server found out about the sender's domain (DMARC, RFC 7489). */
  readonly authentication: 'pass' | 'fail' | 'unknown';
  /** The text/calendar part, else an .ics attachment. */
  readonly calendarText?: string;
  readonly bounce?: Bounce;
  /** Written by a program on its own (RFC 3834), such as an absence notice. */
  readonly autoSubmitted: boolean;
};

/** A message, or why there is nothing to be had from it; `why` is safe to show. */
export type MailReading =
  | { readonly kind: 'mail'; readonly mail: IncomingMail }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly why: string };

/** One message of the mailbox, and how far it is read with it. */
export type InboxEntry = { readonly mark: InboxMark } & MailReading;

/** The mailbox to which answers come. Nothing in it is deleted. */
export type Inbox = {
  /**
   * What came after `since`, oldest first and at most 500 messages; everything where the mailbox was numbered anew. A message
   * counts as seen once the next is asked for. Throws ProviderUnavailable where the mailbox cannot be read on.
   */
  readonly read: (since: InboxMark | undefined) => AsyncIterable<InboxEntry>;
  readonly check: () => Promise<Readiness>;
  /** Ends what is being read. */
  readonly close: () => void;
};

/** Who answers to what. */
export type ItipAnswer = {
  readonly uid: string;
  /** Of the revision that is answered; undefined where the answer does not say it. */
  readonly sequence?: number;
  /** A bare address in lower case: for whom it is answered, whoever sent it (RFC 5545 3.2.18 SENT-BY). */
  readonly attendee: string;
  /** What they say to the time that stands. */
  readonly partStat: PartStat;
  /** DTSTAMP, which tells the later of two answers. */
  readonly stamp: Instant;
  /** At most 2,000 characters. */
  readonly comment?: string;
};

/** An iCalendar text that came by mail: an answer to an invitation, or not. `why` is safe to show. */
export type ItipReading =
  | ({ readonly kind: 'reply' } & ItipAnswer)
  /** The interval is the time that is proposed instead. */
  | ({ readonly kind: 'counter' } & ItipAnswer & Interval)
  | { readonly kind: 'other'; readonly method: string }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads the calendar of an incoming message. */
export type ReadItip = (text: string) => ItipReading;
