// Styles and scripts of the pages. Their names hold a hash of what is in them, so browsers keep them for good.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotFound } from '../../domain/errors.ts';
import { parameter, type Route } from './route.ts';

/** Several files become one, in their order. */
type Source = { readonly files: readonly string[]; readonly type: string };

const FOLDER = join(import.meta.dirname, 'assets');

const SOURCES = {
  style: { files: [join(FOLDER, 'turnabout.css'), join(FOLDER, 'pages.css')], type: 'text/css' },
  script: { files: [join(FOLDER, 'turnabout.js')], type: 'text/javascript' },
  icon: { files: [join(FOLDER, 'icon.svg')], type: 'image/svg+xml' },
  turbo: {
    files: [fileURLToPath(import.meta.resolve('@hotwired/turbo/dist/turbo.es2017-esm.js'))],
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

function load(name: string, { files, type }: Source): Asset {
  const bytes = Buffer.concat(files.map((file) => readFileSync(file)));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  const ending = extname(files[0]!);
  return { path: `/assets/${name}-${hash}${ending}`, type, bytes, etag: `"${hash}"` };
}
