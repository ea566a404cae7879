import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';
import { assert } from '../kernel/assert.ts';

/**
 * Keys derived from the instance's secret, one for each purpose, so that no two uses share a key.
 * `seal`/`open` are AES-256-GCM: 1 byte version, 12 bytes nonce, 16 bytes tag, ciphertext.
 */
export interface Keys {
  /** Encrypts a personal field. `context` (table.column) is bound as associated data. */
  seal(context: string, plain: string): Buffer;
  /** @throws a fault when the bytes were altered or sealed under another key or context. */
  open(context: string, sealed: Uint8Array): string;
  /** Keyed hash of 32 bytes, for matching without reading: the same value and purpose give the same hash. */
  hash(purpose: string, value: string): Buffer;
  /** 8-byte message authentication code. */
  mac8(purpose: MacPurpose, message: Uint8Array): Buffer;
  /** Deterministic secret text for a purpose, such as the application role's password. */
  secret(purpose: string): string;
  /** Short public mark by which a backup recognises its key. */
  fingerprint: string;
}

export type MacPurpose = 'rating-token' | 'rating-entry' | 'page';

const VERSION = 1;

/** @param secretKey the instance's SECRET_KEY, at least 32 characters. */
export function deriveKeys(secretKey: string): Keys {
  const derive = (purpose: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secretKey, 'yiping', purpose, 32)));
  const encryption = derive('personal-data');
  const hashing = hmacOf(derive('keyed-hash').export());
  const macs: Record<MacPurpose, Mac> = {
    'rating-token': hmacOf(derive('rating-token').export()),
    'rating-entry': hmacOf(derive('rating-entry').export()),
    page: hmacOf(derive('page').export()),
  };
  return {
    seal(context, plain) {
      const nonce = randomBytesFast(12);
      const cipher = createCipheriv('aes-256-gcm', encryption, nonce);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
    },
    open(context, sealed) {
      const bytes = Buffer.from(sealed);
      assert(bytes[0] === VERSION, 'sealed field has an unknown version');
      const decipher = createDecipheriv('aes-256-gcm', encryption, bytes.subarray(1, 13));
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(13, 29));
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8');
    },
    hash: (purpose, value) => hashing(Buffer.from(`${purpose}\0${value}`)),
    mac8: (purpose, message) => macs[purpose](message).subarray(0, 8),
    secret: (purpose) => derive(`secret:${purpose}`).export().toString('hex'),
    fingerprint: createHash('sha256').update(derive('fingerprint').export()).digest('hex').slice(0, 16),
  };
}

type Mac = (message: Uint8Array) => Buffer;

/** Messages up to this length, as those of tokens are, are hashed without a copy of their own. */
const SHORT = 64;

/**
 * HMAC-SHA256 (RFC 2104) over its two padded key blocks, as two hashes at one stroke: setting up an HMAC
 * object for each token took longer than the hashing.
 */
export function hmacOf(key: Uint8Array): Mac {
  assert(key.length <= 64, 'a key of one block');
  const padded = (byte: number, room: number): Buffer => {
    const block = Buffer.alloc(64 + room);
    for (let at = 0; at < 64; at += 1) block[at] = byte ^ (key[at] ?? 0);
    return block;
  };
  const [inner, outer] = [padded(0x36, SHORT), padded(0x5c, 32)];
  return (message) => {
    let first = inner;
    if (message.length <= SHORT) inner.set(message, 64);
    else first = Buffer.concat([inner.subarray(0, 64), message]);
    outer.set(hash('sha256', first.subarray(0, 64 + message.length), 'buffer'), 64);
    return hash('sha256', outer, 'buffer');
  };
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Hashes of 32 bytes that others can compute: FIPS 180-4 and GB/T 32905-2016. */
type HashName = 'sha-256' | 'sm3';

const DIGESTS: Readonly<Record<HashName, string>> = { 'sha-256': 'sha256', sm3: 'sm3' };

/** The hash of a name, at one stroke. */
export function hasherOf(name: HashName): (bytes: Uint8Array) => Buffer {
  const digest = DIGESTS[name];
  return (bytes) => hash(digest, bytes, 'buffer');
}

// Drawing random bytes one call at a time costs a system call each; the rating path draws them from a block.
const block = Buffer.alloc(16 * 1024);
let used = block.length;

/** Cryptographically random bytes, drawn in blocks; each byte is handed out once and wiped. */
export function randomBytesFast(count: number): Buffer {
  assert(count <= block.length, 'too many random bytes at once');
  if (used + count > block.length) {
    randomFillSync(block);
    used = 0;
  }
  const bytes = Buffer.from(block.subarray(used, used + count));
  block.fill(0, used, used + count);
  used += count;
  return bytes;
}
