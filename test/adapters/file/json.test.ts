import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInJson } from '../../../src/adapters/file/json.ts';
import { readPartnership } from '../../../src/adapters/file/partnership.ts';

const right = JSON.stringify(
  { partnership: 'H', anchor: ['UTC', -1.5e3, true, null, { a: 'é\n"\u2028' }] },
  null,
  1,
);

describe('a JSON text that is wrong', () => {
  it.each([
    ['a comma left out', '{\n "a": 1\n "b": 2\n}', 3, 'a comma or "}" is missing before this'],
    ['a comma left out of a list', '[1\n2]', 2, 'a comma or "]" is missing before this'],
    [
      'a comma too many',
      '{\n "a": 1,\n}',
      3,
      'a comma stands before "}", after the last entry; leave it out',
    ],
    [
      'a comma too many in a list',
      '[1,]',
      1,
      'a comma stands before "]", after the last entry; leave it out',
    ],
    ['a key without quotes', '{\n a: 1 }', 2, 'a key in double quotes or "}" is missing here'],
    ['a second key without quotes', '{ "b": 1,\n a: 1 }', 2, 'a key in double quotes is missing here'],
    ['a colon left out', '{ "a"\n1 }', 2, 'a colon is missing after a key'],
    ['a value left out', '{ "a": }', 1, 'a value is missing here'],
    ['a word', '{ "a": yes }', 1, 'a value is no text in double quotes, number, true, false or null'],
    ['a number with a zero', '[007]', 1, 'a value is no text in double quotes, number, true, false or null'],
    ['single quotes', "{ 'a': 1 }", 1, 'a text is in single quotes; JSON wants double ones'],
    ['a comment', '{ // the name\n}', 1, 'a comment stands here; JSON has none'],
    [
      'a text over two lines',
      '{ "a": "b\nc" }',
      1,
      'a text in quotes does not end on its line, or holds a backslash that means nothing',
    ],
    ['a map that is not closed', '{ "a": {\n"b": 1 }\n', 2, 'a "{" is never closed; write "}" at its end'],
    ['a list that is not closed', '[1', 1, 'a "[" is never closed; write "]" at its end'],
    ['more after its end', '{}\n{}', 2, 'something follows after its end'],
    ['nothing', '', 1, 'it is empty'],
  ])('has a line and plain words for %s', (_, text, line, what) => {
    expect(findInJson(text)).toEqual({ line, problem: `this is no JSON: ${what}` });
  });

  it('is not found in one that is right', () => expect(findInJson(right)).toBeUndefined());

  it('is always given a place, whatever is wrong', () => {
    const place = fc.nat({ max: right.length });
    fc.assert(
      fc.property(place, fc.nat({ max: 3 }), fc.string({ maxLength: 3 }), (at, cut, put) => {
        const found = findInJson(right.slice(0, at) + put + right.slice(at + cut));
        expect(found?.problem ?? '').not.toBe('this is no JSON: it cannot be read');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a partnership file in JSON', () => {
  const problems = (text: string, path: string): string[] => {
    const read = readPartnership(text, path);
    return read.kind === 'wrong' ? read.problems.map(({ where, message }) => `${where}: ${message}`) : [];
  };

  it.each(['harbour.json', 'harbour.yaml'])('is not called YAML in %s', (path) => {
    expect(problems('{\n "partnership": "H"\n "anchor": "UTC"\n}', path)).toEqual([
      `${path}:3: this is no JSON: a comma or "}" is missing before this`,
    ]);
  });

  it('may be a map of YAML all the same', () => {
    const text =
      '{ partnership: H, anchor: UTC, partners: [{ name: A, email: a@example.com, zone: UTC }, { name: B, email: b@example.com, zone: UTC }] }';
    expect(problems(text, 'harbour.yaml')).toEqual([]);
  });
});
