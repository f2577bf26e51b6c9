// Idempotency-Key: a POST with the same key is done once, and answered alike for a day.

import type { Request } from 'express';
import { InvalidFields } from '../../../domain/errors.ts';
import { answerOnce, type KeptAnswer } from '../../../flows/answer-once.ts';
import { authorizePerson } from '../../../flows/authorized.ts';
import { credentialOf } from '../route.ts';
import type { ApiWorld, Done, Operation } from './operation.ts';

/** The answer as it goes out; `isRepeated` where it was given before. */
export type Answer = KeptAnswer & { readonly isRepeated?: true };

/**
 * Does the work; once, where the request carries a key. An answer that is kept is given to whoever got it, while their credential
 * allows as much: before `work` asks where they stand in the partnership, which they may just have left.
 */
export async function answerOf(
  operation: Operation,
  work: () => Promise<Done>,
  { request, world }: { readonly request: Request; readonly world: ApiWorld },
): Promise<Answer> {
  const key = operation.method === 'POST' ? keyOf(request) : undefined;
  if (key === undefined) return written(operation, await work());
  const { person } = authorizePerson(credentialOf(request), operation.scope);
  const asked = [request.method, request.originalUrl, request.body ?? null];
  const hash = world.secrets.digest(JSON.stringify(asked));
  const once = await answerOnce({ person, key, hash }, () => doneAndKept(operation, work), world);
  return once.kind === 'done' ? once.result : { ...once.answer, isRepeated: true };
}

/** Of what is kept, secrets are null: they are told once, and nobody finds them in the database. */
async function doneAndKept(operation: Operation, work: () => Promise<Done>) {
  const done = await work();
  const { secrets = [] } = operation.answer;
  const withoutSecrets = Object.fromEntries(secrets.map((field) => [field, null]));
  const body = secrets.length === 0 ? done.body : { ...(done.body as object), ...withoutSecrets };
  return { result: written(operation, done), kept: written(operation, { ...done, body }) };
}

function written({ answer }: Operation, { body, headers = {} }: Done): KeptAnswer {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status: answer.status, body: text, headers: { ...headers } };
}

/** One word of at most 255 characters. */
export const KEY = /^[\x21-\x7e]{1,255}$/;

/** What others send as a key is held to what a key is. */
function keyOf({ headers }: Request): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && KEY.test(key)) return key;
  const message = 'is no key: send one word of at most 255 characters, such as a random UUID';
  throw new InvalidFields([{ path: 'Idempotency-Key', message }]);
}
