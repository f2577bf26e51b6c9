import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawPicture, PICTURE } from './support/picture.ts';

test('the picture of the README shows what its command prints today (else: node test/support/write-picture.ts)', () => {
  expect(readFileSync(PICTURE, 'utf8')).toBe(drawPicture());
});
