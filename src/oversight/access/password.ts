import type { RefusalParams } from '../../kernel/refusal.ts';

export interface PasswordRules {
  readonly passwordLength: number;
  readonly passwordKinds: number;
}

const KINDS = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];

/** What is wrong with a password somebody chooses; undefined when nothing is. */
export function passwordFault(
  candidate: string,
  username: string,
  rules: PasswordRules,
): { code: string; params: RefusalParams } | undefined {
  const text = candidate.normalize('NFKC');
  if (Array.from(text).length < rules.passwordLength) {
    return { code: 'access.password_too_short', params: { length: rules.passwordLength } };
  }
  if (KINDS.filter((kind) => kind.test(text)).length < rules.passwordKinds) {
    return { code: 'access.password_too_plain', params: { kinds: rules.passwordKinds } };
  }
  if (text.toLowerCase().includes(username.toLowerCase())) {
    return { code: 'access.password_has_username', params: {} };
  }
  return undefined;
}

/** Without 0 O 1 l I: a one-time password is read from paper. */
const READABLE = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/**
 * A one-time password of three groups of five from random bytes, more than 85 bits of them.
 * Bytes that would favour some characters are passed over; undefined when too few are left.
 */
export function passwordFromBytes(bytes: Uint8Array): string | undefined {
  const limit = 256 - (256 % READABLE.length);
  const characters = [...bytes]
    .filter((byte) => byte < limit)
    .map((byte) => READABLE.charAt(byte % READABLE.length));
  if (characters.length < 15) return undefined;
  return [0, 5, 10].map((from) => characters.slice(from, from + 5).join('')).join('-');
}
