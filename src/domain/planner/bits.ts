// Bitsets over the grid: bit `q` stands for the quarter-hour `q`.

/** 32 quarter-hours a word, the lowest bit first; a week is exactly 21 words. */
export type Bits = Int32Array;

/** A bitset for at least `length` quarter-hours, none of them set. */
export function bitsFor(length: number): Bits {
  return new Int32Array((length + 31) >>> 5);
}

/** Whether the quarter-hour is set; outside the bitset none is. */
export function isSet(bits: Bits, index: number): boolean {
  return index >= 0 && index >>> 5 < bits.length && ((bits[index >>> 5]! >>> (index & 31)) & 1) === 1;
}

/** Sets the bits from `start` up to but without `end`, as far as they lie in `bits`. */
export function setRange(bits: Bits, start: number, end: number): void {
  const [from, to] = [Math.max(0, start), Math.min(end, bits.length * 32)];
  if (from >= to) return;
  const [first, last] = [from >>> 5, (to - 1) >>> 5];
  const head = -1 << (from & 31);
  const tail = -1 >>> (31 - ((to - 1) & 31));
  if (first === last) {
    bits[first]! |= head & tail;
    return;
  }
  bits[first]! |= head;
  for (let word = first + 1; word < last; word++) bits[word] = -1;
  bits[last]! |= tail;
}

/** Clears the bits from `start` up to but without `end`, as far as they lie in `bits`. */
export function clearRange(bits: Bits, start: number, end: number): void {
  const [from, to] = [Math.max(0, start), Math.min(end, bits.length * 32)];
  if (from >= to) return;
  const [first, last] = [from >>> 5, (to - 1) >>> 5];
  const head = -1 << (from & 31);
  const tail = -1 >>> (31 - ((to - 1) & 31));
  if (first === last) {
    bits[first]! &= ~(head & tail);
    return;
  }
  bits[first]! &= ~head;
  for (let word = first + 1; word < last; word++) bits[word] = 0;
  bits[last]! &= ~tail;
}

/** What all of `sets`, which are of one length and at least one, have in common; a new bitset. */
export function intersectionOf(sets: readonly Bits[]): Bits {
  const [first, ...others] = sets;
  const common = first!.slice();
  for (let word = 0; word < common.length; word++) {
    let left = common[word]!;
    // Most words are empty after few calendars: nobody is reachable at night.
    for (let k = 0; k < others.length && left !== 0; k++) left &= others[k]![word]!;
    common[word] = left;
  }
  return common;
}

/** Leaves only the bits after which, with themselves, `duration` bits are set: the possible starts. */
export function erode(bits: Bits, duration: number): void {
  for (let done = 1; done < duration; ) {
    const step = Math.min(done, duration - done);
    andShifted(bits, step);
    done += step;
  }
}

/** The indices of the set bits from `start` up to but without `end`, in order. */
export function indicesIn(bits: Bits, start: number, end: number): number[] {
  const found: number[] = [];
  const [from, to] = [Math.max(0, start), Math.min(end, bits.length * 32)];
  for (let word = from >>> 5; word << 5 < to; word++) {
    let left = bits[word]!;
    while (left !== 0) {
      const lowest = left & -left;
      const index = (word << 5) + 31 - Math.clz32(lowest);
      if (index >= from && index < to) found.push(index);
      left ^= lowest;
    }
  }
  return found;
}

/** `bits &= bits >> step`, over the words; `step` may be any number of bits. */
function andShifted(bits: Bits, step: number): void {
  const [words, rest, count] = [step >>> 5, step & 31, bits.length];
  for (let word = 0; word < count; word++) {
    const own = bits[word]!;
    if (own === 0) continue;
    const low = word + words < count ? bits[word + words]! : 0;
    const high = word + words + 1 < count ? bits[word + words + 1]! : 0;
    bits[word] = own & (rest === 0 ? low : (low >>> rest) | (high << (32 - rest)));
  }
}
