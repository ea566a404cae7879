import { randomUUID } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { addDays, type Day, day, dayOf, formatSecond, startOfDay, weekday } from '../../kernel/day.ts';
import { deadline } from '../../kernel/deadline.ts';
import { firstDay, monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, systemActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { equalBytes, randomBytesFast, sha256 } from '../../platform/crypto.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { readCalendar } from '../../registry/calendar/index.ts';
import { callNumber } from './call.ts';
import type { DrawLine } from './contract.ts';
import {
  type Commitment,
  type DrawRow,
  deleteSeeds,
  type FinishedRow,
  findCommitments,
  findDraw,
  findDrawn,
  findDraws,
  findFinished,
  findSeed,
  insertDraw,
  insertSeed,
  lockDraws,
  type SeedRow,
} from './draw-store.ts';
import { callRules } from './rules.ts';
import { caseKey, drawSample, type ListedCase, listText, parseList } from './sample.ts';
import { insertCalls, reserveNumbers } from './store.ts';

/** When the office ends, 'HH:MM', by the scheme in force; `app/` brings it. */
export type OfficeEndOf = (reader: Reader, cityCode: string, now: Date) => Promise<string>;

const WEEK = 7;
const SEED = 'feedback.call_seed.seed';

/** Monday of the week of a day. */
function mondayOf(of: Day): Day {
  return addDays(of, 1 - weekday(of));
}

/**
 * Draws the sample of the week that is over, once: its seed was sealed and its hash published a week before,
 * and the seed of the next draw is committed to in the same breath. A repeat draws nothing more.
 */
export async function drawWeek(deps: Deps, cityCode: string, officeEndOf: OfficeEndOf): Promise<void> {
  const at = deps.clock.now();
  const week = addDays(mondayOf(dayOf(at)), -WEEK);
  await inTx(deps.db, async (tx) => {
    await lockDraws(tx, cityCode);
    if ((await findDraw(tx, cityCode, week)) !== undefined) return;
    const kept = (await findSeed(tx, cityCode, week)) ?? freshSeed(deps, week, at);
    const seed = Buffer.from(deps.keys.open(SEED, kept.seed_enc), 'hex');
    assert(equalBytes(sha256(seed), kept.seed_hash), 'the seed is the one that was committed to');
    const finished = await findFinished(tx, cityCode, spanOf(week));
    const listed = finished.filter(({ other, unreachable }) => !other && !unreachable);
    const rules = callRules(dayOf(at));
    const drawn = new Set(drawSample(listed.map(listedOf), seed, rules.sample));
    const chosen = listed.filter((row) => drawn.has(caseKey(listedOf(row))));
    const { list, row } = drawOf({ week, at, seed, kept, finished, listed, sampled: chosen.length });
    await insertDraw(tx, cityCode, { ...row, list });
    const officeEnd = await officeEndOf(tx, cityCode, at);
    await openSample(tx, cityCode, { week, at, chosen, officeEnd });
    await deleteSeeds(tx, cityCode, week);
    await insertSeed(tx, cityCode, freshSeed(deps, addDays(week, WEEK), at));
    await audit(tx, {
      actor: systemActor(cityCode, 'follow-up'),
      action: 'call.drawn',
      subjectKind: 'call_draw',
      subjectId: week,
      detail: { listed: listed.length, sampled: chosen.length, list_hash: row.list_hash.toString('hex') },
      cityCode,
      at,
    });
  });
}

/** A seed for a week: random bytes, sealed until the draw. */
function freshSeed({ keys }: Deps, week: Day, at: Date): SeedRow {
  const seed = randomBytesFast(32);
  return {
    week,
    seed_enc: keys.seal(SEED, seed.toString('hex')),
    seed_hash: sha256(seed),
    committed_at: at,
  };
}

function spanOf(week: Day) {
  const end = addDays(week, WEEK);
  return {
    from: startOfDay(week),
    to: startOfDay(end),
    firstMonth: firstDay(monthOf(week)),
    lastMonth: firstDay(monthOf(addDays(end, -1))),
  };
}

function listedOf(row: FinishedRow): ListedCase {
  return {
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    window: row.window_code,
    clerk: row.staff_no,
  };
}

interface Drawing {
  readonly week: Day;
  readonly at: Date;
  readonly seed: Buffer;
  readonly kept: SeedRow;
  readonly finished: readonly FinishedRow[];
  readonly listed: readonly FinishedRow[];
  readonly sampled: number;
}

function drawOf({ week, at, seed, kept, finished, listed, sampled }: Drawing): {
  list: string;
  row: DrawRow;
} {
  const list = listText(listed.map(listedOf));
  const codes = (of: (row: FinishedRow) => string | null) =>
    new Set(listed.map(of).filter((code) => code !== null)).size;
  return {
    list,
    row: {
      week,
      drawn_at: at,
      seed,
      seed_hash: kept.seed_hash,
      committed_at: kept.committed_at,
      rule: callRules(dayOf(at)).sample,
      finished: finished.length,
      others: finished.filter(({ other }) => other).length,
      unreachable: finished.filter(({ other, unreachable }) => !other && unreachable).length,
      listed: listed.length,
      windows: codes((row) => row.window_code),
      clerks: codes((row) => row.staff_no),
      sampled,
      list_hash: sha256(list),
    },
  };
}

/** Opens a call-back for each case drawn, due within the working days of the rules. */
async function openSample(
  tx: Tx,
  cityCode: string,
  given: { week: Day; at: Date; chosen: readonly FinishedRow[]; officeEnd: string },
): Promise<void> {
  const { week, at, chosen, officeEnd } = given;
  if (chosen.length === 0) return;
  const today = dayOf(at);
  const limit = deadline(at, callRules(today).sampleDays, officeEnd, await readCalendar(tx));
  const year = Number(today.slice(0, 4));
  const first = await reserveNumbers(tx, cityCode, { year, count: chosen.length });
  const rows = chosen.map((row, index) => ({
    call_id: randomUUID(),
    number: callNumber(today, first + index),
    source: 'sample' as const,
    source_key: row.step_id,
    week,
    order_id: null,
    step_id: row.step_id,
    service_month: row.service_month,
    voice_id: null,
    project_no: row.project_no,
    service_number: row.service_number,
    window_code: row.window_code,
    staff_no: row.staff_no,
    region_code: row.region_code,
    department_code: row.dept_code,
    served_on: dayOf(row.service_time),
    opened_at: at,
    due_at: limit.dueAt,
    yellow_from: limit.yellowFrom,
    red_from: limit.redFrom,
  }));
  await insertCalls(tx, cityCode, rows);
}

/** Draws, the newest first. */
export async function draws(
  deps: Deps,
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: DrawLine[]; next: string | null }> {
  requirePermission(actor, 'call.read');
  const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] ?? null);
  const rows = await publishedDraws(deps, actor.cityCode, { before, limit: limit + 1 });
  return pageOf(
    rows,
    limit,
    (row) => row,
    ({ week }) => [week],
  );
}

/** Draws before a week as they are published. */
export async function publishedDraws(
  deps: Deps,
  cityCode: string,
  page: { before: string | null; limit: number },
): Promise<DrawLine[]> {
  return (await findDraws(deps.db.read, cityCode, page)).map(lineOf);
}

/** What is committed to and waits for its draw. */
export async function commitments(deps: Deps, cityCode: string): Promise<readonly Commitment[]> {
  return await findCommitments(deps.db.read, cityCode);
}

function lineOf({ rule, ...row }: DrawRow): DrawLine {
  return {
    week: row.week,
    drawnAt: formatSecond(row.drawn_at),
    seed: row.seed.toString('hex'),
    seedHash: row.seed_hash.toString('hex'),
    committedAt: formatSecond(row.committed_at),
    ...rule,
    finished: row.finished,
    others: row.others,
    unreachable: row.unreachable,
    listed: row.listed,
    windows: row.windows,
    clerks: row.clerks,
    sampled: row.sampled,
    listHash: row.list_hash.toString('hex'),
  };
}

/**
 * The list that a week was drawn from, for whoever repeats the draw.
 * @throws Refusal `call.unknown_draw`
 */
export async function drawList(deps: Deps, actor: Actor, week: string): Promise<string> {
  requirePermission(actor, 'call.read');
  requirePermission(actor, 'export.run');
  const { cityCode } = actor;
  const draw = await wholeCity(deps, actor, week);
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'call.list_exported',
      subjectKind: 'call_draw',
      subjectId: week,
      detail: { listed: draw.listed },
      cityCode,
      at: deps.clock.now(),
    }),
  );
  return draw.list;
}

/**
 * Repeats a draw from its kept list and seed, and compares it with the call-backs that stand.
 * @throws Refusal `call.unknown_draw`
 */
export async function checkDraw(
  deps: Deps,
  actor: Actor,
  week: string,
): Promise<{ week: string; reproduced: boolean; sampled: number }> {
  requirePermission(actor, 'call.read');
  const draw = await wholeCity(deps, actor, week);
  const again = drawSample(parseList(draw.list), draw.seed, draw.rule).sort();
  const standing = (await findDrawn(deps.db.read, actor.cityCode, week)).sort();
  const sound =
    equalBytes(sha256(draw.list), draw.list_hash) && equalBytes(sha256(draw.seed), draw.seed_hash);
  const reproduced = sound && again.join('\n') === standing.join('\n');
  return { week, reproduced, sampled: standing.length };
}

/** A draw is the whole city's: whoever sees a part of it only doesn't get its list. */
async function wholeCity(deps: Deps, actor: Actor, week: string) {
  const { regionPrefix, departmentCode } = actor.scope;
  const whole = departmentCode === undefined && actor.cityCode.startsWith(regionPrefix ?? '');
  const draw = whole ? await findDraw(deps.db.read, actor.cityCode, day(week)) : undefined;
  if (draw === undefined) throw new Refusal('call.unknown_draw');
  return draw;
}
