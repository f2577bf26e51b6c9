import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time/duration.ts';
import { plus } from '../../src/domain/time/instant.ts';
import { describeInvite, inviteTo } from '../../src/views/invite.ts';
import { planJson } from '../../src/views/plan-json.ts';
import { certificateSentence, planBlocks } from '../../src/views/plan-table.ts';
import type { Block, Line } from '../../src/views/styled-text.ts';
import { pointsFor } from '../support/builders.ts';
import { harbour } from './harbour.ts';

describe('a plan', () => {
  it('is one JSON object', async () => {
    await expect(`${JSON.stringify(planJson(harbour), null, 2)}\n`).toMatchFileSnapshot('golden/plan.json');
  });

  it('is a table, bars and sentences for a person', async () => {
    await expect(`${planBlocks(harbour).map(marked).join('\n\n')}\n`).toMatchFileSnapshot('golden/plan.txt');
  });

  it('has keys in their order, and no more than these', () => {
    const json = planJson(harbour);
    expect(Object.keys(json)).toEqual([
      'partnership',
      'from',
      'weeks',
      'anchor',
      'occurrences',
      'unplaced',
      'burden',
      'total',
      'certificate',
    ]);
    const keys = ['period', 'uid', 'start', 'end', 'partners', 'absent', 'host', 'because'];
    expect(json.occurrences.map((each) => Object.keys(each))).toEqual([keys, keys, keys]);
  });

  it('says that a worst-off partner cannot be better off where that is proven', () => {
    expect(certificateSentence({ worst: 1, lowerBound: 1, gap: 0, lambda: new Map() })).toBe(
      'The most that anybody bears is 1 point; it is proven that no plan could make it less.',
    );
  });
});

describe('the price of keeping one time', () => {
  const certificate = { worst: 9, lowerBound: 9, gap: 0, lambda: new Map() };

  it('is told where there is one', () => {
    expect(certificateSentence({ ...certificate, restriction: 4 })).toMatch(
      /; it is proven that no plan could make it less\. Keeping one time costs them 4 points over rotating freely\.$/,
    );
  });

  it('is not told where it is nothing', () => {
    expect(certificateSentence({ ...certificate, restriction: 0 })).not.toContain('Keeping one time');
  });
});

describe('an invitation', () => {
  const { partnership, plan } = harbour;

  it('has the agenda, the local times of all, the host and the reason', async () => {
    const texts = plan.occurrences.map((each) => describeInvite(partnership, each));
    await expect(`${texts.join('\n\n======\n\n')}\n`).toMatchFileSnapshot('golden/invite.txt');
  });

  it('is from the host to those who are there', () => {
    const draft = inviteTo(partnership, plan.occurrences[2]!, { call: 'https://example.com/call' });
    expect(draft.organizer).toEqual({ name: 'Ben Okafor', email: 'ben@example.com' });
    expect(draft.attendees.map(({ email }) => email)).toEqual(['ana@example.com', 'ben@example.com']);
    expect([draft.location, draft.conference]).toEqual([
      'https://example.com/call',
      'https://example.com/call',
    ]);
    expect(draft.zone).toBe('Europe/Berlin');
  });

  it('has the agenda of its own length', () => {
    const [first] = plan.occurrences;
    const shorter = { ...first!, end: plus(first!.start, 20 * MINUTE) };
    const minutes = describeInvite(partnership, shorter).matchAll(/\((\d+) min\)/g);
    expect([...minutes].reduce((sum, [, each]) => sum + Number(each), 0)).toBe(20);
  });

  it.each([
    ['two-halves', 'not in this half'],
    ['rotating-absence', 'not there this once'],
    ['shorter', 'away'],
  ] as const)('that was agreed to as %s says of who is not expected: %s', (to, words) => {
    const reason = { rule: { kind: 'agreed', to } as const };
    const relaxed = { ...plan.occurrences[0]!, burdens: pointsFor({ ana: 9, ben: 0 }), reason };
    expect(describeInvite(partnership, relaxed)).toContain(`- Chiara Lim: ${words}\n`);
  });

  it('says which half it is', () => {
    const summaryOf = (part: 0 | 1 | 2) => inviteTo(partnership, plan.occurrences[0]!, { part }).summary;
    expect([0, 1, 2].map((part) => summaryOf(part as 0 | 1 | 2))).toEqual([
      'Harbour check-in',
      'Harbour check-in (first half)',
      'Harbour check-in (second half)',
    ]);
  });

  it('has no place without a call', () => {
    expect(inviteTo(partnership, plan.occurrences[0]!)).not.toHaveProperty('location');
  });
});

/** Text with its marks: `{odd:Tue 07:00 *9}`. */
function marked(block: Block): string {
  if (block.kind === 'lines') return block.lines.map(markedLine).join('\n');
  const head = block.columns.map(
    ({ heading, align }) => `${markedLine(heading)}${align === 'right' ? ' ->' : ''}`,
  );
  return [head, ...block.rows.map((row) => row.map(markedLine))].map((cells) => cells.join(' | ')).join('\n');
}

function markedLine(line: Line): string {
  return line.map(({ text, tone }) => (tone === 'plain' ? text : `{${tone}:${text}}`)).join('');
}
