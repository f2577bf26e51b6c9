import { describe, expect, it } from 'vitest';
import { readEventOf } from '../../../support/calendar-files.ts';

describe('a DURATION that cannot be read', () => {
  it.each([
    ['-PT30M', 'its DURATION is negative; an event cannot end before it starts'],
    ['half an hour', 'its DURATION is no duration; one is written as PT30M or P1D'],
  ])('is told for %s', (text, sentence) => {
    const { problems } = readEventOf(['DTSTART:20270105T090000Z', `DURATION:${text}`]);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(sentence)]);
  });
});
