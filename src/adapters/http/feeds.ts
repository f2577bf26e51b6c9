// Feeds over HTTP. What is in the cache is answered before the web app sees the request, so that polling costs next to nothing;
// everything else goes through the app as any request does.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import { NotFound } from '../../domain/errors.ts';
import { isAmong } from './entity-tags.ts';
import type { CachedFeed, FeedCache } from './feed-cache.ts';
import { parameter, type Route } from './route.ts';

export type FeedParts = { readonly cache: FeedCache; readonly log: Logger; readonly registry: Registry };

export function feedRoute({ cache }: Pick<FeedParts, 'cache'>): Route {
  return {
    method: 'GET',
    path: '/feeds/:token.ics',
    name: 'feed',
    access: 'feed',
    handle: async (request, response) => {
      const feed = await cache.find(parameter(request, 'token'));
      if (!feed) throw new NotFound('feed');
      answer(request, response, feed);
    },
  };
}

/** In front of the app: answers for feeds that are in the cache. */
export function feedsBefore(app: RequestListener, { cache, log, registry }: FeedParts): RequestListener {
  const hits = new Counter({
    name: 'turnabout_feed_hits_total',
    help: 'How often a feed was answered from memory.',
    labelNames: ['status'],
    registers: [registry],
  });
  return (request, response) => {
    const token = tokenIn(request);
    const feed = token === undefined ? undefined : cache.hit(token);
    if (!feed) return app(request, response);
    const status = String(answer(request, response, feed));
    hits.inc({ status });
    log.debug({ method: request.method, route: 'feed', status }, 'request');
  };
}

const ENDING = '.ics';
const BEGINNING = '/feeds/';

function tokenIn({ method, url = '' }: IncomingMessage): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || !url.startsWith(BEGINNING)) return undefined;
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return path.endsWith(ENDING) ? path.slice(BEGINNING.length, -ENDING.length) : undefined;
}

/** Gives the status. */
function answer(request: IncomingMessage, response: ServerResponse, feed: CachedFeed): number {
  const head = headOf(feed);
  if (isCurrent(request, head)) {
    response.writeHead(304, head.common).end();
    return 304;
  }
  const isZipped = acceptsGzip(request.headers['accept-encoding']);
  response.writeHead(200, isZipped ? head.zipped : head.plain);
  response.end(request.method === 'HEAD' ? undefined : isZipped ? feed.zipped : feed.plain);
  return 200;
}

type Headers = Readonly<Record<string, string | number>>;

type Head = {
  readonly etag: string;
  /** Whole seconds, as HTTP writes them, in milliseconds. */
  readonly lastModified: number;
  readonly common: Headers;
  readonly plain: Headers;
  readonly zipped: Headers;
};

/** Made once for each version. */
const heads = new WeakMap<CachedFeed, Head>();

function headOf(feed: CachedFeed): Head {
  const known = heads.get(feed) ?? newHeadOf(feed);
  heads.set(feed, known);
  return known;
}

/** Seconds for which a program may keep it: with the lookup of ours a change holds everywhere within five. */
const MAX_AGE = 1;

function newHeadOf({ version, lastModified, name, plain, zipped }: CachedFeed): Head {
  const etag = `W/"${version}"`;
  const common = {
    ETag: etag,
    'Last-Modified': new Date(lastModified).toUTCString(),
    'Cache-Control': `private, max-age=${MAX_AGE}`,
    Vary: 'Accept-Encoding',
  };
  const full = {
    ...common,
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': dispositionOf(name),
    'X-Content-Type-Options': 'nosniff',
  };
  return {
    etag,
    lastModified: Math.floor(lastModified / 1_000) * 1_000,
    common,
    plain: { ...full, 'Content-Length': plain.byteLength },
    zipped: { ...full, 'Content-Encoding': 'gzip', 'Content-Length': zipped.byteLength },
  };
}

/** RFC 6266 4.3: the name in ASCII for those who know no other, and in full (RFC 8187). */
function dispositionOf(name: string): string {
  const plain = name.replace(/[^\w .-]+/g, '-').trim() || 'feed';
  const full = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percent);
  return `inline; filename="${plain}.ics"; filename*=UTF-8''${full}.ics`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** RFC 9110 13.2.2: If-Modified-Since counts only where there is no If-None-Match. */
function isCurrent({ headers }: IncomingMessage, { etag, lastModified }: Head): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return isAmong(etag, tags);
  const since = headers['if-modified-since'];
  return since !== undefined && lastModified <= Date.parse(since);
}

function acceptsGzip(accepted: string | string[] | undefined): boolean {
  if (accepted === undefined) return false;
  return /(^|[,\s])(gzip|\*)\s*(;\s*q=(0?\.\d*[1-9]\d*|1(\.0*)?)\s*)?(,|$)/i.test(String(accepted));
}
