// The fields of a form, read together: everything that is wrong is collected, so that it is said at once.

import { type FieldProblem, InvalidFields } from '../../../domain/errors.ts';
import type { WeeklyWindow } from '../../../domain/partner.ts';
import { readCall, readWindows, Wrong } from '../../../flows/words.ts';
import type { Refused } from '../../../views/pages/form.ts';

export class Findings {
  readonly problems: FieldProblem[] = [];

  /** The value, or undefined once the problem is noted under the name of the field. */
  take<Value>(path: string, read: Value | Wrong): Value | undefined {
    if (!(read instanceof Wrong)) return read;
    this.problems.push({ path, message: read.problem });
    return undefined;
  }

  /** Throws InvalidFields where anything was wrong. */
  refuse(): void {
    if (this.problems.length > 0) throw new InvalidFields(this.problems);
  }
}

/** One field alone; throws InvalidFields where it is wrong. */
export function required<Value>(path: string, read: Value | Wrong): Value {
  const found = new Findings();
  const value = found.take(path, read);
  found.refuse();
  return value as Value;
}

/** What is written in a field that is there once. */
export function textIn(values: Refused['values'], name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

/** One window a line; none where nothing is written. */
export function readWindowLines(text: string): readonly WeeklyWindow[] | Wrong {
  return readWindows(text.split(/\r?\n/).filter((line) => line.trim() !== ''));
}

/** Empty where there is none. */
export function readCallIfAny(text: string): string | Wrong {
  return text.trim() === '' ? '' : readCall(text.trim());
}

export type Bounds = { readonly least: number; readonly most: number };

export function readCount(text: string, { least, most }: Bounds): number | Wrong {
  const count = /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return count >= least && count <= most
    ? count
    : new Wrong(`is to be a whole number from ${least} to ${most}`);
}

/** Minutes of a check-in. */
export function readMinutes(text: string): number | Wrong {
  const minutes = readCount(text, { least: 15, most: 480 });
  const isRight = typeof minutes === 'number' && minutes % 15 === 0;
  return isRight ? minutes : new Wrong('are to be 15 to 480, in quarters of an hour: 15, 30, 45, 60');
}

/** One of the words that a form offers. */
export function readChoice<Word extends string>(text: string, words: readonly Word[]): Word | Wrong {
  return words.find((word) => word === text) ?? new Wrong('is to be one of those that are offered');
}
