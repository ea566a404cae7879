import { findByPhone, findByShortCode, type StepForPage } from '../../intake/case/index.ts';
import { linkChannels, type Sign, signByCode, tokenFor } from '../../intake/invitation/index.ts';
import { isMobile } from '../../kernel/codes.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from '../../platform/deps.ts';
import { type PostLimit, postLimit } from '../../platform/post-limit.ts';
import { ratedAmong } from '../rating/index.ts';

const HOUR_MS = 3_600_000;
/** Wrong tries a minute at one sign, an hour by one device or with one phone, before trying has to wait. */
const WRONG = { sign: 60, device: 20, phone: 10 };

/** A service that was found, with the link that rates it. */
export interface Match {
  readonly token: string;
  readonly serviceTime: Date;
  readonly windowCode: string | null;
  readonly taskName: string;
}

/** Finds the service of whoever stands at a sign. */
export interface CaseFinder {
  /** @throws Refusal `sign.no_code`, `sign.tries` */
  byCode(sign: Sign, code: string, deviceMark: string): Promise<Match>;
  /**
   * Services of the phone in cases that end so, the newest first; those not rated yet, where there are any.
   * @throws Refusal `sign.no_case` whatever of it is wrong, `sign.phone`, `sign.tail`, `sign.tries`
   */
  byPhone(sign: Sign, given: { tail: string; phone: string }, deviceMark: string): Promise<Match[]>;
}

type Count = readonly [limit: PostLimit, mark: string, most: number];

/**
 * Guessing is limited by what is guessed at and by the device that guesses, never by an address: a hall sits
 * behind one. Each try counts as wrong before it is looked up, so that many at the same instant can't outrun
 * the count, and is given back when it was right.
 */
export function caseFinder(deps: Deps): CaseFinder {
  const minute = postLimit();
  const hour = postLimit(HOUR_MS);
  const tried = async <T>(counts: readonly Count[], find: () => Promise<T | undefined>) => {
    const now = deps.clock.now();
    const allowed = counts.map(([limit, mark, most]) => limit.allows(mark, most, now));
    if (allowed.includes(false)) throw new Refusal('sign.tries');
    const found = await find();
    if (found !== undefined) for (const [limit, mark] of counts) limit.giveBack(mark, now);
    return found;
  };
  const usual = (sign: Sign, deviceMark: string): Count[] => [
    [minute, sign.code, WRONG.sign],
    [hour, deviceMark, WRONG.device],
  ];
  return {
    async byCode(sign, code, deviceMark) {
      const { cityCode, windowCode } = sign;
      const step = await tried(usual(sign, deviceMark), async () => {
        const found = await findByShortCode(deps.db.app, cityCode, { shortCode: code, windowCode });
        return found ?? undefined;
      });
      if (step === undefined) throw new Refusal('sign.no_code', {}, { field: 'code' });
      return matchOf(deps, step);
    },
    async byPhone(sign, given, deviceMark) {
      const tail = tailOf(given.tail);
      const phone = phoneOf(given.phone);
      const { cityCode, windowCode } = sign;
      const mark = deps.keys.hash('phone-tries', phone).toString('hex');
      const counts: Count[] = [...usual(sign, deviceMark), [hour, mark, WRONG.phone]];
      const steps = await tried(counts, async () => {
        const now = deps.clock.now();
        const found = await findByPhone(deps.db.app, deps.keys, cityCode, { windowCode, tail, phone, now });
        return found.length === 0 ? undefined : found;
      });
      if (steps === undefined) throw new Refusal('sign.no_case', {}, { field: 'tail' });
      const rated = await ratedAmong(
        deps.db.app,
        cityCode,
        steps.map(({ stepId }) => stepId),
      );
      const open = steps.filter(({ stepId }) => !rated.has(stepId));
      return (open.length > 0 ? open : steps).map((step) => matchOf(deps, step));
    },
  };
}

/** Whoever came by the sign rates by QR code. */
function matchOf(deps: Deps, step: StepForPage): Match {
  const { stepId, serviceTime, windowCode, taskName } = step;
  return { token: tokenFor(deps.keys, stepId, linkChannels.qr), serviceTime, windowCode, taskName };
}

function tailOf(text: string): string {
  const tail = text.normalize('NFKC').trim().toUpperCase();
  if (!/^[0-9A-Z-]{4}$/.test(tail)) throw new Refusal('sign.tail', {}, { field: 'tail' });
  return tail;
}

function phoneOf(text: string): string {
  const phone = text
    .normalize('NFKC')
    .replace(/[\s()-]/g, '')
    .replace(/^\+?86(?=1)/, '');
  if (!isMobile(phone)) throw new Refusal('sign.phone', {}, { field: 'phone' });
  return phone;
}

/** The sign that was scanned, as it holds. @throws Refusal `sign.unknown`, `sign.replaced`, `sign.revoked` */
export async function scannedSign(deps: Deps, code: string): Promise<Sign> {
  const sign = await signByCode(deps.db.app, code);
  if (sign === undefined) throw new Refusal('sign.unknown');
  if (sign.state !== 'live') throw new Refusal(sign.state === 'revoked' ? 'sign.revoked' : 'sign.replaced');
  return sign;
}
