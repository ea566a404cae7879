import { randomUUID } from 'node:crypto';
import { dayOf } from '../../kernel/day.ts';
import type { Tx } from '../../platform/db.ts';
import { ratedAnonymously } from '../rating/index.ts';
import { type CallSource, callNumber } from './call.ts';
import { dropCalls, findCallable, insertCalls, isKnown, reserveNumbers } from './store.ts';

/** An answer that somebody is to be asked about. */
export interface AskedCall {
  readonly source: Exclude<CallSource, 'sample'>;
  /** one call-back for each */
  readonly sourceKey: string;
  readonly orderId: string;
  readonly stepId: string | null;
  readonly voiceId: string | null;
  readonly projectNo: string | null;
  readonly serviceNumber: number | null;
  readonly windowCode: string | null;
  readonly staffNo: string | null;
  readonly regionCode: string;
  readonly departmentCode: string | null;
  /** a voice left a phone */
  readonly hasPhone: boolean;
  readonly at: Date;
  readonly limit: { readonly dueAt: Date; readonly yellowFrom: Date; readonly redFrom: Date };
}

/** Why nobody is called: no phone was left or no contact is wanted, or the rating was anonymous. */
export type Uncalled = 'no_phone' | 'anonymous';

/**
 * Opens the call-back about an answer; the same again opens nothing more. Whoever chose to be anonymous, left
 * no phone or wants no contact isn't called. Answers why nobody will be, or null where somebody is.
 */
export async function openCallBack(tx: Tx, cityCode: string, asked: AskedCall): Promise<Uncalled | null> {
  const { source, sourceKey, stepId, voiceId, at, limit } = asked;
  if (await isKnown(tx, cityCode, { source, sourceKey })) return null;
  const step = stepId === null ? undefined : await findCallable(tx, cityCode, stepId);
  if (stepId === null) {
    if (voiceId === null || !asked.hasPhone) return 'no_phone';
  } else {
    if (await ratedAnonymously(tx, cityCode, stepId)) return 'anonymous';
    if (step === undefined) return 'no_phone';
  }
  const today = dayOf(at);
  const year = Number(today.slice(0, 4));
  const count = await reserveNumbers(tx, cityCode, { year, count: 1 });
  const row = {
    call_id: randomUUID(),
    number: callNumber(today, count),
    source,
    source_key: sourceKey,
    week: null,
    order_id: asked.orderId,
    step_id: stepId,
    service_month: step?.service_month ?? null,
    voice_id: voiceId,
    project_no: asked.projectNo,
    service_number: asked.serviceNumber,
    window_code: asked.windowCode,
    staff_no: asked.staffNo ?? step?.staff_no ?? null,
    region_code: asked.regionCode,
    department_code: asked.departmentCode,
    served_on: step === undefined ? today : dayOf(step.service_time),
    opened_at: at,
    due_at: limit.dueAt,
    yellow_from: limit.yellowFrom,
    red_from: limit.redFrom,
  };
  await insertCalls(tx, cityCode, [row]);
  return null;
}

/** Nobody needs to be asked about an order any more: it was accepted, reopened or withdrawn meanwhile. */
export async function dropCallBacks(
  tx: Tx,
  cityCode: string,
  { orderId, at }: { orderId: string; at: Date },
): Promise<void> {
  await dropCalls(tx, cityCode, { orderId, at, on: dayOf(at) });
}
