// Which addresses may be connected to.

import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import {
  AddressRefused,
  guardedLookup,
  isPublicAddress,
  PUBLIC_INTERNET,
} from '../../../../src/adapters/calendars/ics/guard.ts';

describe('an address of the public internet', () => {
  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '2a00:1450::1'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '100::1',
    '2001:db8::1',
    '',
    'localhost',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a name', () => {
  const resolved = (name: string, all: boolean) =>
    new Promise<{ error: Error | null; address: string | LookupAddress[] }>((done) => {
      guardedLookup(PUBLIC_INTERNET)(name, { all }, (error, address) => done({ error, address }));
    });

  it('that leads to this machine is refused, in both ways of asking', async () => {
    expect((await resolved('localhost', true)).error).toBeInstanceOf(AddressRefused);
    expect((await resolved('localhost', false)).error).toBeInstanceOf(AddressRefused);
  });
  it('that a resolver answers where the guard allows it is passed on as asked', async () => {
    const guard = { ...PUBLIC_INTERNET, allowsAddress: () => true };
    const one = await new Promise((done) => {
      guardedLookup(guard)('localhost', { all: false, family: 4 }, (_, address) => done(address));
    });
    expect(one).toBe('127.0.0.1');
  });
});
