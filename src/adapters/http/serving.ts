// Listens, and stops in order: what is being answered is answered.

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Serving = {
  readonly port: number;
  /** Takes no more requests, and ends once the running ones are answered, or after ten seconds. */
  readonly close: () => Promise<void>;
};

/** In milliseconds. */
const LONGEST_REQUEST = 30_000;
const LONGEST_GOODBYE = 10_000;

/** The port is a free one where it is 0. Throws where the port is taken. */
export async function serve(
  app: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Serving> {
  const server = createServer({ requestTimeout: LONGEST_REQUEST }, app);
  const close = closeOf(server);
  await once(server.listen(port, host), 'listening');
  return { port: (server.address() as AddressInfo).port, close };
}

/** Called before the server listens, so that it knows every connection. After `patience` what is still running is cut off. */
export function closeOf(server: Server, patience = LONGEST_GOODBYE): () => Promise<void> {
  const sayGoodbye = connectionsOf(server);
  return async () => {
    const closed = once(server, 'close');
    server.close();
    sayGoodbye();
    const late = setTimeout(() => server.closeAllConnections(), patience);
    await closed;
    clearTimeout(late);
  };
}

/**
 * Ends every connection on which nothing is being answered, and the others once it is. Browsers keep connections in stock on
 * which they have never asked for anything; the server itself does not count those as idle.
 */
function connectionsOf(server: Server): () => void {
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  let isEnding = false;
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    busy.add(socket);
    response.on('close', () => {
      busy.delete(socket);
      if (isEnding) socket.end();
    });
  });
  return () => {
    isEnding = true;
    for (const socket of open) if (!busy.has(socket)) socket.destroy();
  };
}
