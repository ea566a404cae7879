import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveKeys, equalBytes, hmacOf, randomBytesFast } from './crypto.ts';

const keys = deriveKeys('a secret for tests, long enough to be taken');
const other = deriveKeys('another secret for tests, long enough too');

describe('keys', () => {
  it('seals a field so that only the same key and context open it', () => {
    const sealed = keys.seal('applicant.mobile', '13812341234');
    expect(keys.open('applicant.mobile', sealed)).toBe('13812341234');
    expect(sealed.includes('13812341234')).toBe(false);
    expect(() => keys.open('applicant.user_name', sealed)).toThrow();
    expect(() => other.open('applicant.mobile', sealed)).toThrow();
  });

  it('seals the same value differently each time, and notices each changed byte', () => {
    const sealed = keys.seal('a.b', '张三');
    expect(keys.seal('a.b', '张三').equals(sealed)).toBe(false);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => keys.open('a.b', changed)).toThrow();
    }
  });

  it('hashes for matching, apart by purpose and by instance', () => {
    expect(keys.hash('mobile', '1').equals(keys.hash('mobile', '1'))).toBe(true);
    expect(keys.hash('mobile', '1').equals(keys.hash('name', '1'))).toBe(false);
    expect(keys.hash('mobile', '1').equals(other.hash('mobile', '1'))).toBe(false);
  });

  it('shows a fingerprint that differs by secret and reveals none', () => {
    expect(keys.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(keys.fingerprint).not.toBe(other.fingerprint);
  });
});

describe('the quick HMAC', () => {
  it('is the one of the standard', () => {
    for (const length of [0, 1, 32, 64]) {
      const key = Buffer.alloc(length, 7);
      for (const message of ['x'.repeat(64), '', 'a', 'x'.repeat(65), 'x'.repeat(200), 'ab']) {
        const standard = createHmac('sha256', key).update(message).digest('hex');
        expect(hmacOf(key)(Buffer.from(message)).toString('hex')).toBe(standard);
      }
    }
  });
});

describe('random bytes', () => {
  it('hands out each byte once, over the edge of a block too', () => {
    const seen = new Set<string>();
    for (let round = 0; round < 5000; round += 1) seen.add(randomBytesFast(10).toString('hex'));
    expect(seen.size).toBe(5000);
  });

  it('keeps what it handed out', () => {
    const first = randomBytesFast(16);
    const copy = Buffer.from(first);
    for (let round = 0; round < 3000; round += 1) randomBytesFast(16);
    expect(equalBytes(first, copy)).toBe(true);
  });
});
