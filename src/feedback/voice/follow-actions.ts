import { encodeBase32, normalizeBase32 } from '../../kernel/base32.ts';
import { equalBytes, type Keys } from '../../platform/crypto.ts';
import type { Reader } from '../../platform/db.ts';
import type { Voice } from './actions.ts';
import { findByNumber } from './store.ts';
import { plainPhone } from './voice.ts';

const CODE_BYTES = 5;

/** The code by which somebody who left no phone follows a voice; it says nothing about anybody. */
export function followCode(keys: Keys, voiceId: string): string {
  return encodeBase32(keys.hash('voice-follow', voiceId).subarray(0, CODE_BYTES));
}

/**
 * The voice of a number, for whoever knows the phone that was left with it or its code; undefined whatever
 * of the two is wrong, and after the same work.
 */
export async function voiceToFollow(
  reader: Reader,
  keys: Keys,
  cityCode: string,
  { number, secret }: { number: string; secret: string },
): Promise<Voice | undefined> {
  const found = await findByNumber(reader, cityCode, number.trim().toUpperCase());
  const phone = keys.hash('phone', plainPhone(secret));
  const code = normalizeBase32(secret, followCode(keys, '').length) ?? '';
  const byPhone = equalBytes(phone, found?.phone_hash ?? keys.hash('nobody', ''));
  const byCode = equalBytes(
    keys.hash('code', code),
    keys.hash('code', followCode(keys, found?.voice_id ?? '')),
  );
  if (found === undefined || !(byPhone || byCode)) return undefined;
  const { phone_hash: _, ...voice } = found;
  return voice;
}
