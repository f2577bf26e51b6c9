// Answering an invitation and replying to a question.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { answerInvitation, type InvitationAnswer } from '../../../src/flows/answers/answer-invitation.ts';
import { replyToQuestion } from '../../../src/flows/answers/reply-to-question.ts';
import { authorizePartner } from '../../../src/flows/authorized.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { answerMatter } from '../../../src/flows/run/send-invitation.ts';
import { type Agreed, occurrencesOf, runsAsked, underWay } from '../../support/agreed.ts';
import { founded, type ServiceWorld, serviceWorld, signedByAll } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;
let uid: string;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
  uid = (await occurrencesOf(world, group.id))[1]!.item.uid;
});

afterEach(() => world.close());

async function answer(
  person: PartnerId,
  partStat: InvitationAnswer['partStat'],
  more: Partial<InvitationAnswer> = {},
) {
  const partner = await world.partner(person, group.id, 'answer');
  return answerInvitation(partner, { uid, partStat, by: 'api', ...more }, world);
}

async function standing() {
  return (await world.database.occurrences.byUid(uid))!;
}

describe('an answer', () => {
  it('is kept, counts until it is changed, and asks for a run each time', async () => {
    await answer(group.ben, 'accepted');
    expect((await standing()).answers.get(group.ben)).toBe('accepted');
    await answer(group.ben, 'tentative');
    expect((await standing()).answers.get(group.ben)).toBe('tentative');
    expect(runsAsked(world)).toContain('answer');
  });

  it('that is given twice asks for nothing new', async () => {
    await answer(group.ben, 'accepted');
    world.jobs.length = 0;
    await answer(group.ben, 'accepted');
    expect(world.jobs).toEqual([]);
  });

  it('that is a decline leaves the check-in where it is and asks all for another time', async () => {
    const before = (await standing()).item;
    await answer(group.ben, 'declined');
    await runPartnership(group.id, world);
    expect((await standing()).item).toMatchObject({ start: before.start, status: 'CONFIRMED' });
    expect(await world.database.questions.of(group.id)).toMatchObject([{ asks: [group.ana, group.ben] }]);
  });

  it('that takes a decline back leaves nothing to ask, and a new decline is asked about again', async () => {
    const outcomes = async () => (await world.database.questions.of(group.id)).map(({ outcome }) => outcome);
    for (const partStat of ['declined', 'accepted', 'declined'] as const) {
      world.now = plus(world.now, MINUTE);
      await answer(group.ben, partStat);
      await runPartnership(group.id, world);
    }
    expect(await outcomes()).toEqual(['moot', undefined]);
    await runPartnership(group.id, world);
    expect(await outcomes()).toHaveLength(2);
  });

  it('that is a decline after which nobody can come goes on being asked about after a no', async () => {
    await answer(group.ben, 'declined');
    await runPartnership(group.id, world);
    const [first] = await world.database.questions.of(group.id);
    const partner = await world.partner(group.ana, group.id, 'answer');
    await replyToQuestion(partner, { question: first!.id, answer: 'no' }, world);
    await runPartnership(group.id, world);
    const [, second] = await world.database.questions.of(group.id);
    expect(second).toMatchObject({ ask: { kind: 'time', declined: { by: [group.ben] } } });
    expect(second!.ask).not.toMatchObject({ time: first!.ask.kind === 'time' && first!.ask.time });
  });

  it('is too late once the check-in has begun', async () => {
    world.now = (await standing()).item.start;
    await expect(answer(group.ben, 'declined')).rejects.toThrow('has begun');
  });

  it('to what was cancelled is refused', async () => {
    await leavePartnership(await world.partner(group.ana, group.id, 'leave'), world);
    await runPartnership(group.id, world);
    await expect(answer(group.ben, 'accepted')).rejects.toThrow('cancelled');
  });

  it('to a check-in of others, or one that nobody knows, finds none', async () => {
    const [eve, dev] = [await world.person('Eve Moss', 'UTC'), await world.person('Dev Sharma', 'UTC')];
    const other = await founded(world, [eve, dev]);
    await signedByAll(world, other, [eve, dev]);
    await runPartnership(other, world);
    const [theirs] = await occurrencesOf(world, other);
    await expect(answer(group.ben, 'accepted', { uid: theirs!.item.uid })).rejects.toThrow(NotFound);
    await expect(answer(group.ben, 'accepted', { uid: 'nothing@turnabout' })).rejects.toThrow(NotFound);
  });

  it('that was said before a later one does not take its place', async () => {
    await answer(group.ben, 'declined');
    const said = plus(world.now, -HOUR);
    await expect(answer(group.ben, 'accepted', { by: 'mail', said })).rejects.toThrow(Conflict);
    expect((await standing()).answers.get(group.ben)).toBe('declined');
  });

  it('of a clock that runs ahead counts as said now', async () => {
    await answer(group.ben, 'declined', { by: 'mail', said: plus(world.now, DAY) });
    world.now = plus(world.now, MINUTE);
    await answer(group.ben, 'accepted');
    expect((await standing()).answers.get(group.ben)).toBe('accepted');
  });
});

describe('a link in a mail', () => {
  it('speaks for its recipient about its own matter, and about nothing else', async () => {
    const link = {
      kind: 'link',
      person: group.ben,
      partnership: group.id,
      matter: answerMatter(uid),
    } as const;
    const partner = await authorizePartner(
      link,
      { partnership: group.id, needed: 'answer', matter: answerMatter(uid) },
      world.database,
    );
    await answerInvitation(partner, { uid, partStat: 'accepted', by: 'link' }, world);
    expect((await standing()).answers.get(group.ben)).toBe('accepted');
    const elsewhere = { partnership: group.id, needed: 'answer', matter: answerMatter('other') } as const;
    await expect(authorizePartner(link, elsewhere, world.database)).rejects.toThrow(NotFound);
    const more = { partnership: group.id, needed: 'sign', matter: answerMatter(uid) } as const;
    await expect(authorizePartner(link, more, world.database)).rejects.toThrow(NotFound);
  });
});

describe('a reply', () => {
  async function asked() {
    await answer(group.ben, 'declined');
    await runPartnership(group.id, world);
    world.jobs.length = 0;
    return (await world.database.questions.of(group.id))[0]!;
  }

  async function reply(person: PartnerId, question: string, said: 'yes' | 'no') {
    const partner = await world.partner(person, group.id, 'answer');
    return replyToQuestion(partner, { question, answer: said }, world);
  }

  it('may be changed while the question is open', async () => {
    const { id } = await asked();
    await reply(group.ana, id, 'no').catch(() => undefined);
    const [question] = await world.database.questions.of(group.id);
    expect(question!.replies.get(group.ana)).toBe('no');
    expect(runsAsked(world)).toEqual(['reply']);
  });

  it('that is a no decides: nobody can change that any more', async () => {
    const { id } = await asked();
    await reply(group.ana, id, 'no');
    await expect(reply(group.ana, id, 'yes')).rejects.toThrow('decided already');
    await expect(reply(group.ben, id, 'yes')).rejects.toThrow('decided already');
  });

  it('after the deadline is too late', async () => {
    const { id, deadline } = await asked();
    world.now = deadline;
    await expect(reply(group.ana, id, 'yes')).rejects.toThrow(Conflict);
  });

  it('to a question that does not ask this partner, or to none, finds nothing', async () => {
    await expect(reply(group.ana, crypto.randomUUID(), 'yes')).rejects.toThrow(NotFound);
  });
});
