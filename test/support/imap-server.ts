// Debian's dovecot as a mailbox on this machine: its settings, its mail and its ports belong to one test alone.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { Peer } from './peers.ts';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.ts';

export const DOVECOT: Peer = {
  name: 'dovecot',
  probe: ['sh', '-c', 'PATH=$PATH:/usr/sbin dovecot --version && test -e /usr/lib/dovecot/imap'],
  install: 'apt-get install -y dovecot-imapd',
};

export const PASSWORD = 'geheim/1';

export type ImapServer = {
  /** "imap://user:password@127.0.0.1:port": STARTTLS is offered. */
  readonly url: string;
  /** "imaps://…", with the certificate of the tests. */
  readonly secureUrl: string;
  /** Does something over a connection of the owner, as their mail program would. */
  readonly owner: <Result>(work: (client: ImapFlow) => Promise<Result>) => Promise<Result>;
  /** Puts messages into a mailbox and gives their UIDs. */
  readonly deliver: (raw: readonly string[], delivery?: Delivery) => Promise<number[]>;
  readonly stop: () => Promise<void>;
};

export type Delivery = { readonly mailbox?: string; readonly receivedAt?: Date };

export async function imapServer(): Promise<ImapServer> {
  const folder = mkdtempSync(join(tmpdir(), 'turnabout-imap-'));
  const [port, securePort] = [await freePort(), await freePort()];
  const account = mailAccount();
  writeSettings(folder, { port, securePort, account });
  const env = { PATH: `${process.env.PATH}:/usr/sbin` };
  const { uid, gid } = account;
  const server = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], {
    env,
    stdio: 'ignore',
    uid,
    gid,
  });
  const login = `ana:${encodeURIComponent(PASSWORD)}@127.0.0.1`;
  const owner: ImapServer['owner'] = (work) => connected(port, work);
  await untilItAnswers(owner, server);
  return {
    url: `imap://${login}:${port}`,
    secureUrl: `imaps://${login}:${securePort}`,
    owner,
    deliver: (raw, delivery) => owner((client) => append(raw, { client, ...delivery })),
    stop: async () => {
      if (server.kill()) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

type Account = { readonly user: string; readonly group: string; readonly uid: number; readonly gid: number };

/** Whoever runs the tests; dovecot keeps no mail of root's, so root lends it to somebody who owns nothing. */
function mailAccount(): Account {
  const of = process.getuid?.() === 0 ? ['nobody'] : [];
  const [user, group, uid, gid] = ['-un', '-gn', '-u', '-g'].map((flag) =>
    spawnSync('id', [flag, ...of], { encoding: 'utf8' }).stdout.trim(),
  );
  return { user: user!, group: group!, uid: Number(uid), gid: Number(gid) };
}

type Settings = { readonly port: number; readonly securePort: number; readonly account: Account };

function writeSettings(folder: string, settings: Settings): void {
  mkdirSync(join(folder, 'mail'));
  writeFileSync(join(folder, 'cert.pem'), TEST_CERTIFICATE);
  writeFileSync(join(folder, 'key.pem'), TEST_KEY);
  writeFileSync(join(folder, 'dovecot.conf'), settingsText(folder, settings));
  const { uid, gid } = settings.account;
  for (const each of ['', ...readdirSync(folder)]) chownSync(join(folder, each), uid, gid);
}

/** As the manual has it for a server that root does not run ("Rootless installation"), and without penalties for a wrong login. */
function settingsText(folder: string, { port, securePort, account }: Settings): string {
  const { user, group, uid, gid } = account;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
mail_location = maildir:${folder}/mail
mail_uid = ${uid}
mail_gid = ${gid}
first_valid_uid = 1
first_valid_gid = 1
passdb {
  driver = static
  args = user=ana password={PLAIN}${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = ${securePort}
    ssl = yes
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
auth_failure_delay = 0
`;
}

async function connected<Result>(port: number, work: (client: ImapFlow) => Promise<Result>): Promise<Result> {
  const auth = { user: 'ana', pass: PASSWORD };
  const client = new ImapFlow({ host: '127.0.0.1', port, auth, doSTARTTLS: false, logger: false });
  client.on('error', () => {}); // the command under way fails with it
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.close();
  }
}

async function untilItAnswers(owner: ImapServer['owner'], server: ChildProcess): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await owner(async () => {});
    } catch (cause) {
      if (server.exitCode !== null || attempt === 100) throw new Error('dovecot does not start', { cause });
      await wait(100);
    }
  }
}

async function append(
  raw: readonly string[],
  { client, mailbox = 'INBOX', receivedAt = new Date() }: Delivery & { readonly client: ImapFlow },
): Promise<number[]> {
  const uids: number[] = [];
  for (const each of raw) {
    const done = await client.append(mailbox, Buffer.from(each), [], receivedAt);
    if (!done || done.uid === undefined) throw new Error('the message was not taken');
    uids.push(done.uid);
  }
  return uids;
}
