// An authenticator in software, which signs whatever a test wants signed (W3C Web Authentication 3, 6; CBOR of RFC 8949).

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export type Authenticator = {
  readonly credentialId: string;
  /** As `navigator.credentials.create` would give it, by toJSON(). */
  readonly register: (challenge: string, changes?: Partial<Ceremony>) => object;
  /** As `navigator.credentials.get` would. */
  readonly signIn: (challenge: string, changes?: Partial<Ceremony>) => object;
};

export type Ceremony = {
  readonly origin: string;
  readonly rpId: string;
  readonly counter: number;
  readonly isVerified: boolean;
  /** Whose it is, as the authenticator was told. */
  readonly userHandle: string;
};

export function authenticator(usual: Omit<Ceremony, 'userHandle'>): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  const credentialId = id.toString('base64url');
  const envelope = (response: object) => ({
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });
  return {
    credentialId,
    register: (challenge, changes = {}) => {
      const of = { ...usual, ...changes };
      const attested = Buffer.concat([
        Buffer.alloc(16),
        uint16(id.length),
        id,
        coseOf(publicKey.export({ format: 'jwk' })),
      ]);
      const authData = Buffer.concat([authDataOf(of, 0x40), attested]);
      const attestation = { fmt: 'none', attStmt: {}, authData };
      const clientDataJSON = clientData('webauthn.create', challenge, of.origin).toString('base64url');
      return envelope({
        clientDataJSON,
        attestationObject: cbor(attestation).toString('base64url'),
        transports: ['internal'],
      });
    },
    signIn: (challenge, changes = {}) => {
      const of = { ...usual, ...changes };
      const authData = authDataOf(of, 0);
      const data = clientData('webauthn.get', challenge, of.origin);
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey);
      return envelope({
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(changes.userHandle && { userHandle: Buffer.from(changes.userHandle).toString('base64url') }),
      });
    },
  };
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** User present, and verified where they are; `flags` adds whether a credential is attached. */
function authDataOf({ rpId, counter, isVerified }: Omit<Ceremony, 'userHandle'>, flags: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.of(0x01 | (isVerified ? 0x04 : 0) | flags), count]);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** ES256 (RFC 9053 2.1, 7.1.1). */
function coseOf({ x = '', y = '' }: { readonly x?: string; readonly y?: string }): Buffer {
  const entries: [number, number | Buffer][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ];
  return Buffer.concat([
    head(5, entries.length),
    ...entries.flatMap(([key, value]) => [cbor(key), cbor(value)]),
  ]);
}

function cbor(value: number | string | Uint8Array | object): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const entries = Object.entries(value);
  return Buffer.concat([
    head(5, entries.length),
    ...entries.flatMap(([key, inner]) => [cbor(key), cbor(inner)]),
  ]);
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.of((major << 5) | count);
  if (count < 256) return Buffer.of((major << 5) | 24, count);
  return Buffer.concat([Buffer.of((major << 5) | 25), uint16(count)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
