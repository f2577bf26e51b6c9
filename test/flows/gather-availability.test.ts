import { describe, expect, it } from 'vitest';
import type { CalendarEvent } from '../../src/domain/calendar/event.ts';
import { CalendarUnreadable, InvalidInput } from '../../src/domain/errors.ts';
import { formatInstant } from '../../src/domain/time/instant.ts';
import { formatDate } from '../../src/domain/time/plain-date.ts';
import { calendarName, gatherAvailability } from '../../src/flows/gather-availability.ts';
import { formatRemark, type PartnershipFile, type Region } from '../../src/flows/partnership-file.ts';
import type { CalendarQuery, Ports } from '../../src/flows/ports.ts';
import { at, day, partnership, period } from '../support/builders.ts';
import { ANA, BEN } from '../support/cast.ts';

const PERIODS = [period('2027-01-04'), period('2027-01-11')];

function file(changes: Partial<PartnershipFile> = {}): PartnershipFile {
  return {
    folder: '/folder',
    partnership: partnership(),
    agenda: 'weekly',
    calendars: new Map([[ANA.id, ['ana.ics']]]),
    regions: new Map(),
    hours: new Map(),
    ...changes,
  };
}

function regionOf(code: string): Region {
  return { code, where: 'harbour.yaml:9', field: 'partners[0].region' };
}

function event(changes: Partial<CalendarEvent>): CalendarEvent {
  const [start, end] = [at('2027-01-05T16:00:00Z'), at('2027-01-05T17:00:00Z')];
  return { uid: 'event', start, end, transparent: false, status: 'confirmed', ...changes };
}

type World = Pick<Ports, 'readCalendar' | 'publicHolidays' | 'progress'>;

function world(changes: Partial<World> = {}): World {
  return {
    readCalendar: async () => ({ events: [], problems: [] }),
    publicHolidays: async () => [],
    progress: () => undefined,
    ...changes,
  };
}

describe('gathering what keeps partners from a call', () => {
  it('asks for each calendar around the periods, in the zone and with the address of its owner', async () => {
    const queries: [string, CalendarQuery][] = [];
    const readCalendar: World['readCalendar'] = async (source, query) => {
      queries.push([source, query]);
      return { events: [], problems: [] };
    };
    await gatherAvailability(file(), PERIODS, world({ readCalendar }));
    const [[source, query]] = queries as [[string, CalendarQuery]];
    expect([source, query.zone, query.owner, query.folder]).toEqual(['ana.ics', ANA.zone, ANA.id, '/folder']);
    expect([formatInstant(query.window.start), formatInstant(query.window.end)]).toEqual([
      '2027-01-02T23:00:00Z',
      '2027-01-18T23:00:00Z',
    ]);
  });

  it('takes what blocks for busy, tentatively or not, and leaves out what does not', async () => {
    const events = [
      event({}),
      event({ status: 'tentative' }),
      event({ transparent: true }),
      event({ end: at('2027-01-05T16:00:00Z') }),
    ];
    const { partners } = await gatherAvailability(
      file(),
      PERIODS,
      world({ readCalendar: async () => ({ events, problems: [] }) }),
    );
    expect(partners.map(({ busy }) => busy.map(({ tentative }) => tentative))).toEqual([[false, true], []]);
  });

  it('takes public holidays for away days', async () => {
    const holiday = { from: day('2027-01-06'), to: day('2027-01-06') };
    const { partners } = await gatherAvailability(
      file({ regions: new Map([[BEN.id, regionOf('DE-BY')]]) }),
      PERIODS,
      world({
        publicHolidays: async (region, { from, to }) => (region === 'DE-BY' && from < to ? [holiday] : []),
      }),
    );
    expect(partners.map(({ away }) => away.map(({ from }) => formatDate(from)))).toEqual([
      [],
      ['2027-01-06'],
    ]);
  });

  it('tells of calendars and regions that are unknown, without their addresses', async () => {
    const calendars = new Map([
      [ANA.id, ['https://user:password@example.com/secret.ics']],
      [BEN.id, ['work/ben.ics']],
    ]);
    const problem = { where: 'event-1', message: 'its time cannot be read.', hidesTime: true };
    const { problems } = await gatherAvailability(
      file({ calendars, regions: new Map([[ANA.id, regionOf('XX')]]) }),
      PERIODS,
      world({
        readCalendar: async (source) => {
          if (source.startsWith('https')) throw new CalendarUnreadable('example.com', 'it is empty.');
          return { events: [], problems: [problem, problem] };
        },
        publicHolidays: async () => {
          throw new InvalidInput('region', '"XX" is no region');
        },
      }),
    );
    expect(problems.map(formatRemark)).toEqual([
      'harbour.yaml:9: partners[0].region: "XX" is no region',
      'example.com: calendar of Ana Duarte: it is empty; until it can be read nobody knows when Ana Duarte is busy; to plan without them: --without ana@example.com',
      'ben.ics: calendar of Ben Okafor: event-1: its time cannot be read (and 1 more); until it can be read nobody knows when Ben Okafor is busy; to plan without them: --without ben@example.com',
    ]);
  });

  it('does not take a broken program for an unknown calendar', async () => {
    const readCalendar = async (): Promise<never> => {
      throw new TypeError('broken');
    };
    await expect(gatherAvailability(file(), PERIODS, world({ readCalendar }))).rejects.toThrow(TypeError);
  });
});

describe('the name of a calendar', () => {
  it.each([
    ['https://example.com/secret.ics?token=1', 'example.com'],
    ['webcal://user:password@example.com:8443/x', 'example.com:8443'],
    ['https:/example.com/secret', 'calendar'],
    ['work/ana.ics', 'ana.ics'],
    ['ana.ics', 'ana.ics'],
  ])('in %s is %s', (source, name) => expect(calendarName(source)).toBe(name));
});
