// A web server on this machine that answers as a test tells it, over https with the test certificate.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isPublicAddress } from '../../src/adapters/calendars/ics/guard.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.ts';

export type HostileServer = {
  /** Its address, without path. */
  readonly origin: string;
  /** How many requests it has seen. */
  readonly requests: () => number;
  /** What `loadCalendar` needs to be let in here, and nowhere else on this machine. */
  readonly entrance: {
    readonly ca: string;
    readonly guard: { allowsAddress(address: string): boolean; allowsPort(port: number): boolean };
  };
  close(): Promise<void>;
};

export async function hostileServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HostileServer> {
  let requests = 0;
  const server = createServer({ cert: TEST_CERTIFICATE, key: TEST_KEY }, (request, response) => {
    requests++;
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    requests: () => requests,
    entrance: {
      ca: TEST_CERTIFICATE,
      guard: {
        allowsAddress: (address) => address === '127.0.0.1' || address === '::1' || isPublicAddress(address),
        allowsPort: (each) => each === port || each === 443,
      },
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
