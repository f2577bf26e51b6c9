// The OpenAPI 3.1 document, made from the same declarations as the routes.

import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { KEY } from './once.ts';
import type { Operation } from './operation.ts';
import { problem } from './schemas/problem.ts';

export type ApiDocument = ReturnType<typeof createDocument>;

export function apiDocument(
  operations: readonly Operation[],
  { server }: { readonly server: string },
): ApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    paths[operation.path] = { ...path, [operation.method.toLowerCase()]: operationObject(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Turnabout',
      version: '1',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token from your account page. Its scopes say what it may be used for.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'turnabout',
          description:
            'A browser that is signed in; on https the cookie is __Host-turnabout. It may do everything.',
        },
      },
    },
  });
}

const ABOUT = [
  'Instants are RFC 3339 in UTC; dates are written as 2027-01-04, windows as lines such as "Mon-Fri 09:00-17:00".',
  'Keys that nothing reads are refused by name.',
  'Lists come a page at a time: the next one is asked for with the `next` of the one before as `cursor`.',
  'A POST with an Idempotency-Key is done once, and answered alike for 24 hours.',
  'Refusals are problems (RFC 9457) that say what is wrong, where, and what would be right.',
].join(' ');

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, description, tag, scope, params, query, body } = operation;
  const headers = headersAsked(operation);
  return {
    operationId: id,
    summary,
    description: [description, needs(scope)].filter((part) => part !== undefined).join(' '),
    tags: [tag],
    ...(scope === 'account' && { security: [{ session: [] }] }),
    requestParams: {
      ...(hasFields(params) && { path: params }),
      ...(hasFields(query) && { query }),
      ...(hasFields(headers) && { header: headers }),
    },
    ...(body && {
      requestBody: { content: { 'application/json': { schema: body } }, required: !isOptional(body) },
    }),
    responses: responsesOf(operation),
  };
}

function needs(scope: Operation['scope']): string {
  return scope === 'account' ? 'Needs a session.' : `Needs the scope "${scope}".`;
}

function hasFields({ shape }: z.ZodObject): boolean {
  return Object.keys(shape).length > 0;
}

function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

const ETAG = '"9f86d081884c7d65"';

const idempotencyKey = z
  .string()
  .regex(KEY)
  .optional()
  .meta({
    description: 'Your own for each request: one word. Sent again under it, it is not done again.',
    examples: ['0f8c2a54-1f0a-4e0e-9d3c-6a1b2c3d4e5f'],
  });
const ifMatch = z
  .string()
  .optional()
  .meta({ description: 'The ETag of what you have seen.', examples: [ETAG] });
const noneYet = z
  .string()
  .optional()
  .meta({ description: '`*`: there must be none yet.', examples: ['*'] });
const notAsSeen = z
  .string()
  .optional()
  .meta({ description: 'The ETag of what you have: 304 where it is still so.', examples: [ETAG] });

function headersAsked(operation: Operation): z.ZodObject {
  const { method, isConditional } = operation;
  return z.object({
    ...(method === 'POST' && { 'Idempotency-Key': idempotencyKey }),
    ...(isConditional && { 'If-Match': ifMatch }),
    ...(isConditional && method === 'PUT' && { 'If-None-Match': noneYet }),
    ...(answersNotModified(operation) && { 'If-None-Match': notAsSeen }),
  });
}

function answersNotModified({ method, answer }: Operation): boolean {
  return method === 'GET' && answer.hasETag === true;
}

const etag = z.string().meta({ description: 'The version of what is told.', examples: [ETAG] });
const location = z.string().meta({ description: 'The path of what was made.' });
const replayed = z
  .literal('true')
  .optional()
  .meta({ description: 'It was done before, under the same Idempotency-Key.' });

/** Beside the body of an answer where all went well. */
function headersAnswered({ method, answer }: Operation): z.ZodObject {
  return z.object({
    ...(answer.hasETag && { ETag: etag }),
    ...(answer.hasLocation && { Location: location }),
    ...(method === 'POST' && { 'Idempotent-Replayed': replayed }),
  });
}

function responsesOf(operation: Operation): ZodOpenApiOperationObject['responses'] {
  const { status, description, body } = operation.answer;
  const headers = headersAnswered(operation);
  const content = body && { 'application/json': { schema: body } };
  return {
    [status]: {
      description,
      ...(content && { content }),
      ...(hasFields(headers) && { headers }),
    },
    ...(answersNotModified(operation) && { 304: { description: 'It is as you have it.' } }),
    ...Object.fromEntries(refusalsOf(operation).map((each) => [each, refusal(each)])),
  };
}

const retryAfter = z.string().meta({ description: 'Seconds to wait.', examples: ['60'] });
const wayIn = z.string().meta({ description: 'By which one is known here.', examples: ['Bearer'] });

const HEADERS_OF_REFUSALS: Readonly<Record<number, z.ZodObject>> = {
  401: z.object({ 'WWW-Authenticate': wayIn }),
  429: z.object({ 'Retry-After': retryAfter }),
  503: z.object({ 'Retry-After': retryAfter }),
};

function refusal(status: number) {
  const headers = HEADERS_OF_REFUSALS[status];
  return {
    description: REFUSALS[status]!,
    ...(headers && { headers }),
    content: { 'application/problem+json': { schema: problem } },
  };
}

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'It cannot be read.',
  401: 'Nobody is signed in, or the token is none.',
  403: 'The token lacks a scope, or the request did not come from here.',
  404: 'There is no such thing, or not for you.',
  409: 'It cannot be done as things stand.',
  412: 'It was changed since you have seen it.',
  413: 'It is too large.',
  415: 'It is no JSON.',
  422: 'Something in it is to be put right.',
  428: 'Say which version you have seen.',
  429: 'That was too often.',
  503: 'Try again in a minute.',
};

/** What every operation may answer, and what this one may. */
function refusalsOf({ method, about, params, isConditional, refusals = [] }: Operation): number[] {
  const own = [
    ...[400, 401, 403, 422, 429, 503],
    ...(about === 'partnership' || hasFields(params) ? [404] : []),
    // A body is looked at also where none is asked for.
    ...(method === 'GET' ? [] : [409, 413, 415]),
    ...(isConditional ? [404, 412, 428] : []),
    ...refusals,
  ];
  return [...new Set(own)].sort((a, b) => a - b);
}
