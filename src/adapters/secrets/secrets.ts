// Chance, digests and sealing, all by node:crypto. What is sealed can be read and made by nobody without the key.

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { InvalidInput } from '../../domain/errors.ts';
import type { Secrets } from '../../flows/world.ts';

/** 256 bits. */
const TOKEN_BYTES = 32;

export function secretsFrom(secretKey: string): Secrets {
  const key = keyFor(secretKey, 'seal');
  return {
    newId: () => randomUUID(),
    newToken: () => randomBytes(TOKEN_BYTES).toString('base64url'),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    seal: (text) => seal(text, key),
    open: (sealed) => open(sealed, key),
  };
}

/** Shorter ones can be guessed: 32 characters of base64url are 192 bits. */
const SHORTEST_KEY = 32;

/** A key for one purpose alone (HKDF, RFC 5869), so that what serves one purpose is of no use for another. */
export function keyFor(secretKey: string, purpose: 'seal' | 'links'): Uint8Array {
  if (secretKey.length < SHORTEST_KEY)
    throw new InvalidInput(
      'SECRET_KEY',
      `is shorter than ${SHORTEST_KEY} characters: take one made by chance`,
    );
  return new Uint8Array(hkdfSync('sha256', secretKey, '', `turnabout ${purpose} 1`, 32));
}

/** AES-256-GCM (NIST SP 800-38D): a nonce of 96 bits, the text, a tag of 128 bits. */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function seal(text: string, key: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function open(sealed: Uint8Array, key: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('what is to be opened is too short');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}
