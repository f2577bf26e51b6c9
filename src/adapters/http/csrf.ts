// Requests that change something are taken from our own pages alone. A browser says where a request comes from, and no page can
// make it lie: by Sec-Fetch-Site (W3C Fetch Metadata), or where that is missing by Origin (RFC 6454).

import type { Request } from 'express';
import { Forbidden } from '../../domain/errors.ts';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Throws Forbidden. A token is sent by whoever has it and by no browser on its own, so it needs no such proof. */
export function refuseOtherSites(request: Request, publicUrl: URL): void {
  if (SAFE.has(request.method) || request.credential?.kind === 'token') return;
  const { 'sec-fetch-site': site, origin } = request.headers;
  const isOurs = site === undefined ? origin === publicUrl.origin : site === 'same-origin' || site === 'none';
  if (!isOurs)
    throw new Forbidden(`this did not come from a page at ${publicUrl.origin}: open it there and try again`);
}
