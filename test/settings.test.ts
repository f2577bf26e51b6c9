// Settings: what is read, from where, and what is said of a wrong one.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput } from '../src/domain/errors.ts';
import { doubtsAbout, readSettings, SETTING_NAMES } from '../src/settings.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnabout-settings-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function problemOf(environment: NodeJS.ProcessEnv): string {
  try {
    readSettings(environment, folder);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  return 'none';
}

describe('settings', () => {
  it('are not needed to begin', () => {
    expect(readSettings({}, folder)).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      LOG_LEVEL: 'info',
    });
  });

  it('are read from .env, and the environment is stronger', () => {
    writeFileSync(join(folder, '.env'), 'PORT=4000\nLOG_LEVEL="debug"\n# PORT=1\n');
    expect(readSettings({ PORT: '5000' }, folder)).toMatchObject({ PORT: 5000, LOG_LEVEL: 'debug' });
  });

  it('that are empty count as left out', () => {
    expect(readSettings({ SMTP_URL: '', PORT: '' }, folder)).toMatchObject({ PORT: 3000 });
    expect(readSettings({ SMTP_URL: '' }, folder).SMTP_URL).toBeUndefined();
  });

  it('are all explained in .env.example, which begins nothing by itself', () => {
    const text = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');
    // NODE_ENV is what every program of Node reads.
    for (const name of SETTING_NAMES.filter((each) => each !== 'NODE_ENV'))
      expect(text).toMatch(new RegExp(`^# ?${name}=`, 'm'));
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});

describe('.env', () => {
  const lay = (content: string | Uint8Array) => writeFileSync(join(folder, '.env'), content);

  it('counts where the environment has nothing', () => {
    lay('PORT=4000\nLOG_LEVEL=debug\n');
    expect(readSettings({ PORT: '', LOG_LEVEL: 'warn' }, folder)).toMatchObject({
      PORT: 4000,
      LOG_LEVEL: 'warn',
    });
  });

  it('begins with its first setting, also after a byte-order mark', () => {
    lay('\uFEFFPORT=4000\n');
    expect(readSettings({}, folder).PORT).toBe(4000);
  });

  it.each<[string, Uint8Array]>([
    ['UTF-16 with a mark', Buffer.from('\uFEFFPORT=4000\n', 'utf16le')],
    ['UTF-16', Buffer.from('PORT=4000\n', 'utf16le')],
    ['Latin 1', Buffer.from('OIDC_NAME=Büro\n', 'latin1')],
  ])('in %s is refused', (_, content) => {
    lay(content);
    expect(problemOf({})).toBe('.env is not written in UTF-8: save it as UTF-8');
  });

  it('that cannot be read is named', () => {
    mkdirSync(join(folder, '.env'));
    expect(problemOf({})).toBe(
      '.env cannot be read (EISDIR): let it be a file that you may read, or remove it',
    );
  });

  it('is refused with a name that begins like ours and is none, and keeps those of others', () => {
    lay('SMTP_URI=smtp://mail.example.com\nTZ=UTC\nNODE_OPTIONS=\nPUBLC_URL=x\nPORT=http\n');
    expect(problemOf({ DATABASE_HOST: 'of another program' }).split('\n')).toEqual([
      'SMTP_URI in .env is no setting of Turnabout: see .env.example',
      'PORT write a port from 0 to 65535',
    ]);
  });
});

describe('a wrong setting', () => {
  it.each([
    [{ PORT: '70000' }, 'PORT write a port from 0 to 65535'],
    [{ PORT: 'http' }, 'PORT write a port from 0 to 65535'],
    [
      { PUBLIC_URL: 'turnabout.example.com' },
      'PUBLIC_URL is no such address: write it as https://turnabout.example.com',
    ],
    [
      { PUBLIC_URL: 'https://example.com/turnabout' },
      'PUBLIC_URL names a path or more: write the origin alone, such as https://turnabout.example.com',
    ],
    [
      { PUBLIC_URL: 'https://:pw@example.com' },
      'PUBLIC_URL names a path or more: write the origin alone, such as https://turnabout.example.com',
    ],
    [
      { DATABASE_URL: 'postgres://' },
      'DATABASE_URL is no such address: write it as postgresql://user:password@host/turnabout',
    ],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV write development, production or test'],
    [
      { DATABASE_URL: 'mysql://localhost' },
      'DATABASE_URL is no such address: write it as postgresql://user:password@host/turnabout',
    ],
    [
      { SECRET_KEY: 'short' },
      'SECRET_KEY is too short: write at least 32 characters, such as `openssl rand -base64 32` prints',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is no level: write fatal, error, warn, info, debug, trace or silent'],
    [{ SMTP_URL: 'smtp://mail.example.com' }, 'MAIL_FROM is missing: SMTP_URL needs it'],
    [{ GOOGLE_CLIENT_SECRET: 'a' }, 'GOOGLE_CLIENT_ID is missing: GOOGLE_CLIENT_SECRET needs it'],
    [{ OIDC_ISSUER: 'https://login.example.com' }, 'OIDC_CLIENT_ID is missing: OIDC_ISSUER needs it'],
    [{ OIDC_NAME: 'x'.repeat(41) }, 'OIDC_NAME is longer than 40 characters: write a shorter one'],
    [{ PORT: '0x10' }, 'PORT write a port from 0 to 65535'],
    [{ OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }, 'OIDC_ISSUER is missing: OIDC_CLIENT_ID needs it'],
    [
      { MICROSOFT_TENANT: '../x' },
      'MICROSOFT_TENANT is no tenant: write its id or domain, such as contoso.example',
    ],
    ...['abc', '999.1.1.1', '10.0.0.0/33', '10.0.0.0/8/8', '1.2.3.4 5'].map(
      (proxies): [NodeJS.ProcessEnv, string] => [
        { TRUST_PROXY: proxies },
        'TRUST_PROXY write the number of proxies in front, "loopback", or their addresses',
      ],
    ),
    [
      { TRUST_PROXY: 'yes please' },
      'TRUST_PROXY write the number of proxies in front, "loopback", or their addresses',
    ],
  ])('is told by its name: %o', (environment, sentence) => {
    expect(problemOf(environment)).toBe(sentence);
  });

  it('is told together with the others', () => {
    expect(problemOf({ PORT: '-1', LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2);
  });

  it('does not repeat what stands in it, which may be a secret', () => {
    expect(problemOf({ SMTP_URL: 'user:s3cret@mail', SECRET_KEY: 's3cret' })).not.toContain('s3cret');
  });
});

describe('a proxy in front', () => {
  it.each([
    ['1', 1],
    ['loopback, 10.0.0.0/8 fd00::/8', ['loopback', '10.0.0.0/8', 'fd00::/8']],
  ])('is trusted as %s says', (text, proxies) => {
    expect(readSettings({ TRUST_PROXY: text }, folder).TRUST_PROXY).toEqual(proxies);
  });

  it('is missed where people come by https, until it is said that there is none', () => {
    const PUBLIC_URL = 'https://turnabout.example.com';
    expect(doubtsAbout(readSettings({ PUBLIC_URL }, folder))).toEqual([
      expect.stringContaining('TRUST_PROXY=1'),
    ]);
    expect(doubtsAbout(readSettings({ PUBLIC_URL, TRUST_PROXY: '0' }, folder))).toEqual([]);
    expect(doubtsAbout(readSettings({}, folder))).toEqual([]);
  });
});
