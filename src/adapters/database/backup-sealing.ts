// The file around the text of a backup: packed by gzip and, with a passphrase, encrypted as age does it
// (age-encryption.org/v1), so that `age -d` and `gunzip` open it too. Everything flows through; nothing is gathered.

import { open } from 'node:fs/promises';
import { Decrypter, Encrypter } from 'age-encryption';

type Bytes = AsyncIterable<Uint8Array>;
type Stage = (bytes: Bytes) => Bytes;

/** After packing; without a passphrase nothing is done. */
export function encryption(passphrase: string | undefined): Stage {
  return async function* (bytes) {
    if (passphrase === undefined) return yield* bytes;
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    yield* await encrypter.encrypt(ReadableStream.from(bytes));
  };
}

/** The file cannot be opened: because the passphrase is another, or because it is not as it was written. */
export class Sealed extends Error {
  override readonly name = 'Sealed';
  readonly isWrongPassphrase: boolean;

  constructor(cause: unknown) {
    super('the file cannot be opened', { cause });
    this.isWrongPassphrase = cause instanceof Error && cause.message.startsWith('no identity matched');
  }
}

/** Before unpacking. Throws Sealed. */
export function decryption(passphrase: string | undefined): Stage {
  return async function* (bytes) {
    if (passphrase === undefined) return yield* bytes;
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    try {
      yield* await decrypter.decrypt(ReadableStream.from(bytes));
    } catch (error) {
      throw new Sealed(error);
    }
  };
}

/** What a file is by its first bytes. */
export async function kindOf(path: string): Promise<'packed' | 'encrypted' | 'other'> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(AGE.length));
    const head = buffer.subarray(0, bytesRead);
    if (head.equals(AGE)) return 'encrypted';
    return head.subarray(0, GZIP.length).equals(GZIP) ? 'packed' : 'other';
  } finally {
    await file.close();
  }
}

const AGE = Buffer.from('age-encryption.org/v1\n');
const GZIP = Buffer.from([0x1f, 0x8b]);
