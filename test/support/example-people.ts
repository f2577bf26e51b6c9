// The invented working lives behind the example calendars: what recurs, what lasts for days, what happens now and then.

import type { Dialect, Entry, Guest } from './example-events.ts';

/** A series on a wall clock ("09:15"); dates as "2026-07-01". Each change names the day of the occurrence it replaces. */
export type Series = {
  readonly summary: string;
  readonly from: string;
  readonly at: string;
  readonly lasts: number;
  readonly rule: string;
  readonly except?: readonly string[];
  readonly moved?: readonly { readonly day: string; readonly to: string; readonly at: string }[];
  readonly dropped?: readonly string[];
  readonly future?: { readonly day: string; readonly to: string; readonly at: string };
  readonly with?: readonly Guest[];
} & Pick<Entry, 'tzid' | 'status' | 'free' | 'place' | 'note' | 'organizer'>;

/** What lasts whole days, from the first to the last. */
export type Days = {
  readonly summary: string;
  readonly first: string;
  readonly last: string;
} & Pick<Entry, 'free' | 'absence' | 'status' | 'rule'>;

/** What happens now and then, beginning between two times of day. */
export type Occasion = {
  readonly summary: string;
  readonly between: readonly [string, string];
  readonly lasts: readonly number[];
} & Pick<Entry, 'organizer' | 'place' | 'tzid' | 'free' | 'status'>;

export type Life = {
  readonly file: string;
  readonly owner: Guest;
  readonly dialect: Dialect;
  readonly zone: string;
  readonly tzid: string;
  readonly seed: number;
  readonly series: readonly Series[];
  readonly days: readonly Days[];
  readonly occasions: readonly Occasion[];
};

const guest = (name: string): Guest => ({
  name,
  email: `${name.split(' ')[0]!.toLowerCase()}@example.com`,
});

const [ana, lukas, mei] = [guest('Ana Duarte'), guest('Lukas Brandt'), guest('Mei Tan')];
const [carol, ravi, noor] = [guest('Carol Whitaker'), guest('Ravi Menon'), guest('Noor Haddad')];
const [petra, jonas, ines] = [guest('Petra Vogel'), guest('Jonas Reimann'), guest('Ines Pohl')];
const [weiling, farid, grace] = [guest('Weiling Ong'), guest('Farid Rahman'), guest('Grace Lim')];

const anasLife: Life = {
  file: 'ana.ics',
  owner: ana,
  dialect: 'google',
  zone: 'America/Los_Angeles',
  tzid: 'America/Los_Angeles',
  seed: 20_270_104,
  series: [
    {
      ...{ summary: 'Stand-up', from: '2026-07-01', at: '09:15', lasts: 15 },
      rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
      except: ['2026-09-07', '2026-11-26', '2026-11-27', '2026-12-24', '2026-12-25', '2027-01-01'],
      moved: [
        { day: '2026-10-14', to: '2026-10-14', at: '10:45' },
        { day: '2027-02-03', to: '2027-02-03', at: '11:00' },
      ],
      dropped: ['2027-01-22'],
      with: [carol, ravi],
      organizer: carol,
    },
    {
      ...{ summary: 'Carol / Ana one-to-one', from: '2026-07-07', at: '14:00', lasts: 45 },
      rule: 'FREQ=WEEKLY;BYDAY=TU',
      except: ['2026-12-29'],
      moved: [{ day: '2026-09-15', to: '2026-09-17', at: '15:30' }],
      future: { day: '2027-02-02', to: '2027-02-02', at: '15:00' },
      organizer: carol,
    },
    {
      ...{ summary: 'Sprint planning', from: '2026-07-06', at: '10:00', lasts: 90 },
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
      moved: [{ day: '2027-01-18', to: '2027-01-19', at: '13:00' }],
      with: [ravi, noor],
      organizer: ana,
    },
    {
      ...{ summary: 'Design review', from: '2026-07-02', at: '13:00', lasts: 60 },
      rule: 'FREQ=WEEKLY;BYDAY=TH',
      except: ['2026-11-26', '2026-12-24', '2026-12-31'],
      place: 'Room Pelican',
    },
    {
      ...{ summary: 'All hands', from: '2026-07-01', at: '11:00', lasts: 60 },
      rule: 'FREQ=MONTHLY;BYDAY=1WE',
      moved: [{ day: '2027-01-06', to: '2027-01-13', at: '11:00' }],
    },
    {
      ...{ summary: 'Release call with Hamburg', from: '2026-09-02', at: '17:00', lasts: 30 },
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
      tzid: 'W. Europe Standard Time',
      organizer: petra,
      note: 'Short. Numbers first, then what is stuck.',
    },
    { summary: 'Lunch', from: '2026-07-01', at: '12:15', lasts: 45, rule: 'FREQ=DAILY', free: true },
    {
      ...{ summary: 'Pilates', from: '2026-09-08', at: '06:15', lasts: 60 },
      rule: 'FREQ=WEEKLY;BYDAY=TU,TH',
      except: ['2026-11-26', '2027-03-02', '2027-03-04', '2027-03-09', '2027-03-11'],
      place: 'Studio on Fourth',
    },
    {
      ...{ summary: 'Book club', from: '2026-07-30', at: '19:30', lasts: 120 },
      rule: 'FREQ=MONTHLY;BYDAY=-1TH',
      except: ['2026-12-31'],
      status: 'TENTATIVE',
    },
    {
      ...{ summary: 'Choir rehearsal', from: '2026-09-07', at: '20:00', lasts: 120 },
      rule: 'FREQ=WEEKLY;BYDAY=MO',
      except: ['2026-12-28', '2027-03-01', '2027-03-08'],
      moved: [{ day: '2027-02-15', to: '2027-02-17', at: '20:00' }],
    },
  ],
  days: [
    { summary: 'Summer leave', first: '2026-08-10', last: '2026-08-21', absence: 'OOF' },
    { summary: 'Moving house', first: '2026-10-30', last: '2026-10-30' },
    { summary: 'Winter break', first: '2026-12-24', last: '2027-01-01', absence: 'OOF' },
    { summary: 'In London', first: '2027-03-01', last: '2027-03-14', free: true },
    { summary: 'Design conference', first: '2027-04-21', last: '2027-04-23', status: 'TENTATIVE' },
    { summary: 'Summer leave', first: '2027-07-12', last: '2027-07-23', absence: 'OOF' },
    {
      summary: 'Birthday of Tomás',
      first: '2026-11-03',
      last: '2026-11-03',
      rule: 'FREQ=YEARLY',
      free: true,
    },
    { summary: 'Quarter ends', first: '2026-09-30', last: '2026-09-30', free: true },
    { summary: 'Quarter ends', first: '2027-03-31', last: '2027-03-31', free: true },
  ],
  occasions: [
    { summary: 'Portfolio call', between: ['09:30', '15:30'], lasts: [30, 60], organizer: ravi },
    { summary: 'Usability session', between: ['10:00', '15:00'], lasts: [45, 60] },
    { summary: 'Interview: product designer', between: ['09:30', '16:00'], lasts: [45], organizer: noor },
    { summary: 'Brand workshop', between: ['09:30', '13:00'], lasts: [120, 180], place: 'Room Heron' },
    { summary: 'Coffee with Noor', between: ['08:00', '16:00'], lasts: [30], free: true },
    { summary: 'Dentist', between: ['07:30', '16:30'], lasts: [45], place: 'Dr. Okafor; 2nd floor' },
    { summary: 'Vendor demo', between: ['08:30', '16:00'], lasts: [30, 45], organizer: carol },
    { summary: 'Hold: budget talk', between: ['10:00', '16:00'], lasts: [60], status: 'TENTATIVE' },
    { summary: 'Dinner with friends', between: ['18:00', '19:30'], lasts: [120, 150] },
    { summary: 'School visit', between: ['07:30', '09:00'], lasts: [60] },
    { summary: 'Flight to Denver', between: ['06:00', '17:00'], lasts: [160] },
    {
      ...{ summary: 'Roadmap with the Seattle office', between: ['09:30', '15:00'], lasts: [60] },
      ...{ organizer: carol, tzid: 'Pacific Standard Time' },
    },
  ],
};

const lukasLife: Life = {
  file: 'lukas.ics',
  owner: lukas,
  dialect: 'outlook',
  zone: 'Europe/Berlin',
  tzid: 'W. Europe Standard Time',
  seed: 19_491_023,
  series: [
    {
      ...{ summary: 'Daily', from: '2026-07-01', at: '09:30', lasts: 15 },
      rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO',
      except: ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01', '2027-03-08', '2027-03-26'],
      moved: [
        { day: '2026-11-11', to: '2026-11-11', at: '11:15' },
        { day: '2027-01-27', to: '2027-01-27', at: '10:00' },
      ],
      dropped: ['2027-02-11'],
      organizer: petra,
      with: [jonas],
    },
    {
      ...{ summary: 'Jour fixe Petra', from: '2026-07-06', at: '13:30', lasts: 60 },
      rule: 'FREQ=WEEKLY;BYDAY=MO;WKST=MO',
      except: ['2027-03-08', '2027-03-29'],
      moved: [{ day: '2027-02-08', to: '2027-02-10', at: '11:00' }],
      future: { day: '2027-03-15', to: '2027-03-15', at: '10:30' },
      organizer: petra,
    },
    {
      ...{ summary: 'Architekturrunde', from: '2026-07-02', at: '14:00', lasts: 90 },
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;WKST=MO',
      moved: [{ day: '2026-09-24', to: '2026-09-25', at: '10:00' }],
      place: 'Raum Elbe',
      organizer: lukas,
      with: [jonas, ines],
    },
    {
      ...{ summary: 'Release call', from: '2026-09-02', at: '17:00', lasts: 30 },
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;WKST=MO',
      organizer: petra,
      with: [ana],
    },
    {
      ...{ summary: 'Backlog with Portland', from: '2026-09-08', at: '08:00', lasts: 45 },
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU',
      tzid: 'Pacific Standard Time',
      moved: [{ day: '2027-01-12', to: '2027-01-14', at: '08:00' }],
      organizer: carol,
    },
    {
      ...{ summary: 'Quartalszahlen', from: '2026-07-15', at: '11:00', lasts: 60 },
      rule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15',
      status: 'TENTATIVE',
    },
    {
      ...{ summary: 'Mittagspause', from: '2026-07-01', at: '12:30', lasts: 45 },
      ...{ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=MO', free: true },
    },
    {
      ...{ summary: 'Kind in die Kita bringen', from: '2026-08-31', at: '07:15', lasts: 45 },
      rule: 'FREQ=WEEKLY;BYDAY=MO,WE;WKST=MO',
      except: ['2026-12-28', '2026-12-30', '2027-03-08'],
    },
    {
      ...{ summary: 'Rudern', from: '2026-07-03', at: '06:00', lasts: 75 },
      rule: 'FREQ=WEEKLY;BYDAY=FR;WKST=MO',
      except: ['2026-12-25', '2027-01-01', '2027-03-26'],
    },
    {
      ...{ summary: 'Elternabend', from: '2026-09-17', at: '19:00', lasts: 120 },
      rule: 'FREQ=MONTHLY;BYDAY=3TH;COUNT=12',
      dropped: ['2026-12-17'],
    },
  ],
  days: [
    { summary: 'Urlaub', first: '2026-08-03', last: '2026-08-14', absence: 'OOF' },
    { summary: 'Messe Hannover', first: '2026-10-06', last: '2026-10-08', absence: 'WORKINGELSEWHERE' },
    { summary: 'Weihnachten zu Hause', first: '2026-12-24', last: '2027-01-01', absence: 'OOF' },
    { summary: 'Mobiles Arbeiten', first: '2027-01-11', last: '2027-01-15', absence: 'WORKINGELSEWHERE' },
    { summary: 'Brückentag', first: '2027-05-07', last: '2027-05-07', absence: 'OOF' },
    { summary: 'Urlaub', first: '2027-07-26', last: '2027-08-06', absence: 'OOF' },
    { summary: 'Geburtstag Ines', first: '2026-10-19', last: '2026-10-19', rule: 'FREQ=YEARLY', free: true },
    {
      summary: 'Müllabfuhr',
      first: '2026-07-13',
      last: '2026-07-13',
      rule: 'FREQ=WEEKLY;INTERVAL=2',
      free: true,
    },
    { summary: 'Umzug der Büros?', first: '2027-02-26', last: '2027-02-26', status: 'TENTATIVE' },
  ],
  occasions: [
    { summary: 'Abstimmung Schnittstellen', between: ['09:45', '15:00'], lasts: [30, 60], organizer: jonas },
    { summary: 'Code-Review', between: ['10:00', '14:30'], lasts: [45, 60] },
    { summary: 'Bewerbungsgespräch', between: ['10:00', '14:30'], lasts: [60], organizer: ines },
    { summary: 'Workshop Datenmodell', between: ['09:45', '12:00'], lasts: [120, 180], place: 'Raum Weser' },
    { summary: 'Kaffee mit Jonas', between: ['09:00', '15:00'], lasts: [30], free: true },
    { summary: 'Zahnärztin', between: ['08:00', '16:30'], lasts: [45], place: 'Dr. Albers, Lange Straße 4' },
    { summary: 'Lieferantentermin', between: ['09:45', '15:30'], lasts: [45, 60], organizer: petra },
    { summary: 'Evtl. Schulung', between: ['10:00', '14:00'], lasts: [90], status: 'TENTATIVE' },
    { summary: 'Handwerker', between: ['08:00', '14:00'], lasts: [120] },
    { summary: 'Zug nach Köln', between: ['06:30', '16:00'], lasts: [240] },
    { summary: 'Konzert', between: ['19:00', '20:00'], lasts: [150] },
    {
      ...{ summary: 'Roadmap check', between: ['08:00', '09:00'], lasts: [30] },
      ...{ organizer: carol, tzid: 'Pacific Standard Time' },
    },
  ],
};

const meisLife: Life = {
  file: 'mei.ics',
  owner: mei,
  dialect: 'apple',
  zone: 'Asia/Singapore',
  tzid: 'Asia/Singapore',
  seed: 19_650_809,
  series: [
    {
      ...{ summary: 'Morning huddle', from: '2026-07-01', at: '10:00', lasts: 15 },
      rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
      except: ['2026-08-10', '2026-12-25', '2027-01-01', '2027-03-26'],
      moved: [
        { day: '2026-11-18', to: '2026-11-18', at: '11:30' },
        { day: '2027-01-20', to: '2027-01-20', at: '10:30' },
      ],
      dropped: ['2027-03-10'],
      organizer: grace,
      with: [farid, weiling],
    },
    {
      ...{ summary: 'Grace and Mei', from: '2026-07-08', at: '15:00', lasts: 60 },
      rule: 'FREQ=WEEKLY;BYDAY=WE',
      except: ['2026-12-30', '2027-02-10'],
      moved: [{ day: '2027-01-13', to: '2027-01-15', at: '16:00' }],
      future: { day: '2027-03-03', to: '2027-03-03', at: '16:30' },
      organizer: grace,
    },
    {
      ...{ summary: 'Operations review', from: '2026-07-07', at: '11:00', lasts: 90 },
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
      except: ['2027-02-16'],
      moved: [{ day: '2026-09-29', to: '2026-10-01', at: '11:00' }],
      tzid: 'Singapore Standard Time',
      organizer: weiling,
    },
    {
      ...{ summary: 'Customs broker call', from: '2026-07-03', at: '14:00', lasts: 45 },
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
      except: ['2027-01-01'],
      organizer: farid,
    },
    {
      ...{ summary: 'Supplier call with Hamburg', from: '2026-09-03', at: '09:00', lasts: 45 },
      rule: 'FREQ=MONTHLY;BYDAY=1TH',
      tzid: 'W. Europe Standard Time',
      organizer: petra,
      with: [lukas],
    },
    {
      ...{ summary: 'Month-end close', from: '2026-07-31', at: '16:00', lasts: 120 },
      rule: 'FREQ=MONTHLY;BYDAY=-1FR',
      except: ['2026-12-25', '2027-03-26'],
    },
    {
      ...{ summary: 'Lunch', from: '2026-07-01', at: '12:30', lasts: 60 },
      ...{ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', free: true },
    },
    {
      ...{ summary: 'Badminton', from: '2026-09-02', at: '21:00', lasts: 120 },
      rule: 'FREQ=WEEKLY;BYDAY=WE',
      except: ['2026-12-23', '2027-02-10'],
      place: 'Hall 3',
    },
    {
      ...{ summary: 'Mandarin class', from: '2026-09-07', at: '19:30', lasts: 90 },
      rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=40',
      except: ['2026-12-21'],
      dropped: ['2027-02-08'],
    },
    {
      ...{ summary: 'Call home', from: '2026-07-05', at: '20:00', lasts: 60 },
      rule: 'FREQ=WEEKLY;BYDAY=SU',
      status: 'TENTATIVE',
    },
  ],
  days: [
    { summary: 'Leave: Hokkaido', first: '2026-09-14', last: '2026-09-18' },
    { summary: 'Year-end shutdown', first: '2026-12-28', last: '2026-12-31' },
    { summary: 'Chinese New Year with family', first: '2027-02-08', last: '2027-02-12' },
    { summary: 'Stocktaking', first: '2027-03-18', last: '2027-03-18' },
    { summary: 'Trade fair (maybe)', first: '2027-05-19', last: '2027-05-20', status: 'TENTATIVE' },
    { summary: 'Leave: Penang', first: '2027-06-21', last: '2027-06-25' },
    {
      summary: 'Birthday of Grace',
      first: '2026-08-27',
      last: '2026-08-27',
      rule: 'FREQ=YEARLY',
      free: true,
    },
    { summary: 'Pay day', first: '2026-07-25', last: '2026-07-25', rule: 'FREQ=MONTHLY', free: true },
    { summary: 'School holidays', first: '2027-03-13', last: '2027-03-21', free: true },
  ],
  occasions: [
    { summary: 'Freight review', between: ['10:30', '16:30'], lasts: [30, 60], organizer: farid },
    { summary: 'Warehouse walk', between: ['10:30', '15:30'], lasts: [60, 90], place: 'Tuas' },
    { summary: 'Interview: planner', between: ['10:30', '16:30'], lasts: [45], organizer: grace },
    { summary: 'Forecast workshop', between: ['10:30', '14:00'], lasts: [120, 180], place: 'Level 12' },
    { summary: 'Kopi with Weiling', between: ['09:30', '16:30'], lasts: [30], free: true },
    { summary: 'Dentist', between: ['09:00', '17:30'], lasts: [45], place: 'Clinic; Tiong Bahru' },
    { summary: 'Insurance call', between: ['10:30', '16:30'], lasts: [30, 45], organizer: weiling },
    { summary: 'Hold: audit', between: ['10:30', '15:30'], lasts: [90], status: 'TENTATIVE' },
    { summary: 'Family dinner', between: ['18:30', '19:30'], lasts: [120, 150] },
    { summary: 'Flight to Kuala Lumpur', between: ['07:00', '17:00'], lasts: [75] },
    { summary: 'Physiotherapy', between: ['08:00', '09:30'], lasts: [45] },
    {
      ...{ summary: 'Shipping terms', between: ['09:00', '10:30'], lasts: [45] },
      ...{ organizer: petra, tzid: 'W. Europe Standard Time' },
    },
  ],
};

export const lives: readonly Life[] = [anasLife, lukasLife, meisLife];
