// An operation of the API: declared once, from which follow its route, its place in the document, and what is checked before it
// runs: who asks, whether they may, and what they send.

import { z } from 'zod';
import { InvalidFields } from '../../../domain/errors.ts';
import type { AccessWorld } from '../../../flows/access/ports.ts';
import type { AnswerStore } from '../../../flows/answer-once.ts';
import {
  type AuthorizedPartner,
  type AuthorizedPerson,
  authorizePartner,
  authorizePerson,
  type Credential,
  type PartnerPermission,
  type Permission,
  scopeOf,
} from '../../../flows/authorized.ts';
import type { World } from '../../../flows/world.ts';
import type { Method } from '../route.ts';
import type { Conditions } from './conditions.ts';
import { id, strict } from './fields.ts';
import { type Judge, readInputs, readParams, withJudged } from './reading.ts';

export type ApiWorld = World & AccessWorld & { readonly answers: AnswerStore };

/** What may be asked about the answer of an operation, beside its body. */
export type AnswerHeaders = { readonly ETag?: string; readonly Location?: string };

/** The answer where all went well; without a schema there is no body. */
export type AnswerShape<Body extends z.ZodType> = {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  readonly body?: Body;
  /** It can be edited by two, and says which version it is. */
  readonly hasETag?: true;
  /** It says where what was made is to be found. */
  readonly hasLocation?: true;
  /** Fields that hold a secret, which is told once: where the answer is repeated they are null. */
  readonly secrets?: readonly string[];
};

export type Answered<Body extends z.ZodType> = {
  readonly body: z.input<Body>;
  readonly headers?: AnswerHeaders;
};

type Declared<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Sent extends z.ZodType,
  Body extends z.ZodType,
> = {
  readonly id: string;
  readonly method: Method;
  /** Below /api/v1, or below the partnership. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Sent;
  /** For fields of the body that the flow judges: asked where something else is wrong already, so that all is said at once. */
  readonly judges?: Readonly<Record<string, Judge<ApiWorld>>>;
  readonly answer: AnswerShape<Body>;
  /** By If-Match and If-None-Match. */
  readonly isConditional?: true;
  /** Refusals of its own, beside those that every operation has. */
  readonly refusals?: readonly number[];
};

/** What was asked, read. */
export type Asked<Params extends z.ZodObject, Query extends z.ZodObject, Sent extends z.ZodType> = {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Sent>;
  readonly conditions: Conditions;
  readonly world: ApiWorld;
};

/** A request before it is read. */
export type RawRequest = {
  readonly credential: Credential;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly conditions: Conditions;
};

/** What an operation gives, whichever it is. */
export type Done = Answered<z.ZodType>;

type AnyShape = Declared<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;

export type Operation = Omit<AnyShape, 'params' | 'query' | 'body' | 'judges'> & {
  readonly scope: Permission;
  readonly about: 'person' | 'partnership';
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  /** Checks everything that can be checked before anything is done. */
  readonly perform: (request: RawRequest, world: ApiWorld) => Promise<Done>;
};

type Nothing = z.ZodObject<Record<never, never>>;

const nothing = strict({});

/** An operation about the person who asks. */
export function forPerson<
  Needed extends Permission,
  Body extends z.ZodType,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Sent extends z.ZodType = Nothing,
>(
  declared: Declared<Params, Query, Sent, Body> & {
    readonly needed: Needed;
    readonly run: (
      person: AuthorizedPerson<Needed>,
      asked: Asked<Params, Query, Sent>,
    ) => Promise<Answered<Body>>;
  },
): Operation {
  const { run, needed, judges = {}, ...shape } = declared;
  const schemas = schemasOf(shape);
  return {
    ...shape,
    ...schemas,
    scope: needed,
    about: 'person',
    perform: async (request, world) => {
      const params = readParams(schemas.params, request.params);
      const person = authorizePerson(request.credential, needed);
      const read = await askedBy(request, { ...schemas, judges }, { params, world });
      const asked = read as Asked<Params, Query, Sent>;
      return run(person, asked);
    },
  };
}

/** An operation in a partnership, of which nobody but its members learns anything; `path` is below it. */
export function forPartner<
  Needed extends PartnerPermission,
  Body extends z.ZodType,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Sent extends z.ZodType = Nothing,
>(
  declared: Declared<Params, Query, Sent, Body> & {
    readonly needed: Needed;
    readonly run: (
      partner: AuthorizedPartner<Needed>,
      asked: Asked<Params, Query, Sent>,
    ) => Promise<Answered<Body>>;
  },
): Operation {
  const { run, needed, judges = {}, ...shape } = declared;
  const own = schemasOf(shape);
  const schemas = { ...own, params: own.params.extend({ partnership: id }) };
  return {
    ...shape,
    ...schemas,
    path: `/partnerships/{partnership}${shape.path}`,
    scope: scopeOf(needed),
    about: 'partnership',
    perform: async (request, world) => {
      const { partnership, ...params } = readParams(schemas.params, request.params) as {
        partnership: string;
      };
      const wanted = { partnership: partnership.toLowerCase(), needed };
      const partner = await authorizePartner(request.credential, wanted, world.database);
      const read = await askedBy(request, { ...schemas, judges }, { params, world });
      const asked = read as Asked<Params, Query, Sent>;
      return run(partner, asked);
    },
  };
}

type Schemas = Pick<Operation, 'params' | 'query' | 'body'>;

function schemasOf({
  params = nothing,
  query = nothing,
  body,
  method,
}: Partial<Schemas> & { method: Method }): Schemas {
  // Who sends something where nothing is read has meant something else.
  const sent = body ?? (method === 'POST' ? nothing.optional() : undefined);
  return { params: z.object(params.shape), query, ...(sent && { body: sent }) };
}

async function askedBy(
  request: RawRequest,
  { query, body, judges = {} }: Schemas & Pick<AnyShape, 'judges'>,
  { params, world }: { readonly params: unknown; readonly world: ApiWorld },
) {
  try {
    const [asked, sent] = readInputs([query, request.query], [body ?? z.unknown(), request.body]);
    return { params, query: asked, body: sent, conditions: request.conditions, world };
  } catch (error) {
    if (!(error instanceof InvalidFields)) throw error;
    throw await withJudged(error, judges, { body: request.body, world });
  }
}
