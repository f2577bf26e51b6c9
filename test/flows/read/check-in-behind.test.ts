// Everything behind a check-in (F5), as one of its partners is told of it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { readCheckInBehind } from '../../../src/flows/read/check-in-behind.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { sendInvitation } from '../../../src/flows/run/send-invitation.ts';
import type { KeptOccurrence } from '../../../src/flows/stores.ts';
import { behindResource } from '../../../src/views/resources/occurrence.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;
let coming: readonly KeptOccurrence[];

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
  coming = await occurrencesOf(world, group.id);
});

afterEach(() => world.close());

async function told(to: PartnerId, { item }: KeptOccurrence) {
  return behindResource(await readCheckInBehind(await world.partner(to, group.id, 'read'), item.uid, world));
}

const of = (points: readonly { person: string; points: number }[], person: string) =>
  points.find((each) => each.person === person)!.points;

describe('what is behind a check-in', () => {
  it('is why it is then, what was ruled out by which rule, and whose limit that is', async () => {
    const { because, choice } = await told(group.ana, coming[3]!);
    expect(because).not.toBe('');
    expect(choice!.candidates).toBeGreaterThan(0);
    expect(choice!.candidates).toBeLessThan(choice!.starts);
    expect(choice!.ruledOut).toContainEqual({
      rule: 'reachable',
      person: group.ana,
      starts: expect.any(Number),
      sentence: expect.stringMatching(/^Ana Duarte's limit of reachable hours rules out \d+ starts\.$/),
    });
  });

  it('is the ledger before and after, which differ by what it costs', async () => {
    for (const occurrence of coming.slice(0, 4)) {
      const { ledger, partners } = await told(group.ana, occurrence);
      for (const { person, burden } of partners)
        expect(of(ledger.after, person) - of(ledger.before, person)).toBe(burden);
    }
  });

  it('is the alternative that is best for the reader, and for each reader their own', async () => {
    const odd = coming.find(({ occurrence }) => occurrence.burdens.get(group.ana)! > 0)!;
    const { alternative, partners } = await told(group.ana, odd);
    const burden = partners.find(({ person }) => person === group.ana)!.burden;
    expect(alternative).toMatchObject({ instead: burden });
    expect(alternative!.burden).toBeLessThan(burden);
    expect(alternative!.sentence).toContain(`would cost you`);
    const others = (await told(group.ben, odd)).alternative;
    expect(others?.start).not.toBe(alternative!.start);
  });

  it('stays the same in what is over: ledger and reason, but nothing to choose', async () => {
    const [first] = coming;
    const before = await told(group.ana, first!);
    world.now = plus(first!.item.end, MINUTE);
    await runPartnership(group.id, world);
    const after = await told(group.ana, first!);
    expect(after).toMatchObject({ because: before.because, ledger: before.ledger });
    expect([after.choice, after.alternative]).toEqual([null, null]);
  });

  it('is whom the mail about it did not reach, and why', async () => {
    world.outcomes.push({ kind: 'refused', why: '550 no such mailbox' });
    await sendInvitation({ uid: coming[2]!.item.uid, to: group.ben }, world);
    const { undelivered } = await told(group.ana, coming[2]!);
    expect(undelivered).toEqual([{ person: group.ben, problem: '550 no such mailbox' }]);
  });

  it('is nobody’s business in another partnership', async () => {
    const eve = await world.person('Eve Moss', 'UTC');
    await expect(world.partner(eve, group.id, 'read')).rejects.toThrow(NotFound);
    const partner = await world.partner(group.ana, group.id, 'read');
    await expect(readCheckInBehind(partner, 'nothing@turnabout', world)).rejects.toThrow(NotFound);
  });
});
