// What `doctor` finds, one thing at a time.

/** One thing that was looked at. What is not `well` says what to do. */
export type Finding = {
  readonly what: string;
  readonly state: 'well' | 'note' | 'wrong';
  readonly text: string;
};

export const well = (what: string, text: string): Finding => ({ what, state: 'well', text });
export const note = (what: string, text: string): Finding => ({ what, state: 'note', text });
export const wrong = (what: string, text: string): Finding => ({ what, state: 'wrong', text });
