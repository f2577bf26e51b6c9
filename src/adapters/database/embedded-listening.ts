// Where a PostgreSQL of our own listens: on a socket that its user alone can reach, or, where sockets do not work, on a free
// port of this machine.

import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, rm } from 'node:fs/promises';
import { createServer, type ListenOptions } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, barrierTo } from './embedded-account.ts';

/** `host` is the folder of a socket or an address, as for libpq. */
export type Listening = { readonly host: string; readonly port: number };

/** What a client needs to get in. */
export type Connection = Listening & {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Said aloud, because PGSSLMODE in the environment may ask for what a server of our own has not. */
  readonly ssl: false;
};

/** In the name of the socket; of no weight where the folder belongs to one server. */
const PORT = 5432;

/** The data folder where that can be; the same answer at every start, so that connections can be made again. */
export async function listeningFor(cluster: string, account: Account | undefined): Promise<Listening> {
  if (await allowsSockets(cluster)) return { host: cluster, port: PORT };
  const folder = join(
    tmpdir(),
    `turnabout-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`,
  );
  if ((await isOurs(folder, account)) && (await allowsSockets(folder))) return { host: folder, port: PORT };
  return { host: '127.0.0.1', port: await freePort() };
}

/** Nothing of the network where there is a socket. */
export function listeningSettings({ host, port }: Listening): Record<string, string> {
  const isSocket = host.startsWith('/');
  return {
    port: String(port),
    listen_addresses: isSocket ? '' : host,
    unix_socket_directories: isSocket ? host : '',
    unix_socket_permissions: '0700',
  };
}

/** After the last stop: the data folder stays, a folder made for the socket alone goes. */
export async function leave({ host }: Listening, cluster: string): Promise<void> {
  if (host.startsWith('/') && host !== cluster) await rm(host, { recursive: true, force: true });
}

/** The path of a socket has at most 107 bytes on Linux and 103 on macOS. */
const LONGEST_PATH = 100;

/** Some file systems have none, such as folders that are shared with a virtual machine. A full disk is another matter. */
async function allowsSockets(folder: string): Promise<boolean> {
  if (Buffer.byteLength(join(folder, `.s.PGSQL.${PORT}`)) > LONGEST_PATH) return false;
  const outcome = await listens({ path: join(folder, '.s.probe') });
  return typeof outcome === 'number' || ['ENOSPC', 'EDQUOT', 'EROFS'].includes(outcome);
}

/** Made for the account alone; somebody else may have put something there, since the folder around it is everybody's. */
async function isOurs(folder: string, account: Account | undefined): Promise<boolean> {
  try {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) && account)
      await chown(folder, account.uid, account.gid);
    const found = await lstat(folder);
    const isPrivate = found.isDirectory() && (found.mode & 0o077) === 0;
    return (
      isPrivate && found.uid === (account?.uid ?? process.getuid?.()) && !(await barrierTo(folder, account))
    );
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const port = await listens({ port: 0, host: '127.0.0.1' });
  if (typeof port === 'number') return port;
  throw new Error(`no port of this machine is free: ${port}`);
}

/** Listens there for a moment: the port, 0 for a socket, or the code of what makes it impossible. */
function listens(where: ListenOptions): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer().on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''));
    server.listen(where, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
