// What is kept, one store for each thing that is changed as a whole. Times are parameters: no store reads a clock.

import type { Draft } from '../domain/agreement/draft.ts';
import type { InForce, Terms } from '../domain/agreement/terms.ts';
import type { Snapshot } from '../domain/calendar/snapshot.ts';
import type { Entry } from '../domain/fairness/book.ts';
import type { BusyTime, PartnerId, Travel } from '../domain/partner.ts';
import type { Question } from '../domain/question.ts';
import type { NewQuestion } from '../domain/run/actions.ts';
import type { Answer, PublishedOccurrence, Sent } from '../domain/run/observation.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { Interval } from '../domain/time/interval.ts';
import type { DateRange } from '../domain/time/plain-date.ts';
import type { Zone } from '../domain/time/zone.ts';
import type { CounterRefusal } from '../views/mail/counter-letter.ts';
import type { Validators } from './world.ts';

/** A person with an account. `email` is absent where the person was erased. */
export type Person = {
  readonly id: PartnerId;
  readonly email?: string;
  readonly name: string;
  readonly zone: Zone;
  /** Whose public holidays are days off ("US-CA"), or "none". */
  readonly region: string;
};

/** A day off or a journey, with the id by which it is removed. */
export type Kept<T> = T & { readonly id: string };

/** People, and when they are away. */
export type PersonStore = {
  readonly byId: (id: PartnerId) => Promise<Person | undefined>;
  readonly byEmail: (email: string) => Promise<Person | undefined>;
  readonly add: (person: Person, at: Instant) => Promise<void>;
  readonly change: (
    id: PartnerId,
    changes: Partial<Pick<Person, 'name' | 'zone' | 'region'>>,
  ) => Promise<void>;
  /** What they were called before, which may still stand in what was published. */
  readonly formerNames: (id: PartnerId) => Promise<readonly string[]>;
  readonly leaves: (id: PartnerId) => Promise<readonly Kept<DateRange>[]>;
  readonly travels: (id: PartnerId) => Promise<readonly Kept<Travel>[]>;
  readonly addLeave: (id: PartnerId, leave: Kept<DateRange>) => Promise<void>;
  /** Throws Conflict where it overlaps another one. */
  readonly addTravel: (id: PartnerId, travel: Kept<Travel>) => Promise<void>;
  readonly removeDays: (id: PartnerId, leaveOrTravel: string) => Promise<boolean>;
  /** Takes away the address and everything that is the person's alone; the name stays as `name`. */
  readonly erase: (id: PartnerId, as: { readonly name: string; readonly at: Instant }) => Promise<void>;
};

/** When somebody joined, and left. */
export type Membership = {
  readonly person: PartnerId;
  readonly joinedAt: Instant;
  readonly leftAt?: Instant;
};

/** An invitation to a partnership that is neither accepted nor withdrawn. */
export type Invitation = {
  readonly id: string;
  readonly partnership: string;
  readonly email: string;
  readonly invitedBy: PartnerId;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

/** Partnerships and who is in them. */
export type PartnershipStore = {
  readonly add: (id: string, by: PartnerId, at: Instant) => Promise<void>;
  /** Counts every change below the partnership; undefined where there is none. */
  readonly revision: (id: string) => Promise<number | undefined>;
  /** Counts one up. Throws ChangedMeanwhile where the revision is not `from` any more. Other changes wait until this one is through. */
  readonly touch: (id: string, from?: number) => Promise<void>;
  readonly ran: (id: string, at: Instant) => Promise<void>;
  /** All that have an agreement in force, and when they ran last. */
  readonly running: () => Promise<
    readonly { readonly id: string; readonly ranAt?: Instant; readonly anchor: Zone }[]
  >;
  readonly of: (person: PartnerId) => Promise<readonly string[]>;
  /** Also those that the person has left. */
  readonly everOf: (person: PartnerId) => Promise<readonly string[]>;
  readonly members: (id: string) => Promise<readonly Membership[]>;
  readonly membership: (id: string, person: PartnerId) => Promise<Membership | undefined>;
  readonly join: (id: string, person: PartnerId, at: Instant) => Promise<void>;
  readonly leave: (id: string, person: PartnerId, at: Instant) => Promise<void>;
};

/** Invitations to partnerships. */
export type InvitationStore = {
  /** Throws Conflict where the address has an open one. */
  readonly add: (invitation: Invitation) => Promise<void>;
  readonly open: (partnership: string) => Promise<readonly Invitation[]>;
  /** The open ones to an address, in lower case. */
  readonly to: (email: string) => Promise<readonly Invitation[]>;
  /** How many a person has sent since then, whatever became of them. */
  readonly sentBy: (person: PartnerId, since: Instant) => Promise<number>;
  /** Undefined where it was accepted or withdrawn. */
  readonly byId: (id: string) => Promise<Invitation | undefined>;
  readonly accept: (id: string, at: Instant) => Promise<void>;
  readonly withdraw: (id: string, at: Instant) => Promise<void>;
};

/** How a version of an agreement ended, where it is neither a draft nor signed. */
export type PastVersion = {
  readonly version: number;
  readonly terms: Terms;
  readonly hash: string;
  readonly end: 'signed' | 'lapsed' | 'withdrawn';
  readonly at: Instant;
  readonly signatures: Draft['signatures'];
};

/** The versions of agreements. */
export type AgreementStore = {
  /** Every version that all have signed, in order. */
  readonly inForce: (partnership: string) => Promise<readonly InForce[]>;
  readonly draft: (partnership: string) => Promise<(Draft & { readonly changedBy: PartnerId }) | undefined>;
  /** Whom the version in force names, and whom the open draft does; absent where there is none. */
  readonly named: (partnership: string) => Promise<{
    readonly inForce?: ReadonlySet<PartnerId>;
    readonly draft?: ReadonlySet<PartnerId>;
  }>;
  /** The newest first. */
  readonly past: (partnership: string) => Promise<readonly PastVersion[]>;
  /** Opens a draft as the next version, or replaces the text of the one that is open: signatures on another text fall. */
  readonly putDraft: (
    partnership: string,
    draft: Omit<Draft, 'version' | 'signatures'> & { readonly changedBy: PartnerId },
  ) => Promise<number>;
  readonly sign: (
    partnership: string,
    signature: { readonly person: PartnerId; readonly hash: string; readonly at: Instant },
  ) => Promise<void>;
  readonly enforce: (
    partnership: string,
    as: { readonly at: Instant } & Pick<InForce, 'from' | 'since'>,
  ) => Promise<void>;
  readonly end: (partnership: string, how: 'lapsed' | 'withdrawn', at: Instant) => Promise<void>;
  /** Partnerships with a draft that was changed before `at`. */
  readonly draftsBefore: (at: Instant) => Promise<readonly string[]>;
};

/** An occurrence with the id under which it is kept. */
export type KeptOccurrence = PublishedOccurrence & {
  readonly id: string;
  readonly partnership: string;
  /** Whoever is or was invited to it. */
  readonly invitees: ReadonlySet<PartnerId>;
  /** When each of them answered last. */
  readonly answeredAt: ReadonlyMap<PartnerId, Instant>;
  /** Why the last mail to somebody was not delivered. */
  readonly undelivered: ReadonlyMap<PartnerId, string>;
};

/** Whose mail about which occurrence is to go out, once it is nobody else's to send. */
export type Claim = {
  readonly uid: string;
  readonly person: PartnerId;
  readonly now: Instant;
  readonly until: Instant;
};

/** Occurrences, the answers to them, and what was mailed about them. */
export type OccurrenceStore = {
  /** The SEQUENCE with which a new one begins: 0, and higher after a restore. */
  readonly firstSequence: () => Promise<number>;
  /** Those of periods that are not in the book yet, and of those that were corrected, which may be open again. */
  readonly unclosed: (partnership: string) => Promise<readonly KeptOccurrence[]>;
  /** Those that end after `since`, in order of their starts. */
  readonly after: (partnership: string, since: Instant) => Promise<readonly KeptOccurrence[]>;
  readonly ofPeriod: (partnership: string, period: string) => Promise<readonly KeptOccurrence[]>;
  readonly byUid: (uid: string) => Promise<KeptOccurrence | undefined>;
  /** Adds it or replaces what stood under its UID. Throws ChangedMeanwhile where somebody would be in two check-ins at once. */
  readonly put: (partnership: string, occurrence: PublishedOccurrence) => Promise<void>;
  /** The UIDs of all check-ins to which somebody was ever invited: in their calendar they are no news. */
  readonly uidsOf: (person: PartnerId) => Promise<ReadonlySet<string>>;
  /** When somebody is in check-ins of other partnerships. */
  readonly elsewhere: (
    person: PartnerId,
    partnership: string,
    window: Interval,
  ) => Promise<readonly Interval[]>;
  readonly setHost: (uid: string, host: PartnerId) => Promise<void>;
  readonly answer: (
    uid: string,
    answer: {
      readonly person: PartnerId;
      readonly partStat: Answer;
      readonly at: Instant;
      readonly by: AnsweredBy;
    },
  ) => Promise<void>;
  /** The occurrence, once nobody else is mailing it to that person; undefined while somebody is. */
  readonly claim: (claim: Claim) => Promise<KeptOccurrence | undefined>;
  /** Mailed, or given up for good with the `problem`: either way there is nothing more to do until the next revision. */
  readonly sent: (uid: string, person: PartnerId, sent: Sent, problem?: string) => Promise<void>;
  /** Nobody is mailing anything: for a process that has just begun and is alone. */
  readonly releaseAll: () => Promise<void>;
  /** Nothing was mailed: another try will be. `problem` is what stood in the way. */
  readonly unsent: (uid: string, person: PartnerId, problem?: string) => Promise<void>;
};

/** By which way an answer came. */
export type AnsweredBy = 'link' | 'mail' | 'page' | 'api';

/** The book of a partnership, to which entries are only ever added. */
export type BookStore = {
  readonly entries: (partnership: string) => Promise<readonly (Entry & { readonly postedAt: Instant })[]>;
  /** Throws ChangedMeanwhile where the period is closed already. */
  readonly post: (partnership: string, entry: Entry, posted: { readonly at: Instant }) => Promise<void>;
};

/** Questions and the replies to them. */
export type QuestionStore = {
  readonly of: (partnership: string) => Promise<readonly Question[]>;
  /** Its id; undefined where the same was asked before. */
  readonly ask: (partnership: string, question: NewQuestion, at: Instant) => Promise<string | undefined>;
  readonly reply: (
    question: string,
    reply: { readonly person: PartnerId; readonly answer: 'yes' | 'no'; readonly at: Instant },
  ) => Promise<void>;
  readonly end: (question: string, outcome: NonNullable<Question['outcome']>, at: Instant) => Promise<void>;
};

/** A calendar that somebody connected; its address is kept sealed. */
export type ConnectedCalendar = {
  readonly id: string;
  readonly person: PartnerId;
  readonly kind: 'ics';
  readonly name: string;
  readonly host: string;
  readonly checkedAt?: Instant;
  /** When it was last known to be as we have it. */
  readonly confirmedAt?: Instant;
  /** What was wrong since it was last read. */
  readonly problem?: string;
  readonly failures: number;
  readonly emptiedAt?: Instant;
  readonly nextCheckAt: Instant;
  readonly validators?: Validators;
};

/** What looking at a calendar gave. */
export type CalendarCheck = Pick<
  ConnectedCalendar,
  'problem' | 'failures' | 'emptiedAt' | 'nextCheckAt' | 'validators'
> & {
  readonly checkedAt: Instant;
  /** Absent where the last good copy stays. */
  readonly snapshot?: Snapshot;
};

/** Connected calendars and the last good copy of each. */
export type CalendarStore = {
  readonly add: (calendar: ConnectedCalendar, sealedAddress: Uint8Array) => Promise<void>;
  readonly of: (person: PartnerId) => Promise<readonly ConnectedCalendar[]>;
  readonly byId: (
    id: string,
  ) => Promise<(ConnectedCalendar & { readonly sealedAddress: Uint8Array }) | undefined>;
  readonly due: (at: Instant) => Promise<readonly string[]>;
  readonly snapshot: (id: string) => Promise<Snapshot | undefined>;
  /** What keeps a person busy inside the window by the last good copies of all their calendars; our own check-ins do not. */
  readonly busy: (person: PartnerId, window: Interval) => Promise<readonly BusyTime[]>;
  readonly lookSoon: (id: string, at: Instant) => Promise<void>;
  readonly checked: (id: string, check: CalendarCheck) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
};

/** A mail that is no invitation, before it is put into words. */
export type Notice = {
  readonly id: string;
  /** The same for the same matter and recipient, so that it is mailed once. */
  readonly key: string;
  readonly email: string;
  readonly person?: PartnerId;
  readonly partnership?: string;
  readonly content: NoticeContent;
  readonly createdAt: Instant;
};

/** What a notice is about. Instants and names are read again when it is written, where they may have changed. */
export type NoticeContent =
  | { readonly kind: 'invited'; readonly by: string; readonly invitation: string }
  | { readonly kind: 'draft'; readonly version: number; readonly by: string }
  | { readonly kind: 'in-force'; readonly version: number; readonly from: string }
  | { readonly kind: 'draft-lapsed'; readonly version: number }
  | { readonly kind: 'draft-withdrawn'; readonly version: number; readonly by: string }
  | { readonly kind: 'left'; readonly name: string }
  | { readonly kind: 'joined'; readonly person: PartnerId; readonly invited: string }
  | { readonly kind: 'left-out'; readonly version: number }
  | { readonly kind: 'asked'; readonly question: string }
  | { readonly kind: 'answered'; readonly question: string }
  | { readonly kind: 'missed'; readonly period: string }
  | { readonly kind: 'corrected'; readonly period: string; readonly by: string }
  /** `proposed` is the start that somebody asked for. */
  | {
      readonly kind: 'counter-declined';
      readonly uid: string;
      readonly proposed: Instant;
      readonly because: CounterRefusal;
    }
  | { readonly kind: 'calendar-unknown' | 'calendar-emptied'; readonly calendar: string };

/** Why a notice was given up where nothing stood in its way: what it was about is gone. */
export const NOTHING_LEFT = 'there is nothing left to tell';

/** Notices that are to be mailed. */
export type NoticeStore = {
  /** False where the same was kept before. */
  readonly add: (notice: Notice) => Promise<boolean>;
  readonly claim: (id: string, now: Instant, until: Instant) => Promise<Notice | undefined>;
  readonly sent: (id: string, at: Instant) => Promise<void>;
  readonly unsent: (id: string, problem?: string) => Promise<void>;
  readonly releaseAll: () => Promise<void>;
  /** Ids of those that nobody has sent or given up. */
  readonly waiting: (before: Instant) => Promise<readonly string[]>;
};

/** A feed; its secret is kept as a hash. `partnership` is absent where it holds all partnerships of the person. */
export type Feed = {
  readonly id: string;
  readonly person: PartnerId;
  readonly partnership?: string;
  readonly name: string;
  readonly detail: 'full' | 'busy';
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
};

/** Feeds that are not revoked. */
export type FeedStore = {
  readonly add: (feed: Feed, tokenHash: string) => Promise<void>;
  readonly of: (person: PartnerId) => Promise<readonly Feed[]>;
  readonly byToken: (tokenHash: string) => Promise<Feed | undefined>;
  readonly used: (id: string, at: Instant) => Promise<void>;
  readonly revoke: (id: string, at: Instant) => Promise<void>;
};

/** How far the mailbox was read, and what was read. */
export type InboxStore = {
  readonly mark: (
    address: string,
  ) => Promise<{ readonly uidValidity: string; readonly uid: number } | undefined>;
  readonly read: (
    address: string,
    mark: { readonly uidValidity: string; readonly uid: number },
  ) => Promise<void>;
  readonly isKnown: (messageId: string) => Promise<boolean>;
  /** False where a message with that id was received before. */
  readonly receive: (messageId: string, at: Instant, outcome: string) => Promise<boolean>;
};

/** Everything that is kept of the matters of partnerships. */
export type Stores = {
  readonly people: PersonStore;
  readonly partnerships: PartnershipStore;
  readonly invitations: InvitationStore;
  readonly agreements: AgreementStore;
  readonly occurrences: OccurrenceStore;
  readonly book: BookStore;
  readonly questions: QuestionStore;
  readonly calendars: CalendarStore;
  readonly notices: NoticeStore;
  readonly feeds: FeedStore;
  readonly inbox: InboxStore;
  /** Jobs that are enqueued with the transaction, or not at all. */
  readonly jobs: JobStore;
};

/** Something to be done later or elsewhere. Jobs carry no truth: they say where to look. */
export type Job =
  | { readonly kind: 'run'; readonly partnership: string; readonly because: string }
  | { readonly kind: 'sync'; readonly calendar: string }
  | { readonly kind: 'send'; readonly uid: string; readonly to: PartnerId }
  | { readonly kind: 'notify'; readonly notice: string };

/** Puts jobs into the queue. The same job is in it once; one that is asked for sooner than it waited is sooner. */
export type JobStore = {
  readonly put: (job: Job, at?: Instant) => Promise<void>;
};

/** The stores, and a way to change several of them together or none. Nothing outside is awaited inside `work`. */
export type Database = Stores & {
  readonly transaction: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;
};
