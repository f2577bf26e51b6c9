// Broken expectations: what should not happen and is thrown, with fields to act on. Expected outcomes
// (nothing could be placed, a calendar is unknown) are values, not errors.

/** Wrong input of a person: what is wrong, where (`field`, a file or a line), and what would be right. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly where: string;

  constructor(where: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.where = where;
  }
}

/** The database cannot be used: `where` it is (a folder, a migration); the message says what is wrong and what to do. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly where: string;

  constructor(where: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.where = where;
  }
}

/** A calendar that could not be read as a whole: it is *unknown*, never free. `calendar` is safe to show. */
export class CalendarUnreadable extends Error {
  override readonly name = 'CalendarUnreadable';
  readonly calendar: string;

  constructor(calendar: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.calendar = calendar;
  }
}

/** A calendar lost more than half of its events at once: nothing is changed on its word. `calendar` is safe to show. */
export class CalendarEmptied extends Error {
  override readonly name = 'CalendarEmptied';
  readonly calendar: string;

  constructor(calendar: string, options?: ErrorOptions) {
    super(
      'more than half of its events are gone at once; its owner is to look at it and to confirm',
      options,
    );
    this.calendar = calendar;
  }
}

/** Something about one field: `path` as it was given ("partners[1].zone"), and a sentence that says what would be right. */
export type FieldProblem = { readonly path: string; readonly message: string };

/** Input that is refused whole, with everything that is wrong with it. */
export class InvalidFields extends Error {
  override readonly name = 'InvalidFields';
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[], options?: ErrorOptions) {
    super(problems.map(({ path, message }) => `${path} ${message}`.trim()).join('; '), options);
    this.problems = problems;
  }
}

/** There is no such thing, or not for who asks: the two are not told apart. `what` is safe to show ("partnership"). */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  readonly what: string;

  constructor(what: string, options?: ErrorOptions) {
    super(`there is no such ${what}`, options);
    this.what = what;
  }
}

/** Who asks may not do that; the message says what would be needed. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** It cannot be done as things stand; the message says why and what to do instead. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** Somebody else changed it meanwhile: read it again and decide anew. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
  readonly what: string;

  constructor(what: string, options?: ErrorOptions) {
    super(`the ${what} was changed meanwhile: look at it again, then try once more`, options);
    this.what = what;
  }
}

/** Something outside (a mail server, a database) does not answer now; `retryAfter` in milliseconds where it is known. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
  readonly retryAfter?: number;

  constructor(message: string, options?: ErrorOptions & { readonly retryAfter?: number }) {
    super(message, options);
    if (options?.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }
}
