// The table of routes: the only way to answer anything. Each route says who may come to it, and is then given whom it serves.

import type { Request, Response } from 'express';
import { NotFound } from '../../domain/errors.ts';
import type { Credential } from '../../flows/authorized.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Access =
  /** Nobody is looked up: what serves all alike, such as styles and health. */
  | 'anonymous'
  /** Everybody; who is signed in is known. */
  | 'public'
  /** Whoever is signed in or brings a token. What they may do, the flow decides. */
  | 'person'
  /** The same, for the matters of one partnership, which are not there for anybody else. */
  | 'partner'
  /** Whoever has the signed link that is the parameter `link` of the path. */
  | 'link'
  /** Whoever has the secret of a feed in the path; the route throws NotFound for a wrong one. */
  | 'feed'
  /** Whoever runs the service: from this machine, or with the token for metrics. */
  | 'operator';

/** What is counted for each client before the route is reached. */
export type ClientLimit = 'sign-in' | 'attempt';

export type Route = {
  readonly method: Method;
  /** As express 5 reads it ("/partnerships/:id"). */
  readonly path: string;
  /** Stands in logs and metrics instead of the path, which may hold a secret. */
  readonly name: string;
  readonly access: Access;
  readonly limit?: ClientLimit;
  readonly handle: (request: Request, response: Response) => void | Promise<void>;
};

declare global {
  namespace Express {
    interface Request {
      /** Of this request, in the log and in the answer. */
      id: string;
      /** Who asks, and by what that is known. */
      credential?: Credential;
    }
    interface Locals {
      /** For styles that a script of ours adds (Content-Security-Policy). */
      nonce: string;
      route?: Route;
    }
  }
}

/** Nobody is signed in, and no token was sent, where one of them is needed. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';
}

/** Who asks; for routes that nobody reaches without a credential. */
export function credentialOf({ credential }: Request): Credential {
  if (!credential) throw new SignInNeeded('sign in first');
  return credential;
}

/** A parameter of the path. */
export function parameter({ params }: Request, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The parameter `id`; throws NotFound for `what` where no id of ours looks like it. */
export function idOf(request: Request, what: string): string {
  const id = parameter(request, 'id');
  if (!UUID.test(id)) throw new NotFound(what);
  return id.toLowerCase();
}
