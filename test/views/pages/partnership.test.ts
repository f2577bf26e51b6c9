import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/domain/question.ts';
import { firstSteps } from '../../../src/views/pages/first-steps.ts';
import { type PartnershipView, partnershipPage } from '../../../src/views/pages/partnership.ts';
import { questionCard } from '../../../src/views/pages/question.ts';
import { readerIn } from '../../../src/views/question.ts';
import { at, idOf, partnership, period } from '../../support/builders.ts';
import { ANA, BEN } from '../../support/cast.ts';
import { partnerTerms } from '../../support/run-world.ts';
import { harbour } from '../harbour.ts';
import { words } from './words.ts';

const NOW = at('2027-01-01T09:00:00Z');
const GROUP = partnership();

const VIEW: PartnershipView = {
  id: 'p1',
  name: 'Harbour',
  reader: idOf('ana'),
  now: NOW,
  partnership: GROUP,
  checkIns: [],
  questions: [],
  gaps: [],
  members: [ANA, BEN].map(({ id, name, email, zone }) => ({ id, name, email, zone, joinedAt: NOW })),
  invitations: [],
  unread: [],
  lacking: [],
};

describe('the page of a partnership', () => {
  it('says that a plan is on its way where nothing is planned yet', async () => {
    expect(await words(partnershipPage(VIEW).body)).toContain(
      'None is planned yet. The plan is made within a minute after something changes.',
    );
  });

  it('says why a period has no check-in, and what would help', async () => {
    const { plan, partnership: of } = harbour;
    const gaps = plan.unplaced.map((unplaced) => ({ kind: 'unplaced' as const, unplaced, partnership: of }));
    const text = await words(partnershipPage({ ...VIEW, partnership: of, gaps }).body);
    expect(text).toContain(
      "Mon 25 Jan to Sun 31 Jan 2027 No time fits everybody. Ana Duarte's limit of reachable hours rules out 612 starts.",
    );
    expect(text).toContain(
      'What would help: Ask Ana Duarte and Ben Okafor for another day of the same period: then Sat 30 Jan 10:00 (Europe/Berlin) would do, for 12 points.',
    );
    expect(text).toContain('Fewer than two of you are there. Ben Okafor is away for all of this period.');
  });

  it('says that nothing is placed while a calendar cannot be read, to its owner where to look', async () => {
    const gaps = [{ kind: 'waiting' as const, period: period('2027-01-04'), unread: [idOf('ben')] }];
    const text = await words(partnershipPage({ ...VIEW, gaps, unread: [idOf('ben')] }).body);
    expect(text).toContain(
      'A calendar of Ben Okafor cannot be read. Nothing new is placed meanwhile. What is announced stays.',
    );
    expect(text).toContain(
      'Mon 4 Jan to Sun 10 Jan 2027 A calendar of Ben Okafor cannot be read, so nothing is placed here yet.',
    );
    expect(await words(partnershipPage({ ...VIEW, unread: [idOf('ana')] }).body)).toContain(
      'Your calendar cannot be read. Look at it',
    );
  });
});

describe('the first steps', () => {
  it('name the next thing to do at each', async () => {
    const own = partnerTerms(ANA);
    const text = await words(
      firstSteps('p1', {
        own,
        partners: 1,
        invited: 2,
        draft: { version: 1, isSignedByReader: false, missing: 1 },
      }),
    );
    expect(text).toContain(
      'Comfortable: Mon-Fri 09:00-17:00. Reachable: Mon-Fri 07:00-22:00. All in America/Los_Angeles.',
    );
    expect(text).toContain('A check-in needs two of you. 2 invitations are open.');
    expect(text).toContain('The agreement counts when everybody has signed it.');
  });

  it('say what is done', async () => {
    const text = await words(
      firstSteps('p1', {
        partners: 3,
        invited: 1,
        draft: { version: 1, isSignedByReader: true, missing: 2 },
      }),
    );
    expect(text).toContain('There is no draft with your hours in it.');
    expect(text).toContain('You are 3. One invitation is open.');
    expect(text).toContain('You have signed. 2 others have not signed yet.');
  });

  it('begin anew where there is no draft', async () => {
    expect(await words(firstSteps('p1', { partners: 2, invited: 0 }))).toContain('Open a new draft');
  });
});

describe('a question', () => {
  const QUESTION: Question = {
    id: 'q1',
    key: 'k1',
    period: '2027-W01',
    ask: {
      kind: 'time',
      because: 'partner',
      of: idOf('ben'),
      time: { start: at('2027-01-05T16:00:00Z'), end: at('2027-01-05T16:30:00Z') },
    },
    asks: [idOf('ana')],
    askedAt: NOW,
    deadline: at('2027-01-03T09:00:00Z'),
    replies: new Map(),
  };
  const setting = (reader: string, now = NOW) => ({
    id: 'p1',
    now,
    to: readerIn(GROUP, idOf(reader)),
  });

  it('has a yes and a no for whom it asks, and neither for others', async () => {
    expect(await words(questionCard(QUESTION, setting('ana')))).toMatch(
      /Asked is Ana Duarte\. Open until Sun 3 Jan 01:00 \(America\/Los_Angeles\); no answer is a no\. Yes No$/,
    );
    expect(await words(questionCard(QUESTION, setting('ben')))).not.toMatch(/Yes|No$/);
  });

  it('shows who said what, and lets them change it', async () => {
    const asks = [idOf('ana'), idOf('ben')];
    const said = { ...QUESTION, asks, replies: new Map([[idOf('ana'), 'yes' as const]]) };
    expect(await words(questionCard(said, setting('ana')))).toMatch(
      /Asked are Ana Duarte and Ben Okafor\. Ana Duarte said yes\. .* You said yes\. No$/,
    );
  });

  it('that is decided says how, and asks nobody', async () => {
    expect(await words(questionCard({ ...QUESTION, outcome: 'refused' }, setting('ana')))).toMatch(
      /Not everybody agreed, so nothing changes\.$/,
    );
    expect(await words(questionCard(QUESTION, setting('ana', at('2027-01-03T09:00:00Z'))))).toMatch(
      /Nobody answered in time, which counts as a no\.$/,
    );
  });
});
