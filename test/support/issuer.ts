// An issuer of OpenID Connect on this machine, that says what a test tells it to.

import { Events, OAuth2Server } from 'oauth2-mock-server';
import type { IssuerSettings } from '../../src/adapters/identity/issuers.ts';
import type { Client } from './client.ts';

export type TestIssuer = {
  readonly server: OAuth2Server;
  readonly settings: (key: IssuerSettings['key'], name: string) => IssuerSettings;
  /** Who signs in there from now on. */
  readonly becomes: (claims: Readonly<Record<string, unknown>>) => void;
  readonly stop: () => Promise<void>;
};

export async function testIssuer(): Promise<TestIssuer> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');
  server.issuer.url = `http://127.0.0.1:${server.address().port}`;
  let claims: Readonly<Record<string, unknown>> = {};
  server.service.on(Events.BeforeTokenSigning, ({ payload }) => {
    // The access token has a scope; the ID token is what tells who it is.
    if (!('scope' in payload)) Object.assign(payload, claims);
  });
  return {
    server,
    settings: (key, name) => ({
      key,
      name,
      address: new URL(server.issuer.url!),
      clientId: 'turnabout',
      clientSecret: 'secret-of-the-client',
    }),
    becomes: (who) => {
      claims = who;
    },
    stop: () => server.stop(),
  };
}

/** Goes there and comes back, as a browser does; gives where it is to come back to, before it does. */
export async function visit(browser: Client, key: string, to = '/'): Promise<string> {
  const leaving = await browser.get(`/sign-in/with/${key}?to=${encodeURIComponent(to)}`);
  if (leaving.status !== 303) throw new Error(`leaving gave ${leaving.status}: ${leaving.text}`);
  const there = await fetch(leaving.location!, { redirect: 'manual' });
  const back = new URL(there.headers.get('location')!);
  return back.pathname + back.search;
}
