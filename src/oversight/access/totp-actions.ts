import { randomBytes } from 'node:crypto';
import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import { toString as drawQr } from 'qrcode';
import { equalBytes } from '../../platform/crypto.ts';

const STEP_SECONDS = 30;
const ISSUER = 'Yiping';

export function newTotpSecret(): Uint8Array {
  return randomBytes(20);
}

/** The time step of an instant (RFC 6238). */
export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1000 / STEP_SECONDS);
}

export function totpCode(secret: Uint8Array, step: number): Promise<string> {
  return createOTP(secret).hotp(step);
}

/**
 * The step whose code this is: the present one, or its neighbours for clocks that run apart, but only after
 * the last one used, so that a code seen over a shoulder opens nothing. Undefined when it is none of them.
 */
export async function matchTotp(
  secret: Uint8Array,
  code: string,
  at: Date,
  lastStep: number,
): Promise<number | undefined> {
  const present = totpStep(at);
  let found: number | undefined;
  for (const step of [present - 1, present, present + 1]) {
    const right = equalBytes(Buffer.from(await totpCode(secret, step)), Buffer.from(code));
    if (right && step > lastStep) found = step;
  }
  return found;
}

/**
 * What an authenticator needs: the secret for typing, the address behind the QR code, the code as an image.
 */
export async function totpEnrolment(
  secret: Uint8Array,
  username: string,
): Promise<{ secret: string; uri: string; qr: string }> {
  const uri = createOTP(secret).url(ISSUER, username);
  const svg = await drawQr(uri, { type: 'svg', margin: 2 });
  const qr = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return { secret: base32.encode(secret, { padding: false }), uri, qr };
}
