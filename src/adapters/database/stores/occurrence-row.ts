// One occurrence: from its rows to the domain, and who is invited to it.

import type { Attendee as InvitedMailbox } from '../../../domain/calendar/itip.ts';
import type { PartnerId } from '../../../domain/partner.ts';
import type { Answer, Origin, Part, Sent } from '../../../domain/run/observation.ts';
import type { Zone } from '../../../domain/time/zone.ts';
import type { KeptOccurrence } from '../../../flows/stores.ts';
import type { Attendee, Occurrence } from '../client/client.ts';
import { optional, toInstant, toPlainDate } from '../columns.ts';
import { pointsColumn, reasonColumn } from '../json-columns.ts';

type Row = Occurrence & { readonly attendees: readonly Omit<Attendee, 'during'>[] };

export function occurrenceOf(row: Row): KeptOccurrence {
  const attendees = [...row.attendees].sort((a, b) => (a.email < b.email ? -1 : 1));
  return {
    id: row.id,
    partnership: row.partnershipId,
    part: row.part as Part,
    origin: row.origin as Origin,
    firstStart: toInstant(row.firstStartsAt),
    occurrence: {
      start: toInstant(row.startsAt),
      end: toInstant(row.endsAt),
      period: periodOf(row),
      burdens: pointsColumn.read(row.burdens),
      credits: pointsColumn.read(row.credits),
      ledger: pointsColumn.read(row.ledger),
      host: row.hostId as PartnerId,
      reason: reasonColumn.read(row.reason),
    },
    item: {
      uid: row.uid,
      start: toInstant(row.startsAt),
      end: toInstant(row.endsAt),
      zone: row.zone as Zone,
      sequence: row.sequence,
      stamp: toInstant(row.stamp),
      status: row.status as 'CONFIRMED' | 'CANCELLED',
      summary: row.summary,
      description: row.description,
      ...optional('location', row.location),
      ...optional('conference', row.conference),
      organizer: { name: row.organizerName, email: row.organizerEmail },
      attendees: attendees.filter(({ invited }) => invited).map(mailboxOf),
    },
    answers: new Map(
      attendees
        .filter(({ invited }) => invited)
        .map(({ personId, partStat }) => [personId as PartnerId, partStat as Answer]),
    ),
    sent: new Map(attendees.flatMap((each) => sentTo(each))),
    invitees: new Set(attendees.map(({ personId }) => personId as PartnerId)),
    answeredAt: new Map(
      attendees.flatMap(({ personId, answeredAt }) =>
        answeredAt === null ? [] : [[personId as PartnerId, toInstant(answeredAt)] as const],
      ),
    ),
    undelivered: new Map(
      attendees.flatMap(({ personId, problem }) =>
        problem === null ? [] : [[personId as PartnerId, problem] as const],
      ),
    ),
  };
}

function periodOf({ period, periodStart, periodEnd, firstDay, lastDay }: Row) {
  return {
    id: period,
    start: toInstant(periodStart),
    end: toInstant(periodEnd),
    first: toPlainDate(firstDay),
    last: toPlainDate(lastDay),
  };
}

function mailboxOf({ name, email, partStat }: Row['attendees'][number]): InvitedMailbox {
  return { name, email, partStat: partStat as Answer };
}

function sentTo(row: Row['attendees'][number]): (readonly [PartnerId, Sent])[] {
  const { personId, sentMethod, sentSequence, sentStamp, sentAt, sentStartsAt, sentEndsAt, sentHostId } = row;
  if (sentMethod === null) return [];
  const sent = {
    method: sentMethod as Sent['method'],
    sequence: sentSequence!,
    stamp: toInstant(sentStamp!),
    at: toInstant(sentAt!),
    time: { start: toInstant(sentStartsAt!), end: toInstant(sentEndsAt!) },
    host: sentHostId as PartnerId,
  };
  return [[personId as PartnerId, sent]];
}
