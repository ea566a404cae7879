import { randomBytes, randomUUID } from 'node:crypto';
import { hashPassword as scryptHash, verifyPassword as scryptVerify } from '@better-auth/utils/password';
import { Refusal } from '../../kernel/refusal.ts';
import { sha256 } from '../../platform/crypto.ts';
import { passwordFromBytes } from './password.ts';

// One hash takes 16 MB and a good part of a second's work of one core: strangers must not be able to order
// many.
const AT_ONCE = 2;
const WAITING = 50;
let running = 0;
const queue: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING) throw new Refusal('server.busy');
    await new Promise<void>((resolve) => queue.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}

/** scrypt of the password with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => scryptHash(password));
}

let noPassword: Promise<string> | undefined;

/** Whether the password is the one behind the hash; without a hash it takes as long and says no. */
export async function isPassword(hash: string | null | undefined, password: string): Promise<boolean> {
  noPassword ??= scryptHash(newToken());
  const present = hash ?? (await noPassword);
  const right = await inTurn(() => scryptVerify(present, password));
  return right && hash !== null && hash !== undefined;
}

/** A password for somebody else, to be changed at first use. */
export function newPassword(): string {
  for (;;) {
    const made = passwordFromBytes(randomBytes(64));
    if (made !== undefined && /\d/.test(made) && /[a-z]/.test(made) && /[A-Z]/.test(made)) return made;
  }
}

/** 32 random bytes as text: the secret of a session, a challenge or a key. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret: whoever reads the table can't use it. */
export function tokenHash(token: string): string {
  return sha256(token).toString('hex');
}

export function newId(): string {
  return randomUUID();
}
