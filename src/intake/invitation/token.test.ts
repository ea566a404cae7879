import { describe, expect, it } from 'vitest';
import { cityCode } from '../../kernel/ids.ts';
import { month } from '../../kernel/month.ts';
import { packRecordNumber } from '../../kernel/record-number.ts';
import { deriveKeys } from '../../platform/crypto.ts';
import { readToken, secondTokenFor, tokenFor } from './token.ts';

const keys = deriveKeys('a secret for tests, long enough to be taken');
const stepId = packRecordNumber({ cityCode: cityCode('370800'), month: month('2026-06'), sequence: 12_345n });

describe('rating token', () => {
  it('is short and says what it was made for', () => {
    const token = tokenFor(keys, stepId, 3);
    expect(token).toMatch(/^[A-Za-z0-9_-]{23}$/);
    expect(readToken(keys, token)).toEqual({
      stepId,
      cityCode: '370800',
      serviceMonth: '2026-06',
      channel: 3,
      assessNumber: 1,
    });
  });

  it('of a second rating is another one, which no first one turns into', () => {
    const token = secondTokenFor(keys, stepId, 3);
    expect(token).not.toBe(tokenFor(keys, stepId, 3));
    expect(readToken(keys, token)).toMatchObject({ stepId, channel: 3, assessNumber: 2 });
  });

  it('refuses every other token that differs in one character', () => {
    const token = tokenFor(keys, stepId, 3);
    for (let at = 0; at < token.length; at += 1) {
      for (const char of 'ABcd09_-') {
        const other = token.slice(0, at) + char + token.slice(at + 1);
        if (other !== token) expect(readToken(keys, other)).toBeNull();
      }
    }
  });

  it('refuses tokens of another instance, cut ones and long ones', () => {
    const token = tokenFor(deriveKeys('another secret for tests, long enough too'), stepId, 3);
    expect(readToken(keys, token)).toBeNull();
    expect(readToken(keys, tokenFor(keys, stepId, 3).slice(1))).toBeNull();
    expect(readToken(keys, `${tokenFor(keys, stepId, 3)}A`)).toBeNull();
    expect(readToken(keys, '')).toBeNull();
  });
});
