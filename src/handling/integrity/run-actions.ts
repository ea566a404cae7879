import { randomUUID } from 'node:crypto';
import { addDays, type Day, day, dayOf, endOfDay, startOfDay } from '../../kernel/day.ts';
import { addMonths, firstDay, lastDay, type Month, monthOf } from '../../kernel/month.ts';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, systemActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, refreshStatistics, type Tx } from '../../platform/db.ts';
import { type Deps, unhurried } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { addressBursts, deviceBursts } from './burst-store.ts';
import type { RunAnswer } from './contract.ts';
import { type Detector, type Numbers, VEILED } from './detector.ts';
import { findingsFound } from './fact.ts';
import { insertEvidence, insertFindings, type NewFinding } from './finding-store.ts';
import type { Found } from './found.ts';
import { gatherRatings, type Span, takeTurn } from './gather-store.ts';
import { beforeService, deniedByCall, outsideHours, tabletHaste } from './moment-store.ts';
import { onePhone, sameTexts } from './repeat-store.ts';
import { channelsOf, limitsOn } from './rules.ts';
import { channelGaps, monthEndJumps, uniformClerks } from './share-store.ts';

/** Days that one run looks at: a month and a bit. */
const LONGEST_DAYS = 31;

/** What one detector has found, with the limits it went by. */
interface Looked {
  readonly detector: Detector;
  readonly limits: Readonly<Record<string, unknown>> & { readonly from: Day; readonly source: string };
  /** limits as the sentence names them */
  readonly shown: Numbers;
  readonly found: readonly Found[];
}

/**
 * Runs all detectors over days (both included) and opens what they find. Whoever is found suspicious loses
 * nothing by it: a finding waits for a review.
 * @throws Refusal `integrity.range`, `integrity.running`
 */
export async function runDetectors(
  deps: Deps,
  actor: Actor,
  range: { from: string; to: string },
): Promise<RunAnswer> {
  requirePermission(actor, 'integrity.run');
  const [from, to] = [day(range.from), day(range.to)];
  const at = deps.clock.now();
  if (to < from || to > dayOf(at) || addDays(from, LONGEST_DAYS) <= to) {
    throw new Refusal('integrity.range', { days: LONGEST_DAYS }, { field: 'to' });
  }
  const { cityCode } = actor;
  const { db, keys } = unhurried(deps);
  return await inTx(db, async (tx) => {
    if (!(await takeTurn(tx, cityCode))) throw new Refusal('integrity.running');
    await refreshStatistics(tx);
    const span = spanOf(from, to);
    await gatherRatings(tx, cityCode, span);
    let [found, opened] = [0, 0];
    for (const looked of await look(tx, cityCode, span, { from, to })) {
      found += looked.found.length;
      opened += await keep(tx, cityCode, looked, {
        at,
        veil: (mark) => keys.hash('integrity-subject', mark),
      });
    }
    if (opened > 0) await emit(tx, findingsFound, { cityCode, at: at.toISOString() });
    await audit(tx, {
      actor,
      action: 'integrity.run',
      subjectKind: 'integrity_run',
      subjectId: '',
      detail: { from, to, found, opened },
      cityCode,
      at,
    });
    return { found, opened };
  });
}

/** Yesterday and what came before it in its month: by night, for every city. */
export async function runNightly(deps: Deps, cityCode: string): Promise<void> {
  const yesterday = addDays(dayOf(deps.clock.now()), -1);
  const range = { from: firstDay(monthOf(yesterday)), to: yesterday };
  await runDetectors(deps, systemActor(cityCode, 'integrity'), range);
}

function spanOf(from: Day, to: Day): Span {
  return {
    from: startOfDay(from),
    to: endOfDay(to),
    firstMonth: firstDay(monthOf(from)),
    lastMonth: firstDay(monthOf(to)),
    monthBefore: firstDay(addMonths(monthOf(from), -1)),
  };
}

/** Each detector by its limits of the last day looked at. */
async function look(
  tx: Tx,
  cityCode: string,
  span: Span,
  { from, to }: { from: Day; to: Day },
): Promise<Looked[]> {
  const { hall, phone } = channelsOf();
  const device = limitsOn('device_burst', to);
  const address = limitsOn('address_burst', to);
  const haste = limitsOn('tablet_haste', to);
  const before = limitsOn('before_service', to);
  const hours = limitsOn('outside_hours', to);
  const text = limitsOn('same_text', to);
  const phones = limitsOn('one_phone', to);
  const uniform = limitsOn('uniform_clerk', to);
  const gap = limitsOn('channel_gap', to);
  const call = limitsOn('denied_by_call', to);
  const burst = (limits: { ratings: number; minutes: number; ratings_a_day: number }): Numbers => ({
    limit_ratings: limits.ratings,
    limit_minutes: limits.minutes,
    limit_day: limits.ratings_a_day,
  });
  const of = (detector: Detector, limits: Looked['limits'], shown: Numbers, found: Found[]): Looked => ({
    detector,
    limits,
    shown,
    found,
  });
  return [
    of('device_burst', device, burst(device), await deviceBursts(tx, span, device)),
    of('address_burst', address, burst(address), await addressBursts(tx, span, address)),
    of('tablet_haste', haste, { limit_seconds: haste.seconds }, await tabletHaste(tx, cityCode, span, haste)),
    of('before_service', before, { limit_minutes: before.minutes }, await beforeService(tx, span, before)),
    of(
      'outside_hours',
      hours,
      { limit_minutes: hours.minutes },
      await outsideHours(tx, cityCode, span, { ...hours, channels: hall }),
    ),
    of('same_text', text, { limit_times: text.times }, await sameTexts(tx, cityCode, span, text)),
    of('one_phone', phones, { limit_windows: phones.windows }, await onePhone(tx, cityCode, span, phones)),
    of(
      'uniform_clerk',
      uniform,
      { limit_entropy: decimal(uniform.entropy_bits) },
      await uniformClerks(tx, span, uniform),
    ),
    of('channel_gap', gap, { limit_z: decimal(gap.z) }, await channelGaps(tx, span, { ...gap, hall, phone })),
    of('denied_by_call', call, {}, await deniedByCall(tx, cityCode, span)),
    ...(await monthEnds(tx, cityCode, { from, to })),
  ];
}

/** Months whose last day is among the days looked at. */
async function monthEnds(tx: Tx, cityCode: string, { from, to }: { from: Day; to: Day }): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (let month: Month = monthOf(from); month <= monthOf(to); month = addMonths(month, 1)) {
    const last = lastDay(month);
    if (last > to) continue;
    const limits = limitsOn('month_end_jump', last);
    const lastDays = startOfDay(addDays(last, 1 - limits.days));
    const found = await monthEndJumps(tx, cityCode, { ...limits, month: firstDay(month), lastDays });
    const shown = {
      limit_days: limits.days,
      limit_z: decimal(limits.z),
      limit_times: decimal(limits.times),
    };
    looked.push({ detector: 'month_end_jump', limits, shown, found });
  }
  return looked;
}

/** Hundredths as they are written: 300 is 3.00. */
function decimal(hundredths: number): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

interface Keeping {
  readonly at: Date;
  readonly veil: (mark: string) => Buffer;
}

/** Keeps what a detector has found; answers how many findings are new. */
async function keep(tx: Tx, cityCode: string, looked: Looked, { at, veil }: Keeping): Promise<number> {
  const { detector, limits, shown, found } = looked;
  if (found.length === 0) return 0;
  const evidence = new Map<string, readonly string[]>();
  const rows = found.map((one): NewFinding => {
    const code = VEILED.has(one.subject_kind) ? madeUpName(one.subject, veil) : one.subject;
    evidence.set(`${one.subject_kind} ${code} ${one.period}`, one.evidence);
    return {
      finding_id: randomUUID(),
      detector,
      subject_kind: one.subject_kind,
      subject_code: code,
      period: one.period,
      region_code: one.region_code ?? `${cityCode}000000`,
      dept_code: one.dept_code,
      from_at: one.from_at,
      to_at: one.to_at,
      numbers: { ...shown, ...one.numbers, period: one.period },
      rule: limits,
      ratings: one.ratings,
    };
  });
  const kept = await insertFindings(tx, cityCode, { rows, at });
  const keys = kept.flatMap(({ finding_id, key }) =>
    (evidence.get(key) ?? []).flatMap((rating) => {
      const [step_id = '', number] = rating.split('/');
      const month = unpackRecordNumber(step_id)?.month;
      if (month === undefined) return [];
      return [{ finding_id, step_id, assess_number: Number(number), service_month: firstDay(month) }];
    }),
  );
  if (keys.length > 0) await insertEvidence(tx, cityCode, keys);
  return kept.filter(({ fresh }) => fresh).length;
}

/** A name that tells findings of one device from another's, and nothing else; a window stays readable. */
function madeUpName(subject: string, veil: Keeping['veil']): string {
  const [mark = '', window] = subject.split(' ');
  const name = veil(mark).subarray(0, 5).toString('hex').toUpperCase();
  return window ? `${name} ${window}` : name;
}
