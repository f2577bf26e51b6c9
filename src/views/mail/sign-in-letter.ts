// The letter with a link to sign in by.

import { type LetterText, writtenLetter } from './letter.ts';

export type SignInLetter = {
  readonly address: string;
  readonly email: string;
  /** How long the link is good for. */
  readonly minutes: number;
};

export function signInLetter({ address, email, minutes }: SignInLetter): LetterText {
  return writtenLetter({
    subject: 'Sign in to Turnabout',
    title: 'Sign in to Turnabout',
    paragraphs: [
      {
        kind: 'text',
        lines: [`Follow this link to sign in as ${email}. It works once, for ${minutes} minutes.`],
      },
      { kind: 'link', label: 'Sign in', address },
      { kind: 'text', lines: ['If you did not ask for it, leave it: nothing happens then.'] },
    ],
    because: 'You have this mail because somebody asked to sign in with your address.',
  });
}
