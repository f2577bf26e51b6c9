// One VEVENT, read: when it is, how it repeats, what it says. What of it cannot be read is reported and left out.

import { notBusyRule } from '../../../domain/calendar/event.ts';
import type { Interval } from '../../../domain/time/interval.ts';
import {
  type Component,
  LineUnreadable,
  linesOf,
  type Property,
  propertyNamed,
  propertyOf,
} from './component.ts';
import { type Facts, type FactsContext, factsOf } from './facts.ts';
import { defaultLength, forward, type Length, lengthOf, lengthOfPeriod } from './length.ts';
import type { Budget } from './limits.ts';
import {
  dateMoment,
  dateOfMoment,
  instantOfMoment,
  type Moment,
  momentAt,
  momentOf,
  momentOfValue,
  onClockOf,
  type TimeContext,
  TimeUnreadable,
} from './moment.ts';
import { parseRule, type Rule, RuleUnreadable } from './rule.ts';
import { period } from './values.ts';

export type EventContext = TimeContext &
  FactsContext & {
    readonly window: Interval;
    readonly lineLength: number;
    readonly budget: Budget;
    /** Tells of one thing that could not be read. */
    readonly report: (problem: { readonly message: string; readonly hidesTime: boolean }) => void;
  };

/** Which occurrence of its series an event replaces (RFC 5545 3.8.4.4), and whether all later ones as well. */
export type Replaced = { readonly moment: Moment; readonly andFuture: boolean };

/** A date of RDATE; a PERIOD brings its own length, and so does a day beside times. */
export type Addition = { readonly start: Moment; readonly length?: Length };

export type EventRecord = {
  readonly uid: string;
  /** A later revision has a larger one: SEQUENCE, and then DTSTAMP. */
  readonly revision: { readonly sequence: number; readonly stamp: string };
  readonly start: Moment;
  readonly length: Length;
  readonly facts: Facts;
  readonly replaces?: Replaced;
  readonly rules: readonly Rule[];
  readonly additions: readonly Addition[];
  readonly exclusions: readonly Moment[];
};

/** Reads a VEVENT; undefined where it has no readable start, which is reported. */
export function readEvent(component: Component, uid: string, context: EventContext): EventRecord | undefined {
  const facts = factsOf(component, context);
  const attempt = attempts(context, notBusyRule({ ...facts, uid, ...context.window }) === undefined);
  const replaces = attempt('free', () => replacedBy(component, context));
  const start = attempt('hides', () => startOf(component, replaces, context)) ?? replaces?.moment;
  if (!start) return undefined;
  // What only bears on the time after DTSTART hides nothing of a window that ends before it.
  const later = instantOfMoment(start) < context.window.end ? 'hides' : 'free';
  const length = attempt(later, () => lengthOf(component, start, context));
  return {
    uid,
    revision: revisionOf(component),
    start,
    length:
      attempt(isGone(component, start, context) ? 'free' : later, () => length && forward(length)) ??
      defaultLength(start),
    facts,
    ...(replaces
      ? { replaces, ...NO_REPETITION }
      : repetitionOf(component, start, { context, attempt, later })),
  };
}

/** Whether a single event began before the window: one that is said to end even earlier cannot reach into it. */
function isGone(component: Component, start: Moment, { window }: EventContext): boolean {
  const repeats = component.lines.some(({ name }) => name === 'RRULE' || name === 'RDATE');
  return !repeats && instantOfMoment(start) < window.start;
}

type Repetition = Pick<EventRecord, 'rules' | 'additions' | 'exclusions'>;

/** What replaces an occurrence does not repeat, whatever it says. */
const NO_REPETITION: Repetition = { rules: [], additions: [], exclusions: [] };

function repetitionOf(
  component: Component,
  start: Moment,
  { context, attempt, later }: { context: EventContext; attempt: Attempt; later: OnFailure },
): Repetition {
  const values = <T>(name: string, onFailure: OnFailure, read: (value: Listed) => T): T[] =>
    linesOf(component, name)
      .flatMap((line) => attempt(onFailure, () => listed(propertyOf(line, context.lineLength))) ?? [])
      .flatMap((value) => attempt(onFailure, () => read(value)) ?? []);
  attempt('free', () => refuseExceptionRules(component));
  return {
    rules: rulesOf(component, { attempt, later }),
    additions: values('RDATE', 'hides', (value) => additionOf(value, start, context)),
    exclusions: values('EXDATE', 'free', (value) => exclusionOf(value, start, context)),
  };
}

function rulesOf(component: Component, { attempt, later }: { attempt: Attempt; later: OnFailure }): Rule[] {
  return linesOf(component, 'RRULE').flatMap(
    (line) => attempt(later, () => parseRule(propertyOf(line).value)) ?? [],
  );
}

/** Whether a thing that cannot be read may hide when its owner is busy, or can only make them look busier. */
type OnFailure = 'hides' | 'free';

type Attempt = <T>(onFailure: OnFailure, read: () => T) => T | undefined;

function attempts(context: EventContext, busy: boolean): Attempt {
  return (onFailure, read) => {
    try {
      return read();
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      context.report({ message: error.message, hidesTime: busy && onFailure === 'hides' });
      return undefined;
    }
  };
}

function isUnreadable(error: unknown): error is Error {
  return (
    error instanceof TimeUnreadable || error instanceof RuleUnreadable || error instanceof LineUnreadable
  );
}

function startOf(component: Component, replaces: Replaced | undefined, context: TimeContext): Moment {
  const property = propertyNamed(component, 'DTSTART');
  if (property) return momentOf(property, context);
  if (replaces) return replaces.moment;
  throw new TimeUnreadable('it has no DTSTART');
}

function replacedBy(component: Component, context: TimeContext): Replaced | undefined {
  const property = propertyNamed(component, 'RECURRENCE-ID');
  if (!property) return undefined;
  const andFuture = property.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE';
  return { moment: momentOf(property, context), andFuture };
}

/** A revision number that cannot be read counts as the first. */
function revisionOf(component: Component): EventRecord['revision'] {
  const sequence = Number.parseInt(lastValue(component, 'SEQUENCE'), 10);
  return { sequence: Number.isFinite(sequence) ? sequence : 0, stamp: lastValue(component, 'DTSTAMP') };
}

function lastValue(component: Component, name: string): string {
  const text = linesOf(component, name)[0]?.text ?? '';
  return text.slice(text.lastIndexOf(':') + 1).trim();
}

/** RFC 5545 dropped EXRULE (A.3); what it would exclude counts as busy. */
function refuseExceptionRules(component: Component): void {
  if (linesOf(component, 'EXRULE').length > 0)
    throw new RuleUnreadable('its EXRULE, which RFC 5545 has dropped, is not followed');
}

function additionOf(value: Listed, start: Moment, context: EventContext): Addition {
  context.budget.step(STEPS_OF_VALUE);
  const span = period(value.text);
  if (!span) return additionOn(momentOfValue(value.property, value.text, context), start, context);
  const begin = onClockOf(start, momentAt(span.start, value.property, context));
  return { start: begin, length: lengthOfPeriod(span, { start: begin, property: value.property, context }) };
}

/** RFC 5545 does not say what a day means beside times: it is taken whole, from 00:00 on the event's clock. */
function additionOn(moment: Moment, start: Moment, { local }: TimeContext): Addition {
  if (start.kind === 'date') return { start: dateMoment(dateOfMoment(moment), local) };
  if (moment.kind === 'time') return { start: onClockOf(start, moment) };
  return { start: { ...moment, kind: 'time', clock: start.clock }, length: { days: 1, exact: 0 } };
}

function exclusionOf({ property, text }: Listed, start: Moment, context: EventContext): Moment {
  context.budget.step(STEPS_OF_VALUE);
  return onClockOf(start, momentOfValue(property, text, context));
}

/** A value of a list takes about as long as ten days looked at; 100,000 of them are allowed to an event. */
const STEPS_OF_VALUE = 10;

/** One value of a list, and the property whose parameters hold for it. */
type Listed = { readonly property: Property; readonly text: string };

/** The values of RDATE or EXDATE; some programs escape the commas, and vCalendar 1.0 had semicolons. */
function listed(property: Property): Listed[] {
  const texts = property.value.split(/\\?[,;]/).filter((text) => text.trim() !== '');
  return texts.map((text) => ({ property, text }));
}
