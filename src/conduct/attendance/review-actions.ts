import { addDays, type Day, dayOf, daysBetween } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { lapse, lockReview, propose } from './finding-store.ts';
import { findLeaves } from './leave-store.ts';
import { type PlanFacts, personDays, proposalsOf } from './plan.ts';
import { findCoverage, findHabits, findPosts, findPunches } from './roster-store.ts';
import { attendanceLimits, attendanceRules } from './rules.ts';
import { listShifts } from './shift-store.ts';

interface Wanted {
  readonly from: Day;
  readonly to: Day;
  readonly staff: readonly string[] | null;
}

/** Everything that is known of the days: of the staff named, or of everybody. */
export async function planFacts(reader: Reader, cityCode: string, wanted: Wanted): Promise<PlanFacts> {
  const { from, to, staff } = wanted;
  const { isWorkday } = await readCalendar(reader);
  const { lookBack } = attendanceLimits(to);
  const around = { from: addDays(from, -lookBack), to: addDays(to, lookBack), staff };
  return {
    posts: await findPosts(reader, cityCode, wanted),
    shifts: await listShifts(reader, cityCode, { from, to }),
    leaves: await findLeaves(reader, cityCode, { from, to, staff, requested: false }),
    punches: await findPunches(reader, cityCode, wanted),
    coverage: await findCoverage(reader, cityCode, { from, to }),
    habits: await findHabits(reader, cityCode, around),
    isWorkday,
    rulesOn: attendanceRules,
  };
}

/**
 * Looks at days anew: proposes what the clock says by the rules of each day, lets lapse what the facts no
 * longer bear out (domain §5). Safe to repeat. What was decided stays.
 */
export async function reviewDays(
  tx: Tx,
  { cityCode, from, to, now }: { cityCode: string; from: Day; to: Day; now: Date },
): Promise<{ proposed: number; lapsed: number }> {
  const today = dayOf(now);
  const yesterday = addDays(today, -1);
  const { lookBack, protest } = attendanceLimits(today);
  const first = from < addDays(today, -lookBack) ? addDays(today, -lookBack) : from;
  const last = to < yesterday ? to : yesterday;
  if (first > last) return { proposed: 0, lapsed: 0 };
  await lockReview(tx, cityCode);
  const facts = await planFacts(tx, cityCode, { from: first, to: last, staff: null });
  const days = personDays(facts, { from: first, to: last, today });
  const rows = proposalsOf(facts, days, today).map((one) => ({
    finding_id: one.id,
    day: one.day,
    half: one.half,
    subject_kind: one.subjectKind,
    subject_code: one.subjectCode,
    region_code: one.regionCode,
    department_code: one.departmentCode,
    rule: one.rule,
    minutes: one.minutes,
    evidence: one.evidence,
    clause: one.clause,
    recorded_by: one.bringer.loaded_by,
    recorded_staff: one.bringer.loaded_staff,
  }));
  const kept = rows.map(({ finding_id: id }) => id);
  const until = (await readCalendar(tx)).addWorkdays(today, protest);
  const lapsed = await lapse(tx, cityCode, { from: first, to: last, kept, at: now });
  const proposed = await propose(tx, cityCode, { rows, at: now, until });
  return { proposed, lapsed };
}

/** The nightly look at the days that files may still change. */
export async function reviewNightly(deps: Deps, cityCode: string): Promise<void> {
  const now = deps.clock.now();
  const today = dayOf(now);
  const from = addDays(today, -attendanceLimits(today).lookBack);
  const found = await inTx(deps.db, (tx) => reviewDays(tx, { cityCode, from, to: today, now }));
  deps.log.info({ cityCode, ...found }, 'attendance reviewed');
}

/**
 * Looks at days when somebody asks for it.
 * @throws Refusal `attendance.days_reversed`, `attendance.too_many_days`
 */
export async function runReview(
  deps: Deps,
  actor: Actor,
  { from, to }: { from: Day; to: Day },
): Promise<{ proposed: number; lapsed: number }> {
  requirePermission(actor, 'attendance.write');
  const now = deps.clock.now();
  const { lookBack } = attendanceLimits(dayOf(now));
  if (to < from) throw new Refusal('attendance.days_reversed', {}, { field: 'to' });
  if (daysBetween(from, to) > lookBack) {
    throw new Refusal('attendance.too_many_days', { days: lookBack }, { field: 'to' });
  }
  const { cityCode } = actor;
  return await inTx(deps.db, async (tx) => {
    const found = await reviewDays(tx, { cityCode, from, to, now });
    await audit(tx, {
      actor,
      action: 'attendance.reviewed',
      subjectKind: 'attendance',
      subjectId: '',
      detail: { from, to, ...found },
      cityCode,
      at: now,
    });
    return found;
  });
}
