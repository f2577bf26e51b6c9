// Hashes of rows that add up like the rows do, so that sums and differences of rows are found without hashing them anew.

import type { Table } from './groups.ts';

/** A linear hash of each row, modulo 2^32: the hash of a sum of rows is the sum of their hashes. */
export function rowHashes({ rows, width }: Table): Int32Array {
  const hashes = new Int32Array(rows.length / width);
  for (let row = 0; row < hashes.length; row++) {
    let hash = 0;
    let factor = 0x01000193;
    for (let i = 0; i < width; i++) {
      hash = (hash + Math.imul(rows[row * width + i]!, factor)) | 0;
      factor = Math.imul(factor, 0x85ebca6b) | 1;
    }
    hashes[row] = hash;
  }
  return hashes;
}
