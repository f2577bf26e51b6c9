import { describe, expect, it } from 'vitest';
import { publicHolidays } from '../../../src/adapters/holidays/public-holidays.ts';
import {
  type DateRange,
  formatDate,
  type PlainDate,
  parseDate,
} from '../../../src/domain/time/plain-date.ts';

function day(text: string): PlainDate {
  const date = parseDate(text);
  if (date === undefined) throw new Error(text);
  return date;
}

const YEAR: DateRange = { from: day('2027-01-01'), to: day('2027-12-31') };

async function holidays(region: string, window = YEAR): Promise<string[]> {
  const days = await publicHolidays(region, window);
  return days.map(({ from, to }) =>
    from === to ? formatDate(from) : `${formatDate(from)}/${formatDate(to)}`,
  );
}

describe('public holidays', () => {
  it('are those of a part of a country', async () => {
    expect(await holidays('DE-BE')).toContain('2027-03-08');
    expect(await holidays('DE-HE')).not.toContain('2027-03-08');
  });

  it('are those of a whole country', async () => expect(await holidays('SG')).toContain('2027-08-09'));

  it('are known for a part of a part', async () => expect(await holidays('DE-BY-A')).toContain('2027-08-08'));

  it('count the day in lieu of one on a weekend', async () => {
    expect(await holidays('US-CA')).toEqual(
      expect.arrayContaining(['2027-07-04', '2027-07-05', '2027-12-24']),
    );
    expect(await holidays('GB-ENG')).toEqual(expect.arrayContaining(['2027-12-27', '2027-12-28']));
  });

  it('leave out what is not public', async () => expect(await holidays('DE-BE')).not.toContain('2027-02-14'));

  it('that begin in the evening are the day after it', async () => {
    expect(await holidays('IL')).toContain('2027-04-22');
    expect(await holidays('TR')).toContain('2027-03-09/2027-03-11');
  });

  it('are looked for over the end of a year, and within the window alone', async () => {
    const window = { from: day('2026-12-26'), to: day('2027-01-01') };
    expect(await holidays('DE-BE', window)).toEqual(['2026-12-26', '2027-01-01']);
  });

  it.each([
    [
      'XX',
      '"XX" is no region, for no country is called XX: write the two letters of a country (ISO 3166), such as DE or US, or "none"',
    ],
    ['UK', '"UK" is no region, for no country is called UK: write GB (United Kingdom), or "none"'],
    [
      'US-XY',
      /^"US-XY" is no region, for no part of US is called XY: write US-AL \(Alabama\), .*, or "none"$/,
    ],
    [
      'US-CQ',
      /^"US-CQ" is no region, for no part of US is called CQ: write US-CA \(California\), .*, or "none"$/,
    ],
    ['SG-01', '"SG-01" is no region, for no part of SG is called 01: write the country alone, or "none"'],
    ['DE-BY-X', /^"DE-BY-X" is no region, for no part of DE-BY is called X: write DE-BY-A /],
  ])('are refused for %s', async (region, sentence) => {
    await expect(publicHolidays(region, YEAR)).rejects.toThrow(sentence);
  });
});
