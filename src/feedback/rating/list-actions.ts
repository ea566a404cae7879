import { encodeBase32, groupBase32 } from '../../kernel/base32.ts';
import { type Day, day, endOfDay, formatSecond, isoMoment, startOfDay } from '../../kernel/day.ts';
import { firstDay, monthOf } from '../../kernel/month.ts';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, ratedAs } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeCursor } from '../../platform/cursor.ts';
import { inTx, type Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { findEntry } from './assisted-store.ts';
import type { RatingDetail, RatingFilter, RatingRow } from './contract.ts';
import {
  isAnonymousStep,
  listRatings,
  ownStepsAmong,
  type RatingListFilter,
  type RatingListRow,
  type Reach,
  ratingText,
} from './list-store.ts';
import { nationalRules } from './rule-actions.ts';
import { findStanding } from './store.ts';

/** Rows of an export at most: a year of a big city is asked for by months. */
const EXPORT_ROWS = 100_000;

/** What an actor may count: the scope, and for a clerk the own services only. */
export function reach(actor: Actor): Reach {
  const own = actor.kind === 'user' && actor.roles.includes('clerk');
  return { ...actor.scope, cityCode: actor.cityCode, ...(own ? { onlyStaff: actor.staffNo ?? '' } : {}) };
}

/**
 * What an actor may see one by one: never the own ratings, which would tell who gave them. They stand in the
 * own file, without their case.
 */
function sight(actor: Actor): Reach & { notStaff: string | undefined } {
  return { ...reach(actor), notStaff: ratedAs(actor) };
}

/** Days of the service, both included, as instants and months. @throws Refusal `rating.range_reversed` */
function daysOf(range: { from?: string | undefined; to?: string | undefined }): Partial<RatingListFilter> {
  const from: Day | undefined = range.from === undefined ? undefined : day(range.from);
  const to: Day | undefined = range.to === undefined ? undefined : day(range.to);
  if (from && to && to < from) throw new Refusal('rating.range_reversed', {}, { field: 'to' });
  return {
    from: from && startOfDay(from),
    to: to && endOfDay(to),
    fromMonth: from && firstDay(monthOf(from)),
    toMonth: to && firstDay(monthOf(to)),
  };
}

export type RatingListQuery = Partial<Omit<RatingFilter, 'format' | 'lang' | 'limit'>> & { limit: number };

/** Ratings within the actor's reach, the newest written first. */
export async function ratings(deps: Deps, actor: Actor, query: RatingListQuery): Promise<RatingListRow[]> {
  return listRatings(deps.db.read, {
    ...sight(actor),
    ...daysOf(query),
    level: query.level,
    tag: query.tag,
    window: query.window,
    department: query.department,
    staff: query.staff,
    channel: query.channel,
    source: query.source,
    hasText: query.hasText === undefined ? undefined : query.hasText === 'true',
    verdict: query.verdict,
    q: query.q,
    after: query.cursor === undefined ? undefined : afterOf(query.cursor),
    limit: query.limit,
  });
}

/** The place in the list behind a cursor: batch and position. */
export function cursorKey(row: RatingListRow): readonly string[] {
  return [row.batch_id, String(row.batch_position)];
}

function afterOf(cursor: string): { batchId: string; position: number } {
  const [batchId = '', position = ''] = decodeCursor(cursor, 2);
  if (!/^\d{1,18}$/.test(batchId) || !/^\d{1,9}$/.test(position)) {
    throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
  }
  return { batchId, position: Number(position) };
}

export function ratingRowOf(row: RatingListRow): RatingRow {
  return {
    stepId: row.step_id,
    assessNumber: row.assess_number,
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    serviceName: row.service_name,
    serviceTime: isoMoment(row.service_time),
    taskName: row.task_name,
    windowCode: row.window_code,
    windowName: row.window_name,
    deptCode: row.dept_code,
    deptName: row.dept_name,
    staffNo: row.staff_no,
    staffName: row.staff_name,
    satisfaction: row.satisfaction,
    tags: row.tags,
    channel: row.channel,
    hasText: row.has_text,
    realName: row.real_name,
    source: row.source,
    verdict: row.verdict,
    assessedAt: isoMoment(row.assessed_at),
    recordedAt: isoMoment(row.recorded_at),
  };
}

/**
 * One rating with its text, never with who gave it. @throws Refusal `rating.unknown` when it is out of
 * reach
 */
export async function ratingBy(
  deps: Deps,
  actor: Actor,
  key: { stepId: string; assessNumber: number },
): Promise<RatingDetail> {
  const [row] = await listRatings(deps.db.app, { ...sight(actor), ...key, limit: 1 });
  if (!row) throw new Refusal('rating.unknown');
  const month = firstDay(monthOf(day(formatSecond(row.service_time).slice(0, 10))));
  const text = row.has_text ? await ratingText(deps.db.app, actor.cityCode, { ...key, month }) : undefined;
  const entry = await findEntry(deps.db.app, actor.cityCode, { ...key, month });
  return {
    ...ratingRowOf(row),
    taskCode: row.task_code,
    regionCode: row.region_code,
    process: row.process,
    efficiency: row.efficiency,
    attitude: row.attitude,
    mode: row.mode,
    receipt: groupBase32(encodeBase32(row.receipt)),
    text: text ?? null,
    attribution: row.attribution,
    verifiedBy: row.verified_by,
    approvedBy: row.approved_by,
    decidedOn: row.decided_on,
    entered: entry
      ? {
          by: entry.entered_name,
          at: isoMoment(entry.entered_at),
          reference: entry.reference,
          batchId: entry.batch_id,
          batch: entry.number,
        }
      : null,
  };
}

/** Whether whoever rated the step chose to be anonymous: then nobody looks up who it was. */
export async function ratedAnonymously(reader: Reader, cityCode: string, stepId: string): Promise<boolean> {
  const number = unpackRecordNumber(stepId);
  return number !== undefined && isAnonymousStep(reader, cityCode, { stepId, month: firstDay(number.month) });
}

/** Those of the steps that have a rating. */
export async function ratedAmong(
  reader: Reader,
  cityCode: string,
  stepIds: readonly string[],
): Promise<Set<string>> {
  const standing = await findStanding(reader, cityCode, stepIds);
  return new Set([...standing.values()].flatMap((row) => (row.receipt === null ? [] : [row.step_id])));
}

/** Those of the rated steps that the actor served: ratings of the actor. */
export async function ownRatings(
  reader: Reader,
  actor: Actor,
  stepIds: readonly string[],
): Promise<Set<string>> {
  const staffNo = ratedAs(actor);
  if (staffNo === undefined || stepIds.length === 0) return new Set();
  return new Set(await ownStepsAmong(reader, actor.cityCode, { staffNo, stepIds }));
}

/** The ratings of a list as a table to hand out; who took it away is audited. */
export async function ratingTable(deps: Deps, actor: Actor, query: RatingListQuery): Promise<OutTable> {
  const rows = await ratings(deps, actor, { ...query, cursor: undefined, limit: EXPORT_ROWS });
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.ratings',
      subjectKind: 'rating',
      subjectId: '',
      detail: { rows: rows.length },
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    }),
  );
  const { channels, levels } = nationalRules();
  return {
    columns: [
      ...['办件编号', '环节号', '事项', '办理时间', '窗口', '部门', '工号', '工作人员'],
      ...['满意度', '满意度名称', '标签', '渠道', '评价时间', '有文字', '实名', '核实结论', '来源'],
    ],
    rows: rows.map((row) => [
      ...[row.project_no, row.service_number, row.task_name, formatSecond(row.service_time)],
      ...[row.window_code, row.dept_name ?? row.dept_code, row.staff_no, row.staff_name],
      row.satisfaction,
      [...levels].find(([level]) => level === row.satisfaction)?.[1]['zh-CN'],
      row.tags.join(','),
      channels.get(row.channel)?.words['zh-CN'] ?? row.channel,
      formatSecond(row.assessed_at),
      ...[row.has_text ? '是' : '否', row.real_name ? '是' : '否', row.verdict, row.source],
    ]),
  };
}
