// What a browser is told to refuse: every script, style, frame and connection that is not of this service.

import { randomBytes } from 'node:crypto';
import type { Handler } from 'express';
import helmet from 'helmet';

export function securityHeaders(publicUrl: URL): readonly Handler[] {
  const isHttps = publicUrl.protocol === 'https:';
  return [
    (_, response, next) => {
      response.locals.nonce = randomBytes(16).toString('base64');
      // A page is one person's, as of now. Whatever may be kept says so itself.
      response.set('Cache-Control', 'no-store');
      next();
    },
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: DIRECTIVES },
      // Only our own pages learn the address of the page before, since addresses hold secrets. "no-referrer" would take Origin
      // from the forms of pages without https, by which their requests are known to be ours.
      referrerPolicy: { policy: 'same-origin' },
      strictTransportSecurity: isHttps ? { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false } : false,
      xFrameOptions: { action: 'deny' },
    }),
  ];
}

const SELF = "'self'";
const NONE = "'none'";

/** Turbo adds a style for its progress bar, with the nonce that it finds in the page. */
const DIRECTIVES = {
  'default-src': [NONE],
  'script-src': [SELF],
  'style-src': [SELF, (_: unknown, response: unknown) => `'nonce-${nonceOf(response)}'`],
  'img-src': [SELF, 'data:'],
  'connect-src': [SELF],
  'form-action': [SELF],
  'frame-ancestors': [NONE],
  'base-uri': [NONE],
};

function nonceOf(response: unknown): string {
  return (response as { readonly locals: Express.Locals }).locals.nonce;
}
