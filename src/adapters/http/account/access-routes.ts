// All routes by which people come in, and keep what they come in by.

import type { Route } from '../route.ts';
import { accountRoutes } from './account.ts';
import { firstPersonRoutes } from './first-person.ts';
import type { AccountParts } from './parts.ts';
import { passkeySignInRoutes } from './passkey-sign-in.ts';
import { signInRoutes } from './sign-in.ts';
import { elsewhereRoutes } from './sign-in-elsewhere.ts';

export function accessRoutes(parts: AccountParts): readonly Route[] {
  return [
    ...signInRoutes(parts),
    ...firstPersonRoutes(parts),
    ...passkeySignInRoutes(parts),
    ...elsewhereRoutes(parts),
    ...accountRoutes(parts),
  ];
}
