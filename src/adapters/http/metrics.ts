// Figures for Prometheus.

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Handler, Request } from 'express';
import ipaddr from 'ipaddr.js';
import { Histogram, type Registry } from 'prom-client';
import { Forbidden } from '../../domain/errors.ts';
import type { HttpSettings } from './http-settings.ts';
import type { Route } from './route.ts';

/** In seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measures every request, by route, method and status. */
export function measured(registry: Registry): Handler {
  const seconds = new Histogram({
    name: 'turnabout_http_request_seconds',
    help: 'How long requests took to be answered.',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return (request, response, next) => {
    const end = seconds.startTimer();
    response.on('close', () => {
      const route = response.locals.route?.name ?? 'none';
      end({ route, method: request.method, status: String(response.statusCode) });
    });
    next();
  };
}

export function metricsRoute(registry: Registry): Route {
  return {
    method: 'GET',
    path: '/metrics',
    name: 'metrics',
    access: 'operator',
    handle: async (_, response) => {
      response.type(registry.contentType).send(await registry.metrics());
    },
  };
}

/** Throws Forbidden for whoever is neither on this machine nor has the token. */
export function refuseOthers(request: Request, { metricsToken }: HttpSettings): void {
  if (isFromHere(request) || (metricsToken !== undefined && bears(request, metricsToken))) return;
  throw new Forbidden('this is for who runs the service: ask from its machine, or send METRICS_TOKEN');
}

/** A proxy on this machine passes on what comes from others, and says so. */
function isFromHere({ ip = '', headers }: Request): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !isForwarded && ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'loopback';
}

function bears({ headers }: Request, token: string): boolean {
  return timingSafeEqual(digestOf(headers.authorization ?? ''), digestOf(`Bearer ${token}`));
}

function digestOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
