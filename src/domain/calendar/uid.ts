// The UID of an occurrence: chosen by us before anything is published, so that a plan made again finds it again.

import { formatDate, type PlainDate } from '../time/plain-date.ts';

/**
 * The UID (RFC 5545 3.8.4.7) of the occurrence of the period that begins on `periodStart`, such as
 * "harbour-2027-01-04-0x3k2l9qpa1f7@turnabout": a readable slug, the date, and a hash of the whole name, because slugs of
 * different names may be equal.
 */
export function uidOf(partnershipName: string, periodStart: PlainDate): string {
  const { slug, hash } = marksOf(partnershipName);
  return `${slug}-${formatDate(periodStart)}-${hash}@turnabout`;
}

/** Which occurrence of which partnership of a service a UID is for; `part` tells two half-meetings apart. */
export type OccurrenceKey = {
  readonly partnership: string;
  readonly period: string;
  readonly part: 0 | 1 | 2;
};

/**
 * The UID of an occurrence of the service, such as "2027-W01-6f1c…@turnabout": the id of its period and that of the
 * partnership, which keeps it when it is renamed.
 */
export function occurrenceUid({ partnership, period, part }: OccurrenceKey): string {
  return `${period}-${partnership}${part === 0 ? '' : `-${part}`}@turnabout`;
}

/** Whether `uid` was made by `uidOf` for this partnership. */
export function isUidOf(partnershipName: string, uid: string): boolean {
  const { slug, hash } = marksOf(partnershipName);
  const date = uid.slice(slug.length + 1, -(hash.length + '-@turnabout'.length));
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && uid === `${slug}-${date}-${hash}@turnabout`;
}

function marksOf(name: string): { readonly slug: string; readonly hash: string } {
  const normal = name.normalize('NFC').trim();
  return { slug: slugOf(normal), hash: fnv1a(normal) };
}

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, 40);
  return slug.replace(/^-+|-+$/g, '') || 'partnership';
}

/** FNV-1a, 64 bits, over UTF-16 code units, in 13 digits of base 36. Source: draft-eastlake-fnv, offset basis and prime. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(36).padStart(13, '0');
}
