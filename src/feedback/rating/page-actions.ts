import { findByShortCode } from '../../intake/case/index.ts';
import { type Invitation, linkChannels, readToken, tokenFor } from '../../intake/invitation/index.ts';
import { decodeBase32, normalizeBase32 } from '../../kernel/base32.ts';
import { dayOf } from '../../kernel/day.ts';
import type { CityCode, StepId } from '../../kernel/ids.ts';
import { addMonths, FIRST_MONTH, firstDay, monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from '../../platform/deps.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { receiptCode } from './actions.ts';
import type { Level } from './rating.ts';
import { windowAt } from './rating.ts';
import { findForPage, findReceipt } from './store.ts';

/** A link as its page meets it. */
export interface Opened {
  invitation: Invitation;
  matter: { serviceTime: Date; windowCode: string | null; taskName: string; online: boolean };
  state: 'open' | 'used' | 'expired';
  /** of a used link: the receipt, and the mark of the device that used it */
  receipt: string | null;
  deviceMark: string | null;
}

/** Opens a rating link. @throws Refusal `rating.unknown_token` for a forged one or a record that isn't there */
export async function openLink(deps: Deps, token: string): Promise<Opened> {
  const invitation = readToken(deps.keys, token);
  if (invitation === null) throw new Refusal('rating.unknown_token');
  const { cityCode, stepId, serviceMonth } = invitation;
  const row = await findForPage(deps.db.app, cityCode, { id: stepId, month: firstDay(serviceMonth) });
  if (row === undefined) throw new Refusal('rating.unknown_token');
  return {
    invitation,
    matter: {
      serviceTime: row.service_time,
      windowCode: row.window_code,
      taskName: row.task_name,
      online: row.pro_channel === 1,
    },
    state: row.receipt !== null ? 'used' : windowAt(deps.clock.now(), row.ratable_until),
    receipt: row.receipt && receiptCode(row.receipt),
    deviceMark: row.device_mark?.toString('hex') ?? null,
  };
}

/**
 * The link of the service with this short code at this window: typed in by hand, so its channel is the phone's.
 * @throws Refusal `rating.unknown_code`
 */
export async function linkOfCode(deps: Deps, given: { window: string; code: string }): Promise<string> {
  const sought = { shortCode: given.code, windowCode: given.window };
  for (const city of await citiesOf(deps)) {
    const step = await findByShortCode(deps.db.app, city, sought);
    if (step) return tokenFor(deps.keys, step.stepId as StepId, linkChannels.mobile);
  }
  throw new Refusal('rating.unknown_code', {}, { field: 'window' });
}

export interface Receipt {
  code: string;
  recordedAt: Date;
  level: Level;
  realName: boolean;
}

/** The rating of a receipt code. @throws Refusal `rating.unknown_receipt` */
export async function findByReceipt(deps: Deps, code: string): Promise<Receipt> {
  const normal = normalizeBase32(code, 16);
  const receipt = normal && decodeBase32(normal);
  if (!receipt) throw new Refusal('rating.unknown_receipt');
  // Nearly every receipt is looked at within days; only then are the older months searched.
  const recent = addMonths(monthOf(dayOf(deps.clock.now())), -1);
  const cities = await citiesOf(deps);
  for (const fromMonth of [recent, FIRST_MONTH]) {
    for (const city of cities) {
      const row = await findReceipt(deps.db.app, city, { receipt, fromMonth: firstDay(fromMonth) });
      if (!row) continue;
      const { recorded_at: recordedAt, satisfaction, real_name: realName } = row;
      return { code: receiptCode(row.receipt), recordedAt, level: satisfaction as Level, realName };
    }
  }
  throw new Refusal('rating.unknown_receipt');
}

/** The instance's own city first. */
async function citiesOf(deps: Deps): Promise<string[]> {
  const own = deps.config.cityCode as CityCode;
  return [...new Set<string>([own, ...(await tenantCities(deps.db.app)).keys()])];
}
