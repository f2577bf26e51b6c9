// Which addresses the service may connect to for somebody: public ones alone, so that a calendar's address cannot be used
// to reach what only this machine or its network can (server-side request forgery).

import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where a fetch may go. The public internet's is `PUBLIC_INTERNET`; a test brings its own to reach its own server. */
export type Guard = {
  allowsAddress(address: string): boolean;
  allowsPort(port: number): boolean;
};

/** Public unicast addresses at the port of https. */
export const PUBLIC_INTERNET: Guard = {
  allowsAddress: isPublicAddress,
  allowsPort: (port) => port === 443,
};

/** Thrown where a name or an address leads to where the guard lets nobody go. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/**
 * Whether the address is one of the public internet. Private, shared, loopback, link-local, multicast and reserved ones are
 * not (IANA's special-purpose registries), nor is an IPv6 address that carries an IPv4 one (mapped, compatible, NAT64, 6to4,
 * Teredo), because a translator on the way may lead it home.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6, 3);
}

/** 2000::/3, all that has been given out (RFC 4291 2.4). */
const GLOBAL_IPV6 = ipaddr.IPv6.parse('2000::');

/**
 * Resolves a name for the connection itself: what was checked is what is connected to, so that a name which answers
 * differently the second time (DNS rebinding) gains nothing. One forbidden address among several refuses them all.
 */
export function guardedLookup(guard: Guard): LookupFunction {
  return (name, options, done) => {
    const every: LookupOptions & { all: true } = { ...options, all: true };
    lookup(name, every, (error, addresses) => {
      const refused = error ?? refusalOf(addresses, guard);
      const first = addresses?.[0];
      if (refused || !first) done(refused ?? new AddressRefused('no address'), '', 4);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** Whether a host that is an address and no name is allowed: for such a one nothing is looked up. */
export function allowsHost(hostname: string, guard: Guard): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 || guard.allowsAddress(address);
}

function refusalOf(addresses: readonly LookupAddress[], guard: Guard): AddressRefused | undefined {
  return addresses.every(({ address }) => guard.allowsAddress(address))
    ? undefined
    : new AddressRefused('an address that is not public');
}
