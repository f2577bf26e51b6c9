// Half-open intervals of instants, and the algebra on lists of them.

import type { Instant } from './instant.ts';

/** From `start` up to but without `end`; `end` is never before `start`. */
export type Interval = { readonly start: Instant; readonly end: Instant };

/** Whether some instant lies in both; intervals that only touch do not overlap. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether every instant of `inner` lies in `outer`. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Sorted, without empty ones, touching and overlapping ones joined. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((each) => each.start < each.end).sort((a, b) => a.start - b.start);
  const joined: { start: Instant; end: Instant }[] = [];
  for (const each of sorted) {
    const last = joined.at(-1);
    if (last && each.start <= last.end) last.end = Math.max(last.end, each.end) as Instant;
    else joined.push({ start: each.start, end: each.end });
  }
  return joined;
}

/** What of `intervals` lies in none of `removed`; sorted and joined. */
export function subtract(intervals: readonly Interval[], removed: readonly Interval[]): Interval[] {
  const holes = union(removed);
  const left: Interval[] = [];
  for (const each of union(intervals)) {
    let start = each.start;
    for (const hole of holes) {
      if (hole.end <= start || hole.start >= each.end) continue;
      if (hole.start > start) left.push({ start, end: hole.start });
      start = hole.end;
    }
    if (start < each.end) left.push({ start, end: each.end });
  }
  return left;
}

/** What lies in both lists; sorted and joined. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const [left, right] = [union(a), union(b)];
  const both: Interval[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const start = Math.max(left[i]!.start, right[j]!.start) as Instant;
    const end = Math.min(left[i]!.end, right[j]!.end) as Instant;
    if (start < end) both.push({ start, end });
    if (left[i]!.end < right[j]!.end) i++;
    else j++;
  }
  return both;
}
