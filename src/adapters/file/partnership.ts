// Reads a partnership file: YAML or JSON, everything that is wrong with it at once.

import { dirname } from 'node:path';
import type { z } from 'zod';
import { type PartnerId, partnerIdOf } from '../../domain/partner.ts';
import type { FileReading, PartnershipFile, Region, Remark } from '../../flows/partnership-file.ts';
import { holdsAddress } from '../../flows/show-safely.ts';
import { type FieldPath, readDocument, type YamlDocument } from './document.ts';
import { type Finding, findInPartner, partnerOf, warnOfPartner } from './partner.ts';
import { type FileShape, fileShape, type PartnerShape, partnerShape } from './shape.ts';
import { readText } from './text.ts';
import { findAmong, findInLedger, findSince, type Placed } from './together.ts';

/** The partnership in the file at `path`, or all that is wrong with it. Never throws for what is in the file. */
export async function readPartnershipFile(path: string): Promise<FileReading> {
  const read = await readText(path);
  if (read.kind === 'problem') return wrong([{ where: path, field: '', message: read.problem }]);
  return readPartnership(read.text, path);
}

/** The same for a text; `path` is what its problems are said to be in. */
export function readPartnership(text: string, path: string): FileReading {
  const read = readDocument(text, path);
  if (read.kind === 'problems')
    return wrong(
      read.problems.map(({ line, problem }) => ({ where: `${path}:${line}`, field: '', message: problem })),
    );
  const remark = (finding: Finding): Remark => remarkOn(finding, read.document, path);
  const { top, partners, findings } = readShapes(read.document.value);
  const all = [...findings, ...partners.flatMap(findInEach), ...findAmong(partners)];
  if (top) all.push(...findSince(top.checkIn));
  if (top && findings.length === 0) all.push(...findInLedger(top, partners));
  if (!top || all.length > 0) return wrong(all.map(remark).sort(byLine));
  const warnings = partners.flatMap(([i, each]) => under(i, warnOfPartner(each))).map(remark);
  const regions = regionsOf(partners, remark);
  const file = {
    ...fileOf(
      top,
      partners.map(([, each]) => each),
    ),
    regions,
    folder: dirname(path),
  };
  return { kind: 'right', file, warnings };
}

type Shapes = {
  readonly top?: FileShape;
  readonly partners: readonly Placed[];
  readonly findings: readonly Finding[];
};

function readShapes(value: unknown): Shapes {
  const findings: Finding[] = [];
  const top = fileShape.safeParse(value);
  if (!top.success) findings.push(...top.error.issues.flatMap(findingsOf));
  const listed = partnersIn(value);
  if (listed && (listed.length < 2 || listed.length > 12)) findings.push(tooFewOrMany(listed.length));
  const partners: Placed[] = [];
  for (const [i, each] of (listed ?? []).slice(0, 12).entries()) {
    const read = partnerShape.safeParse(each);
    if (read.success) partners.push([i, read.data]);
    else findings.push(...under(i, read.error.issues.flatMap(findingsOf)));
  }
  return { ...(top.success && { top: top.data }), partners, findings };
}

function partnersIn(value: unknown): readonly unknown[] | undefined {
  const partners =
    typeof value === 'object' && value !== null && 'partners' in value ? value.partners : undefined;
  return Array.isArray(partners) ? partners : undefined;
}

function tooFewOrMany(count: number): Finding {
  const names = ['holds nobody', 'holds one partner'][count] ?? `holds ${count} partners`;
  return { path: ['partners'], message: `${names}: a partnership has two to twelve` };
}

/** An object with several unknown keys is one issue with a line of its message for each. */
function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  const messages = issue.message.split('\n');
  return issue.keys.map((key, i) => ({ path: [...path, key], message: messages[i] ?? '' }));
}

function findInEach([index, partner]: Placed): Finding[] {
  return under(index, findInPartner(partner));
}

function regionsOf(
  partners: readonly Placed[],
  remark: (finding: Finding) => Remark,
): Map<PartnerId, Region> {
  const regions = new Map<PartnerId, Region>();
  for (const [i, { email, region }] of partners) {
    if (region === 'none') continue;
    const { where, field } = remark({ path: ['partners', i, 'region'], message: '' });
    regions.set(partnerIdOf(email), { code: region, where, field });
  }
  return regions;
}

function fileOf(
  top: FileShape,
  partners: readonly PartnerShape[],
): Omit<PartnershipFile, 'regions' | 'folder'> {
  const { every, duration, agenda, rotate, since, call } = top.checkIn;
  const checkIn = {
    rhythm: every,
    minutes: duration,
    rotation: rotate,
    ...(since !== undefined && { since }),
  };
  const by = <Value>(read: (partner: PartnerShape) => Value): Map<PartnerId, Value> =>
    new Map(partners.map((partner) => [partnerIdOf(partner.email), read(partner)]));
  const ledger = new Map(Object.entries(top.ledger).map(([email, borne]) => [partnerIdOf(email), borne]));
  return {
    partnership: {
      name: top.partnership,
      anchor: top.anchor,
      checkIn,
      partners: partners.map(partnerOf),
      ledger,
    },
    agenda,
    ...(call !== undefined && { call }),
    calendars: by((partner) => partner.calendars),
    hours: by((partner) => partner.hours),
  };
}

function under(index: number, findings: readonly Finding[]): Finding[] {
  return findings.map(({ path, message }) => ({ path: ['partners', index, ...path], message }));
}

function remarkOn({ path, message }: Finding, document: YamlDocument, file: string): Remark {
  return { where: `${file}:${document.lineOf(path)}`, field: formatPath(path), message };
}

function formatPath(path: FieldPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${formatKey(step)}`))
    .join('');
}

/** A key may be anything that somebody wrote: also an address that should have been a value, or a whole page. */
function formatKey(key: string): string {
  if (holdsAddress(key)) return '(an address)';
  return key.length > 60 ? `${key.slice(0, 57)}…` : key;
}

function byLine(a: Remark, b: Remark): number {
  return Number(a.where.split(':').at(-1)) - Number(b.where.split(':').at(-1));
}

function wrong(problems: readonly Remark[]): FileReading {
  return { kind: 'wrong', problems };
}
