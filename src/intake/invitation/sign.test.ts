import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSignCode, SIGN_BYTES, signCodeOf } from './sign.ts';

it('the code of a sign names its city, whatever its random part', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 110_000, max: 659_999 }),
      fc.uint8Array({ minLength: SIGN_BYTES, maxLength: SIGN_BYTES }),
      (city, random) => {
        const code = signCodeOf(String(city), random);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
        expect(readSignCode(code)).toEqual({ code, cityCode: String(city) });
        expect(readSignCode(code.toLowerCase())?.code).toBe(code);
      },
    ),
  );
});

it('what has another length or other characters is no code', () => {
  expect(readSignCode('')).toBeUndefined();
  expect(readSignCode('BA5E')).toBeUndefined();
  expect(readSignCode('BA5E!0000000')).toBeUndefined();
});
