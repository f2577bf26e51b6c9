// The routes of the API: one for each operation, and the document that describes them.

import type { Request, Response } from 'express';
import { type ApiReference, apiReferencePage } from '../../../views/pages/api-reference.ts';
import type { Page } from '../../../views/pages/layout.ts';
import { BadRequest, JSON_ALONE } from '../bodies.ts';
import { isAmong } from '../entity-tags.ts';
import type { Pages } from '../pages.ts';
import { credentialOf, type Route } from '../route.ts';
import { conditionsOf } from './conditions.ts';
import { apiDocument } from './document.ts';
import { type Answer, answerOf } from './once.ts';
import type { ApiWorld, Operation } from './operation.ts';
import { OPERATIONS } from './operations/all.ts';

export type ApiParts = { readonly world: ApiWorld; readonly publicUrl: URL; readonly pages: Pages };

/** Everything lies below it. */
export const API = '/api/v1';

export function apiRoutes(parts: ApiParts): readonly Route[] {
  return [...OPERATIONS.map((operation) => routeOf(operation, parts.world)), ...documentRoutes(parts)];
}

function routeOf(operation: Operation, world: ApiWorld): Route {
  return {
    method: operation.method,
    path: `${API}${operation.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    name: `api-${operation.id}`,
    access: operation.about === 'partnership' ? 'partner' : 'person',
    handle: async (request, response) => {
      refuseForms(request);
      const { params, query, body } = request;
      const credential = credentialOf(request);
      const raw = { credential, params, query, body, conditions: conditionsOf(request) };
      const work = () => operation.perform(raw, world);
      send(request, response, await answerOf(operation, work, { request, world }));
    },
  };
}

/** Forms are for pages. */
function refuseForms(request: Request): void {
  if (request.is('application/x-www-form-urlencoded')) throw new BadRequest(415, JSON_ALONE);
}

function send(request: Request, response: Response, { status, body, headers, isRepeated }: Answer): void {
  response.status(status).set({ ...headers, ...(isRepeated && { 'Idempotent-Replayed': 'true' }) });
  if (isKnown(request, headers)) response.status(304).end();
  else if (body === '') response.end();
  else response.type('application/json').send(body);
}

function isKnown({ method, headers }: Request, { ETag }: Answer['headers']): boolean {
  const seen = headers['if-none-match'];
  return method === 'GET' && ETag !== undefined && seen !== undefined && isAmong(ETag, seen);
}

type Described = { readonly text: string; readonly page: Page };

function describedAt(publicUrl: URL): Described {
  const text = JSON.stringify(apiDocument(OPERATIONS, { server: new URL(API, publicUrl).href }));
  return { text, page: apiReferencePage(JSON.parse(text) as ApiReference) };
}

function documentRoutes({ publicUrl, pages }: ApiParts): readonly Route[] {
  // When it is first asked for, so that nothing waits for it at the start.
  let known: Described | undefined;
  const described = () => {
    known ??= describedAt(publicUrl);
    return known;
  };
  return [
    {
      method: 'GET',
      path: `${API}/openapi.json`,
      name: 'api-document',
      access: 'anonymous',
      handle: (_, response) => {
        response.type('application/json').send(described().text);
      },
    },
    {
      method: 'GET',
      path: '/api',
      name: 'api-reference',
      access: 'public',
      handle: (request, response) => pages.show(request, response, described().page),
    },
  ];
}
