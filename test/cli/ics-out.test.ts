// The whole way: from the example to an .ics that every reader we know understands alike, and what becomes of it later.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/domain/time/instant.ts';
import {
  complaintsByValidators,
  everyPeerAvailable,
  startsByEveryPeer,
  startsOf,
} from '../support/interop.ts';
import { folderWith, run } from './run.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const FROM = ['--from', '2027-01-04'];

type Printed = {
  readonly occurrences: readonly { readonly period: string; readonly uid: string; readonly start: string }[];
};

const GROUP = `
partnership: Harbour
anchor: Europe/Berlin
checkIn: { every: 1w, duration: 30m, since: 2027-01-04, call: "https://meet.example.com/harbour" }
partners:
  - { name: Ana Duarte, email: ana@example.com, zone: America/New_York, reachable: "daily 05:00-24:00" }
  - name: Ben Okafor
    email: ben@example.com
    zone: Europe/Berlin
    reachable: daily 05:00-24:00
`;

/** What stands in the file for each UID: its SEQUENCE, STATUS and DTSTAMP. */
function itemsIn(text: string): Map<string, { sequence: string; status: string; stamp: string }> {
  const events = text.replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1);
  const value = (event: string, name: string) =>
    new RegExp(`^${name}[^:\\r\\n]*:(.*)\\r$`, 'm').exec(event)?.[1] ?? '';
  return new Map(
    events.map((event) => [
      value(event, 'UID'),
      { sequence: value(event, 'SEQUENCE'), status: value(event, 'STATUS'), stamp: value(event, 'DTSTAMP') },
    ]),
  );
}

describe('the calendar file of a plan', () => {
  const folder = folderWith({ 'group.yaml': GROUP });

  it.skipIf(!everyPeerAvailable())(
    'has the starts of the plan for every reader, and no complaint',
    async () => {
      const path = join(folder.path(), 'harbour.ics');
      const args = [
        'plan',
        join(EXAMPLES, 'harbour.yaml'),
        ...FROM,
        '--weeks',
        '26',
        '--json',
        '--ics',
        path,
      ];
      const { code, stdout } = await run(args, { folder: folder.path() });
      expect([0, 2]).toContain(code);
      const { occurrences } = JSON.parse(stdout) as Printed;
      const text = await readFile(path, 'utf8');
      const wanted = startsOf(occurrences.map(({ uid, start }) => ({ uid, start: parseInstant(start)! })));
      const peers = startsByEveryPeer(
        text,
        parseInstant('2027-01-01T00:00:00Z')!,
        parseInstant('2027-08-01T00:00:00Z')!,
      );
      for (const [peer, starts] of peers) expect(starts, peer).toEqual(wanted);
      expect(complaintsByValidators(text)).toEqual([]);
    },
  );

  it('stays the same to the byte where nothing has changed', async () => {
    const args = ['plan', 'group.yaml', ...FROM, '--ics', 'same.ics'];
    await run(args, { folder: folder.path() });
    const before = await readFile(join(folder.path(), 'same.ics'), 'utf8');
    await run(args, { folder: folder.path() });
    expect(await readFile(join(folder.path(), 'same.ics'), 'utf8')).toBe(before);
  });

  it('raises SEQUENCE for the one occurrence that has to move, and for no other', async () => {
    const args = ['plan', 'group.yaml', ...FROM, '--json', '--ics', 'moved.ics'];
    const { occurrences } = JSON.parse((await run(args, { folder: folder.path() })).stdout) as Printed;
    const hit = occurrences[6]!;
    const busy = `    busy: [{ start: ${hit.start}, end: ${hit.start.replace(/T.*/, 'T23:00:00Z')} }]\n`;
    await writeFile(join(folder.path(), 'busier.yaml'), `${GROUP}${busy}`);
    await run(['plan', 'busier.yaml', ...args.slice(2)], { folder: folder.path() });
    const items = itemsIn(await readFile(join(folder.path(), 'moved.ics'), 'utf8'));
    for (const { uid } of occurrences)
      expect(items.get(uid)?.sequence, uid).toBe(uid === hit.uid ? '1' : '0');
  });

  it('gives a change of place the next SEQUENCE and a newer DTSTAMP', async () => {
    await run(['plan', 'group.yaml', ...FROM, '--ics', 'text.ics'], { folder: folder.path() });
    const before = itemsIn(await readFile(join(folder.path(), 'text.ics'), 'utf8'));
    await writeFile(join(folder.path(), 'room.yaml'), GROUP.replace('/harbour"', '/pier"'));
    await run(['plan', 'room.yaml', ...FROM, '--ics', 'text.ics'], { folder: folder.path() });
    const after = itemsIn(await readFile(join(folder.path(), 'text.ics'), 'utf8'));
    for (const [uid, { stamp }] of before) {
      expect(after.get(uid)).toMatchObject({ sequence: '1', status: 'CONFIRMED' });
      expect(after.get(uid)!.stamp > stamp).toBe(true);
    }
  });
});
