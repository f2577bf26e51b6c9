// Styles and scripts of the pages. Their names hold a hash of what is in them, so browsers keep them for good.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotFound } from '../../domain/errors.ts';
import { parameter, type Route } from './route.ts';

type Source = { readonly file: string; readonly type: string };

const FOLDER = join(import.meta.dirname, 'assets');

const SOURCES = {
  style: { file: join(FOLDER, 'turnabout.css'), type: 'text/css' },
  script: { file: join(FOLDER, 'turnabout.js'), type: 'text/javascript' },
  icon: { file: join(FOLDER, 'icon.svg'), type: 'image/svg+xml' },
  turbo: {
    file: fileURLToPath(import.meta.resolve('@hotwired/turbo/dist/turbo.es2017-esm.js')),
    type: 'text/javascript',
  },
} as const satisfies Record<string, Source>;

export type AssetName = keyof typeof SOURCES;

type Asset = { readonly path: string; readonly type: string; readonly bytes: Buffer; readonly etag: string };

export type Assets = {
  /** Where each of them is. */
  readonly paths: Readonly<Record<AssetName, string>>;
  readonly route: Route;
};

/** A year, in seconds: as long as HTTP knows (RFC 9111 1.2.2). */
const FOREVER = 'public, max-age=31536000, immutable';

export function loadAssets(): Assets {
  const assets = Object.entries(SOURCES).map(([name, source]) => [name, load(name, source)] as const);
  const byPath = new Map(assets.map(([, asset]) => [asset.path, asset]));
  return {
    paths: Object.fromEntries(assets.map(([name, { path }]) => [name, path])) as Assets['paths'],
    route: {
      method: 'GET',
      path: '/assets/:name',
      name: 'asset',
      access: 'anonymous',
      handle: (request, response) => {
        const asset = byPath.get(`/assets/${parameter(request, 'name')}`);
        if (!asset) throw new NotFound('asset');
        response.set({ 'Cache-Control': FOREVER, ETag: asset.etag }).type(asset.type);
        if (request.fresh) response.status(304).end();
        else response.send(asset.bytes);
      },
    },
  };
}

function load(name: string, { file, type }: Source): Asset {
  const bytes = readFileSync(file);
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  const ending = file.slice(file.lastIndexOf('.'));
  return { path: `/assets/${name}-${hash}${ending}`, type, bytes, etag: `"${hash}"` };
}
