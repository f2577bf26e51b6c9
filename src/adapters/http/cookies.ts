// Cookies of ours. On https their names begin with "__Host-", by which a browser takes them from this very host alone
// (RFC 6265bis 4.1.3.2).

import type { Request, Response } from 'express';

/** The session; a sentence for the next page; what a sign-in elsewhere began in. */
export type CookieName = 'session' | 'notice' | 'browser';

const NAMES: Readonly<Record<CookieName, string>> = {
  session: 'turnabout',
  notice: 'turnabout-notice',
  browser: 'turnabout-browser',
};

export type Cookies = {
  readonly read: (request: Request, name: CookieName) => string | undefined;
  /** `maxAge` in milliseconds. */
  readonly set: (response: Response, name: CookieName, cookie: { value: string; maxAge: number }) => void;
  readonly clear: (response: Response, name: CookieName) => void;
};

export function cookiesAt({ protocol }: URL): Cookies {
  const secure = protocol === 'https:';
  const nameOf = (name: CookieName) => `${secure ? '__Host-' : ''}${NAMES[name]}`;
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  return {
    read: ({ headers }, name) => valueIn(headers.cookie ?? '', nameOf(name)),
    set: (response, name, { value, maxAge }) => {
      response.cookie(nameOf(name), value, { ...options, maxAge });
    },
    clear: (response, name) => {
      response.clearCookie(nameOf(name), options);
    },
  };
}

/** The values are base64url, so nothing in them is encoded. */
function valueIn(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}
