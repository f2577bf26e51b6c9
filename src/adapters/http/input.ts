// What comes in by a request, read by a schema. Everything that is wrong is said at once.

import { z } from 'zod';
import { type FieldProblem, InvalidFields } from '../../domain/errors.ts';

/** Throws InvalidFields with the path and a sentence for each thing that is wrong. */
export function inputOf<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const read = schema.safeParse(input ?? {});
  if (read.success) return read.data;
  throw new InvalidFields(read.error.issues.map(problemOf));
}

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  return { path: pathText(issue.path), message: messageOf(issue) };
}

/** ["partners", 1, "zone"] → "partners[1].zone" */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** Words of a schema of ours are kept; those of the library are put as sentences about the field. */
function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'is missing'
        : `is to be of type ${issue.expected}`;
    case 'too_big':
      return `is more than ${issue.maximum}${unitOf(issue.origin)}`;
    case 'too_small':
      return `is less than ${issue.minimum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `is to be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return `is not written as ${issue.format}`;
    case 'unrecognized_keys':
      return `has what nobody knows: ${issue.keys.join(', ')}`.slice(0, 200);
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  return { string: ' characters', array: ' entries', set: ' entries' }[origin] ?? '';
}

/** A field of a form: text that the flow judges, its length as well, and empty where it is missing. */
export const formText = z.string().default('');
