// Settings, read once from the environment and from .env. None is needed to begin; a wrong one stops the start by its name.

import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { InvalidInput } from './domain/errors.ts';

const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'write a port from 0 to 65535')
  .transform(Number)
  .default(3000);

/** An address with one of these schemes and a host, which may be a socket's folder; credentials may stand in it. */
function address(example: string, ...schemes: readonly string[]) {
  return z.string().transform((text, context) => {
    const url = URL.parse(text);
    const host = url?.hostname || url?.searchParams.get('host');
    if (url && host && schemes.includes(url.protocol.slice(0, -1))) return url;
    context.addIssue({ code: 'custom', message: `is no such address: write it as ${example}` });
    return z.NEVER;
  });
}

const publicUrl = address('https://turnabout.example.com', 'http', 'https').refine(
  ({ href, origin }) => href === `${origin}/`,
  'names a path or more: write the origin alone, such as https://turnabout.example.com',
);

const secret = z
  .string()
  .min(32, 'is too short: write at least 32 characters, such as `openssl rand -base64 32` prints');

/** How many proxies stand in front, or which: as Express's `trust proxy` takes it. */
const proxies = z.string().transform((text, context): number | string[] => {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const named = text.split(/[ ,]+/);
  if (named.every(isProxy)) return named;
  context.addIssue({
    code: 'custom',
    message: 'write the number of proxies in front, "loopback", or their addresses',
  });
  return z.NEVER;
});

function isProxy(name: string): boolean {
  const [address = '', bits, ...more] = name.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  return (
    name === 'loopback' ||
    (more.length === 0 && (bits === undefined ? most > 0 : /^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

const shape = z.object({
  PORT: port,
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: publicUrl.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: address('postgresql://user:password@host/turnabout', 'postgres', 'postgresql').optional(),
  SECRET_KEY: secret.optional(),
  SMTP_URL: address('smtps://user:password@mail.example.com', 'smtp', 'smtps').optional(),
  MAIL_FROM: z.string().optional(),
  MAIL_AUTHORITY: z.string().min(1).optional(),
  IMAP_URL: address('imaps://user:password@mail.example.com', 'imap', 'imaps').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'is no level: write fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  TRUST_PROXY: proxies.optional(),
  METRICS_TOKEN: secret.optional(),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
  MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_TENANT: z
    .string()
    .regex(/^[\w.-]+$/, 'is no tenant: write its id or domain, such as contoso.example')
    .default('common'),
  OIDC_ISSUER: address('https://login.example.com', 'https').optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z
    .string()
    .min(1)
    .max(40, 'is longer than 40 characters: write a shorter one')
    .default('your organisation'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'write development, production or test' })
    .default('development'),
});

export type Settings = z.output<typeof shape>;

/** The names that are read; whatever else is in the environment is nobody's concern. */
export const SETTING_NAMES = Object.keys(shape.shape) as readonly (keyof Settings)[];

/** What goes together: one without the other is a mistake. */
const PAIRS: readonly (readonly [keyof Settings, keyof Settings])[] = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['MICROSOFT_CLIENT_ID', 'MICROSOFT_CLIENT_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID'],
  ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
];

/** Throws InvalidInput with the name of every setting that is wrong. An empty one counts as left out. */
export function readSettings(environment: NodeJS.ProcessEnv, folder = '.'): Settings {
  const written = parseEnv(textOf(resolve(folder, '.env')));
  const read = shape.safeParse({ ...settingsIn(written), ...settingsIn(environment) });
  const problems = [
    ...strangersIn(written),
    ...(read.success
      ? halves(read.data)
      : read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)),
  ];
  if (!read.success || problems.length > 0) throw new InvalidInput('settings', problems.join('\n'));
  return read.data;
}

/** Nothing where there is no such file. */
function textOf(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    const problem = `.env cannot be read (${code}): let it be a file that you may read, or remove it`;
    throw new InvalidInput('settings', problem, { cause });
  }
  // UTF-16 without a mark is UTF-8 as well, with a zero in every other place.
  if (!isUtf8(bytes) || bytes.includes(0))
    throw new InvalidInput('settings', '.env is not written in UTF-8: save it as UTF-8');
  // Without a byte-order mark, which would belong to the first name.
  return new TextDecoder().decode(bytes);
}

type Given = Readonly<Record<string, string | undefined>>;

/** Those that are set, of ours. */
function settingsIn(given: Given): Given {
  return Object.fromEntries(SETTING_NAMES.flatMap((name) => (given[name] ? [[name, given[name]]] : [])));
}

/** Names in .env that begin like ours and are none of them: slips, which would be left out in silence. */
function strangersIn(written: Given): string[] {
  const ours: readonly string[] = SETTING_NAMES;
  return Object.keys(written)
    .filter((name) => LIKE_OURS.test(name) && !ours.includes(name))
    .map((name) => `${name} in .env is no setting of Turnabout: see .env.example`);
}

const LIKE_OURS = /^(SMTP|IMAP|MAIL|OIDC|GOOGLE|MICROSOFT|PUBLIC|DATABASE|DATA|SECRET|LOG|METRICS|TRUST)_/i;

function halves(settings: Settings): string[] {
  return PAIRS.flatMap(([one, other]) => {
    if (settings[one] !== undefined && settings[other] === undefined)
      return [`${other} is missing: ${one} needs it`];
    return settings[other] !== undefined && settings[one] === undefined
      ? [`${one} is missing: ${other} needs it`]
      : [];
  });
}

/** What works, and is seldom what is meant. */
export function doubtsAbout({ PUBLIC_URL, TRUST_PROXY }: Settings): readonly string[] {
  if (PUBLIC_URL?.protocol !== 'https:' || TRUST_PROXY !== undefined) return [];
  return [
    'PUBLIC_URL is https and TRUST_PROXY is not set: behind a proxy everybody has the same address, and one who tries too often is a limit for all; set TRUST_PROXY=1',
  ];
}
