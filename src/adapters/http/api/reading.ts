// What comes in by a request, held against the schema of its operation. Everything that is wrong is said at once.

import type { z } from 'zod';
import { type FieldProblem, InvalidFields, NotFound } from '../../../domain/errors.ts';
import { holdsAddress } from '../../../flows/show-safely.ts';

/** Who sends thousands of wrong fields is told of the first ones. */
const MOST_PROBLEMS = 50;

/** Each input as its schema reads it. Throws InvalidFields with the path and a sentence for each thing that is wrong. */
export function readInputs(...inputs: readonly (readonly [z.ZodType, unknown])[]): unknown[] {
  const read = inputs.map(([schema, input]) => schema.safeParse(input));
  const issues = read.flatMap(({ error }) => error?.issues ?? []);
  if (issues.length === 0) return read.map(({ data }) => data);
  throw new InvalidFields(issues.flatMap(problemsOf).slice(0, MOST_PROBLEMS));
}

/** What is wrong with a text beyond what its schema sees, in the words of the flow that refuses it. */
export type Judge<World> = (text: string, world: World) => string | undefined | Promise<string | undefined>;

/** The problems of an input that is refused anyway, with those of the fields about which its schema had nothing to say. */
export async function withJudged<World>(
  { problems }: InvalidFields,
  judges: Readonly<Record<string, Judge<World>>>,
  { body, world }: { readonly body: unknown; readonly world: World },
): Promise<InvalidFields> {
  const known = new Set(problems.map(({ path }) => path));
  const sent = Object.entries(Object(body) as object).filter(([path]) => !known.has(path));
  const found = sent.map(async ([path, value]): Promise<FieldProblem[]> => {
    const judge = Object.hasOwn(judges, path) ? judges[path] : undefined;
    const message = typeof value === 'string' ? await judge?.(value, world) : undefined;
    return message === undefined ? [] : [{ path, message }];
  });
  return new InvalidFields([...problems, ...(await Promise.all(found)).flat()]);
}

/** Throws NotFound for what is no id of ours: there is nothing of that id. */
export function readParams<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
  const read = schema.safeParse(params);
  if (read.success) return read.data;
  throw new NotFound('thing');
}

/** An object with several unknown keys is one issue with a line of its message for each. */
function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: pathText(issue.path), message: issue.message }];
  const messages = issue.message.split('\n');
  return issue.keys
    .slice(0, MOST_PROBLEMS)
    .map((key, i) => ({ path: pathText([...issue.path, shownKey(key)]), message: messages[i] ?? '' }));
}

/** ["partners", 1, "zone"] → "partners[1].zone" */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, step) => {
    if (typeof step === 'number') return `${before}[${step}]`;
    return before === '' ? String(step) : `${before}.${String(step)}`;
  }, '');
}

/** A key may be anything that somebody wrote: also an address that should have been a value, or a whole page. */
function shownKey(key: string): string {
  if (holdsAddress(key)) return '(an address)';
  return key.length > 60 ? `${key.slice(0, 57).toWellFormed()}…` : key;
}
