// The web app: what every request passes through, in order, and the table of routes.

import express, { type Express, type Handler } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { NotFound } from '../../domain/errors.ts';
import type { AccessWorld } from '../../flows/access/ports.ts';
import type { Assets } from './assets.ts';
import { bodies, refuseUnkeepable } from './bodies.ts';
import type { Cookies } from './cookies.ts';
import { refuseOtherSites } from './csrf.ts';
import { type Check, healthRoutes } from './health.ts';
import type { HttpSettings } from './http-settings.ts';
import { clientOf, type Limits } from './limits.ts';
import { logged } from './logging.ts';
import { measured, metricsRoute, refuseOthers } from './metrics.ts';
import type { Pages } from './pages.ts';
import { problems, WrongMethod } from './problem.ts';
import type { Method, Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { identify, wrong } from './session.ts';

export type AppParts = {
  readonly world: AccessWorld;
  readonly settings: HttpSettings;
  readonly routes: readonly Route[];
  readonly assets: Assets;
  readonly cookies: Cookies;
  readonly limits: Limits;
  readonly pages: Pages;
  readonly log: Logger;
  readonly registry: Registry;
  /** What must be there for the service to be ready. */
  readonly checks: readonly Check[];
};

/** With every route that it answers, for whoever wants to walk them all. */
export interface App extends Express {
  readonly routes: readonly Route[];
}

export function buildApp(parts: AppParts): App {
  const { settings, assets, checks, registry, pages, log } = parts;
  const routes = [assets.route, ...healthRoutes(checks), metricsRoute(registry), ...parts.routes];
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing');
  app.set('trust proxy', settings.trustProxy).set('query parser', 'simple');
  app.use(logged(log), measured(registry), ...securityHeaders(settings.publicUrl));
  for (const route of routes) app[verbOf(route.method)](route.path, ...stepsOf(route, parts));
  for (const [path, methods] of methodsByPath(routes)) app.all(path, wrongMethod(methods));
  app.use('/api', () => {
    throw new NotFound('address of the API: /api names all that there are');
  });
  app.use(() => {
    throw new NotFound('page');
  });
  app.use(problems(pages, log));
  return Object.assign(app, { routes });
}

function verbOf(method: Method) {
  return method.toLowerCase() as Lowercase<Method>;
}

/** What a request to one route passes through. */
function stepsOf(route: Route, { world, settings, cookies, limits }: AppParts): Handler[] {
  const isApi = route.path.startsWith('/api/');
  const admit: Handler = async (request, response, next) => {
    response.locals.route = route;
    const client = clientOf(request.ip);
    if (route.access === 'operator') refuseOthers(request, settings);
    if (route.access === 'feed') await limits.spend('feed', client);
    if (route.limit) await limits.spend(route.limit, client);
    await identify(request, response, { route, world, cookies, limits });
    if (isApi) await limits.spend('api', request.credential?.person);
    refuseOtherSites(request, settings.publicUrl);
    next();
  };
  const answer: Handler = async (request, response) => {
    refuseUnkeepable(request);
    if (route.access !== 'feed') return route.handle(request, response);
    await feedAnswer(route, limits)(request, response);
  };
  return [admit, ...(route.method === 'GET' ? [] : bodies), answer];
}

/** The secret of a feed that does not exist counts as a wrong token. */
function feedAnswer(route: Route, limits: Limits): Route['handle'] {
  return async (request, response) => {
    try {
      await route.handle(request, response);
    } catch (error) {
      if (error instanceof NotFound) await wrong(request, limits, error);
      throw error;
    }
  };
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly Method[]> {
  const found = new Map<string, Method[]>();
  for (const { path, method } of routes) found.set(path, [...(found.get(path) ?? []), method]);
  return found;
}

function wrongMethod(methods: readonly Method[]): Handler {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return (request, response) => {
    if (request.method !== 'OPTIONS') throw new WrongMethod(allowed);
    response.set('Allow', allowed).status(204).end();
  };
}
