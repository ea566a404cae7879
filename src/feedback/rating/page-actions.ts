import { findByShortCode } from '../../intake/case/index.ts';
import { type Invitation, linkChannels, readToken, tokenFor } from '../../intake/invitation/index.ts';
import { decodeBase32, normalizeBase32 } from '../../kernel/base32.ts';
import { dayOf } from '../../kernel/day.ts';
import type { CityCode, StepId } from '../../kernel/ids.ts';
import { addMonths, FIRST_MONTH, firstDay, monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from '../../platform/deps.ts';
import { type MicroBatch, microBatch } from '../../platform/micro-batch.ts';
import { tenantCities } from '../../registry/region/index.ts';
import { receiptCode } from './actions.ts';
import type { Level } from './rating.ts';
import { windowAt } from './rating.ts';
import { findSecondForPage } from './second-store.ts';
import { findDeviceMark, findForPages, findReceipt, findUnrated, type PageRow } from './store.ts';

/** The link of a service that waits for its rating, for a demonstration; undefined when there is none. */
export async function unratedToken(deps: Deps): Promise<string | undefined> {
  const stepId = await findUnrated(deps.db.app, deps.config.cityCode, deps.clock.now());
  return stepId === undefined ? undefined : tokenFor(deps.keys, stepId as StepId, linkChannels.mobile);
}

/** A link as its page meets it. */
export interface Opened {
  invitation: Invitation;
  matter: {
    serviceTime: Date;
    windowCode: string | null;
    taskName: string;
    online: boolean;
    second: boolean;
  };
  state: 'open' | 'used' | 'expired';
  /** of a used link */
  receipt: string | null;
}

/** Opens rating links. */
export interface LinkReader {
  /** @throws Refusal `rating.unknown_token` for a forged one or a record that isn't there */
  open(token: string): Promise<Opened>;
}

/** Pages that are asked for together are looked up together, as ratings are written together. */
const BATCH = { size: 200, inFlight: 2, gatherMs: 0, waiting: 5000 };

export function linkReader(deps: Deps): LinkReader {
  const { clock, db, keys } = deps;
  const lookups = new Map<string, MicroBatch<string, PageRow | undefined>>();
  const lookupOf = (cityCode: string, month: string): MicroBatch<string, PageRow | undefined> => {
    const key = `${cityCode} ${month}`;
    const known = lookups.get(key);
    if (known) return known;
    const made = microBatch<string, PageRow | undefined>({
      ...BATCH,
      async write(ids) {
        const found = await findForPages(db.app, cityCode, { month, ids });
        return ids.map((id) => found.get(id));
      },
      divisible: () => false,
    });
    lookups.set(key, made);
    return made;
  };
  return {
    async open(token) {
      const invitation = readToken(keys, token);
      if (invitation === null) throw new Refusal('rating.unknown_token');
      const { cityCode, stepId, serviceMonth } = invitation;
      const month = firstDay(serviceMonth);
      // Second ratings are few: they are looked up one by one, and cost the first nothing.
      const row =
        invitation.assessNumber === 2
          ? await findSecondForPage(db.app, cityCode, { id: stepId, month })
          : await lookupOf(cityCode, month).add(stepId);
      if (row === undefined) throw new Refusal('rating.unknown_token');
      const { service_time: serviceTime, window_code: windowCode, task_name: taskName, receipt } = row;
      return {
        invitation,
        matter: {
          serviceTime,
          windowCode,
          taskName,
          online: row.pro_channel === 1,
          second: invitation.assessNumber === 2,
        },
        state: receipt !== null ? 'used' : windowAt(clock.now(), row.ratable_until),
        receipt: receipt && receiptCode(receipt),
      };
    },
  };
}

/** Whether the link was used by the device with this mark (hex). */
export async function usedBy(deps: Deps, { invitation }: Opened, mark: string | null): Promise<boolean> {
  if (mark === null) return false;
  const { assessNumber } = invitation;
  const step = { id: invitation.stepId, month: firstDay(invitation.serviceMonth), assessNumber };
  const kept = await findDeviceMark(deps.db.app, invitation.cityCode, step);
  return kept?.toString('hex') === mark;
}

/**
 * The link of the service with this short code at this window: typed in by hand, so its channel is the
 * phone's.
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
