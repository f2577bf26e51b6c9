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

/** A calendar that could not be read as a whole: it is *unknown*, never free. `calendar` is safe to show. */
export class CalendarUnreadable extends Error {
  override readonly name = 'CalendarUnreadable';
  readonly calendar: string;

  constructor(calendar: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.calendar = calendar;
  }
}
