// Whether the process lives, and whether it can do its work.

import type { Route } from './route.ts';

/** One thing that must be there: undefined, or a sentence that says what is missing. */
export type Check = () => Promise<string | undefined>;

export function healthRoutes(checks: readonly Check[]): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      name: 'health',
      access: 'anonymous',
      handle: (_, response) => {
        response.json({ status: 'alive' });
      },
    },
    {
      method: 'GET',
      path: '/readyz',
      name: 'readiness',
      access: 'anonymous',
      handle: async (_, response) => {
        const missing = (await Promise.all(checks.map(answerOf))).filter((each) => each !== undefined);
        if (missing.length === 0) response.json({ status: 'ready' });
        else response.status(503).json({ status: 'not ready', missing });
      },
    },
  ];
}

/** In milliseconds: who asks has lost patience by then. */
const LONGEST = 5_000;

/** What a check throws may say more than strangers are to know. */
function answerOf(check: Check): Promise<string | undefined> {
  const late = new Promise<string>((done) => {
    setTimeout(done, LONGEST, 'a check takes too long: look at the log').unref();
  });
  return Promise.race([check().catch(() => 'a check failed: look at the log'), late]);
}
