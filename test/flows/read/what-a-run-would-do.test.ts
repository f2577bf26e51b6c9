// The dry run: the very list that a run executes, and nothing in it that its reader should not see.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { connectCalendar } from '../../../src/flows/calendars/connect-calendar.ts';
import { syncCalendar } from '../../../src/flows/calendars/sync-calendar.ts';
import { readQuestions } from '../../../src/flows/read/questions.ts';
import { readWhatARunWouldDo } from '../../../src/flows/read/what-a-run-would-do.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { actionResource } from '../../../src/views/resources/action.ts';
import { questionResource } from '../../../src/views/resources/question.ts';
import { type Agreed, agreed, occurrencesOf } from '../../support/agreed.ts';
import { at } from '../../support/builders.ts';
import { type ServiceWorld, serviceWorld, signedIn } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  group = await agreed(world);
});

afterEach(() => world.close());

async function dryFor(person: PartnerId) {
  const { actions, reader } = await readWhatARunWouldDo(await world.partner(person, group.id, 'read'), world);
  return { json: actions.map((action) => actionResource(action, reader)), reader };
}

/** Ben has something for the whole of the third week. */
async function benIsBusy() {
  const address = 'https://calendars.example.net/ben.ics';
  const start = at('2027-01-17T23:00:00Z');
  world.calendars.set(address, [
    { uid: 'secret', start, end: plus(start, 7 * DAY), status: 'confirmed', transparent: false },
  ]);
  const ben = signedIn(world, group.ben, 'write');
  const { id } = await connectCalendar(ben, { name: 'Work', address }, world);
  await syncCalendar({ calendar: id }, world);
}

describe('a dry run', () => {
  it('is the list that a run at this moment executes, and changes nothing', async () => {
    const { json, reader } = await dryFor(group.ana);
    expect(await occurrencesOf(world, group.id)).toEqual([]);
    const executed = await runPartnership(group.id, world);
    expect(json).toEqual(executed.map((action) => actionResource(action, reader)));
    expect(json.filter(({ kind }) => kind === 'publish')).toHaveLength(12);
    await world.settle();
    expect((await dryFor(group.ana)).json).toEqual([]);
  });

  it('closes, moves, asks and ends as a run does', async () => {
    await runPartnership(group.id, world);
    await benIsBusy();
    world.now = (await occurrencesOf(world, group.id))[0]!.item.end;
    const { json, reader } = await dryFor(group.ana);
    expect(new Set(json.map(({ kind }) => kind))).toEqual(new Set(['close', 'ask', 'publish', 'send']));
    const executed = await runPartnership(group.id, world);
    expect(json).toEqual(executed.map((action) => actionResource(action, reader)));
  });
});

describe('an event that somebody is asked to move', () => {
  beforeEach(async () => {
    await runPartnership(group.id, world);
    await benIsBusy();
  });

  const EVENT = { start: '2027-01-17T23:00:00Z', end: '2027-01-24T23:00:00Z' };

  it('is told to its owner alone, in a dry run', async () => {
    const asked = (json: readonly object[]) =>
      json.find((each) => 'question' in each && typeof each.question === 'object');
    expect(asked((await dryFor(group.ben)).json)).toMatchObject({
      question: { about: 'move-event', asks: [group.ben], moves: EVENT },
    });
    const others = asked((await dryFor(group.ana)).json);
    expect(others).toMatchObject({ question: { about: 'move-event', moves: null } });
    for (const moment of Object.values(EVENT)) expect(JSON.stringify(others)).not.toContain(moment);
    expect(JSON.stringify(others)).not.toContain('Sun 17 Jan');
  });

  it('is told to its owner alone, once it is asked', async () => {
    await runPartnership(group.id, world);
    const shownTo = async (person: PartnerId) => {
      const { questions, reader } = await readQuestions(await world.partner(person, group.id, 'read'), world);
      return questions.map((each) => questionResource(each, reader, world.now));
    };
    const [[own], [others]] = [await shownTo(group.ben), await shownTo(group.ana)];
    expect(own).toMatchObject({ moves: EVENT });
    expect(own!.sentence).toContain('It is what you have from');
    expect(others).toMatchObject({ moves: null });
    expect(others!.sentence).not.toContain('It is what you have');
  });
});
