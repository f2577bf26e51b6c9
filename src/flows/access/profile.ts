// What people say about themselves, read from the texts of a form.

import { type FieldProblem, InvalidFields } from '../../domain/errors.ts';
import { parseZone, type Zone } from '../../domain/time/zone.ts';
import { isEmail } from '../email-address.ts';
import type { PersonText, Profile, ProfileText } from './ports.ts';

/** Throws InvalidFields with everything that is wrong. */
export function profileOf({ name, zone }: ProfileText): Profile {
  refuse([...nameProblems(name), ...zoneProblems(zone)]);
  return { name: name.trim(), zone: zone.trim() as Zone };
}

/** The same with the address, in lower case as it is kept. */
export function personOf({ email, ...profile }: PersonText): Profile & { readonly email: string } {
  refuse([...emailProblems(email), ...nameProblems(profile.name), ...zoneProblems(profile.zone)]);
  return { email: emailOf(email), ...profileOf(profile) };
}

/** The name of something that somebody keeps; throws InvalidFields where it is none. */
export function labelOf(name: string): string {
  refuse(nameProblems(name));
  return name.trim();
}

/** An address in lower case, as it is kept; throws InvalidFields where it is none. */
export function emailOf(email: string): string {
  refuse(emailProblems(email));
  return email.trim().toLowerCase();
}

function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new InvalidFields(problems);
}

function emailProblems(email: string): FieldProblem[] {
  if (isEmail(email.trim().toLowerCase())) return [];
  return [{ path: 'email', message: 'is no e-mail address: write it as "ana@example.com"' }];
}

function zoneProblems(zone: string): FieldProblem[] {
  if (parseZone(zone.trim())) return [];
  return [{ path: 'zone', message: 'is no time zone: choose one from the list, such as "Europe/Berlin"' }];
}

/** Control characters, line separators, and marks that turn the direction of text around (Unicode TR36 2.5). */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const LONGEST_NAME = 100;

/** What is wrong with the name of a person, or of something that somebody keeps. */
export function nameProblems(text: string): FieldProblem[] {
  const name = text.trim();
  const wrong = (message: string) => [{ path: 'name', message }];
  if (name === '') return wrong('is empty: write a name');
  if (UNSAFE.test(name) || !name.isWellFormed())
    return wrong('holds control characters: write it with letters alone, on one line');
  if (name.length > LONGEST_NAME) return wrong('is longer than 100 characters: shorten it');
  return [];
}

/** A path of ours to go to, or the first page: nobody is sent elsewhere. */
export function localPath(text: string | undefined): string {
  return text && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(text) && !text.includes('\\') ? text : '/';
}
