import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase32, encodeBase32, groupBase32, normalizeBase32 } from './base32.ts';

it('carries bytes there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = encodeBase32(bytes);
      expect(text).toHaveLength(Math.ceil((bytes.length * 8) / 5));
      if (bytes.length > 0) expect(decodeBase32(text)).toEqual(bytes);
    }),
  );
});

it('writes 80 bits as 16 characters', () => {
  expect(encodeBase32(new Uint8Array(10).fill(255))).toBe('ZZZZZZZZZZZZZZZZ');
  expect(encodeBase32(new Uint8Array(10))).toBe('0000000000000000');
  expect(encodeBase32(new TextEncoder().encode('hello'))).toBe('D1JPRV3F');
});

it('reads what people type', () => {
  expect(normalizeBase32('d1jp rv3f')).toBe('D1JPRV3F');
  expect(normalizeBase32('D1JP-RV3F')).toBe('D1JPRV3F');
  expect(normalizeBase32('oIl–o')).toBe('0110');
  expect(normalizeBase32('Ｄ１ＪＰ')).toBe('D1JP');
  expect(normalizeBase32('ABCDEF', 6)).toBe('ABCDEF');
  for (const text of ['ABCDE', 'ABCDEFG']) expect(normalizeBase32(text, 6)).toBeUndefined();
  for (const text of ['', 'ABCDEU', 'ABC*', '码']) expect(normalizeBase32(text)).toBeUndefined();
  expect(decodeBase32('U')).toBeUndefined();
});

it('groups for reading', () => {
  expect(groupBase32('ABCDEFGHJKMNPQRS')).toBe('ABCD-EFGH-JKMN-PQRS');
  expect(groupBase32('')).toBe('');
});
