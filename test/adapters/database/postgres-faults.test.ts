// What a DATABASE_URL that is nearly right leads to is a sentence, never a stack.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseFault } from '../../../src/adapters/database/postgres-faults.ts';
import { DatabaseUnavailable } from '../../../src/domain/errors.ts';
import { openDatabase } from '../../../src/open-database.ts';

/** A PostgreSQL without TLS answers a request for it with "N" (its manual, "SSL Session Encryption"). */
let server: Server;
let at: string;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write('N'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

async function refusal(query: string): Promise<unknown> {
  const url = new URL(`postgresql://ana:s3cret@${at}/turnabout?${query}`);
  return openDatabase({ DATABASE_URL: url, DATA_DIR: 'nowhere' }, () => undefined).catch(
    (error: unknown) => error,
  );
}

it.each(['require', 'verify-full', 'strange'])('sslmode=%s where the server has no TLS', async (mode) => {
  expect(await refusal(`sslmode=${mode}`)).toEqual(
    new DatabaseUnavailable(
      '127.0.0.1/turnabout',
      'the server offers no TLS; let it have a certificate, or write sslmode=disable in DATABASE_URL where nobody can listen on the way',
    ),
  );
});

it('a certificate that is not there', async () => {
  expect(await refusal('sslmode=verify-full&sslrootcert=/nowhere/ca.pem')).toEqual(
    new DatabaseUnavailable(
      '127.0.0.1/turnabout',
      'a file that DATABASE_URL names cannot be read (sslrootcert, sslcert, sslkey)',
    ),
  );
});

it.each([
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', 'is not trusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'is not trusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames", 'is not trusted'],
  ['28000', 'no pg_hba.conf entry for host "10.0.0.1", user "ana", database "d", no encryption', 'wants TLS'],
  ['28P01', 'password authentication failed for user "ana"', 'refuses the user or the password'],
  ['ENOENT', 'connect ENOENT /run/postgresql/.s.PGSQL.5432', 'no database answers there'],
])('%s', (code, message, sentence) => {
  expect(databaseFault(Object.assign(new Error(message), { code }), 'there')?.message).toContain(sentence);
});
