import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import type { CommentMode, CommentSubject, InspectionState } from './contract.ts';

/** What an actor may see. */
export interface CommentReach {
  readonly cityCode: string;
  readonly regionPrefix?: string | undefined;
  readonly departmentCode?: string | undefined;
}

export interface CommentListFilter extends CommentReach {
  readonly id?: string | undefined;
  readonly mode?: CommentMode | undefined;
  readonly kind?: CommentSubject | undefined;
  readonly code?: string | undefined;
  readonly level?: number | undefined;
  readonly state?: InspectionState | undefined;
  readonly window?: string | undefined;
  readonly department?: string | undefined;
  /** instants at which it was given or visited */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly after?: { at: Date; id: string } | undefined;
  readonly limit: number;
}

export interface CommentListRow {
  readonly comment_id: string;
  readonly mode: CommentMode;
  readonly subject_kind: CommentSubject;
  readonly subject_code: string;
  readonly subject_name: string | null;
  readonly region_code: string;
  readonly department_code: string | null;
  readonly department_name: string | null;
  readonly window_code: string | null;
  readonly satisfaction: number;
  readonly tags: number[];
  readonly has_text: boolean;
  readonly channel: number;
  readonly receipt: Buffer;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly recorded_by: string | null;
  readonly recorded_name: string | null;
  readonly outcome: 'confirmed' | 'rejected' | null;
  readonly decided_name: string | null;
  readonly decided_at: Date | null;
  readonly note: string | null;
}

/** Comments with their subjects' names, the newest received first. */
export async function listComments(reader: Reader, filter: CommentListFilter): Promise<CommentListRow[]> {
  const { cityCode, after, state } = filter;
  const conditions = [sql`c.city_code = ${cityCode}`];
  if (filter.regionPrefix) conditions.push(sql`starts_with(c.region_code, ${filter.regionPrefix})`);
  if (filter.departmentCode) conditions.push(sql`c.department_code = ${filter.departmentCode}`);
  if (filter.id) conditions.push(sql`c.comment_id = ${filter.id}::uuid`);
  if (filter.mode) conditions.push(sql`c.mode = ${filter.mode}`);
  if (filter.kind) conditions.push(sql`c.subject_kind = ${filter.kind}`);
  if (filter.code) conditions.push(sql`c.subject_code = ${filter.code}`);
  if (filter.level) conditions.push(sql`c.satisfaction = ${filter.level}`);
  if (filter.window) conditions.push(sql`c.window_code = ${filter.window}`);
  if (filter.department) conditions.push(sql`c.department_code = ${filter.department}`);
  if (filter.from) conditions.push(sql`c.occurred_at >= ${filter.from}`);
  if (filter.to) conditions.push(sql`c.occurred_at < ${filter.to}`);
  if (state === 'waiting') conditions.push(sql`c.mode = 'inspect' AND v.outcome IS NULL`);
  else if (state) conditions.push(sql`v.outcome = ${state}`);
  if (after) conditions.push(sql`(c.received_at, c.comment_id) < (${after.at}, ${after.id}::uuid)`);
  const { rows } = await sql<CommentListRow>`
    SELECT c.comment_id, c.mode, c.subject_kind, c.subject_code, c.region_code, c.department_code,
      d.name AS department_name, c.window_code, c.satisfaction, c.tags, c.text_hash IS NOT NULL AS has_text,
      c.channel, c.receipt, c.occurred_at, c.received_at, c.recorded_by, c.recorded_name, v.outcome,
      v.decided_name, v.decided_at, v.note,
      CASE c.subject_kind WHEN 'window' THEN w.name WHEN 'department' THEN d.name WHEN 'staff' THEN p.name
        WHEN 'item' THEN i.name END AS subject_name
    FROM feedback.comment c
    LEFT JOIN feedback.comment_decision v ON v.city_code = c.city_code AND v.comment_id = c.comment_id
    LEFT JOIN registry.v_department d ON d.city_code = c.city_code AND d.code = c.department_code
    LEFT JOIN registry.v_window w ON w.city_code = c.city_code AND w.code = c.window_code
    LEFT JOIN registry.v_staff p ON p.city_code = c.city_code AND c.subject_kind = 'staff'
      AND p.staff_no = c.subject_code
    LEFT JOIN registry.v_item i ON i.city_code = c.city_code AND c.subject_kind = 'item'
      AND i.code = c.subject_code
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY c.received_at DESC, c.comment_id DESC
    LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

/** What was written; undefined when nothing was or it has been erased. */
export async function commentText(
  reader: Reader,
  cityCode: string,
  commentId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ body: string }>`
    SELECT body FROM feedback.comment_text
    WHERE city_code = ${cityCode} AND comment_id = ${commentId}::uuid`.execute(reader);
  return rows[0]?.body;
}

export interface CountRow {
  readonly mode: CommentMode;
  readonly count: number;
  readonly good: number;
  readonly bad: number;
}

/** How many comments count, by mode; both instants may be open. */
export async function countComments(
  reader: Reader,
  reach: CommentReach & { from?: Date | undefined; to?: Date | undefined },
): Promise<CountRow[]> {
  const { cityCode, regionPrefix = '', departmentCode = null, from = null, to = null } = reach;
  const { rows } = await sql<CountRow>`
    SELECT mode, count(*)::int AS count, count(*) FILTER (WHERE satisfaction >= 3)::int AS good,
      count(*) FILTER (WHERE satisfaction <= 2)::int AS bad
    FROM feedback.counted_comment
    WHERE city_code = ${cityCode} AND starts_with(region_code, ${regionPrefix})
      AND (${departmentCode}::text IS NULL OR department_code = ${departmentCode})
      AND (${from}::timestamptz IS NULL OR occurred_at >= ${from})
      AND (${to}::timestamptz IS NULL OR occurred_at < ${to})
    GROUP BY mode`.execute(reader);
  return rows;
}

/** Stationed departments, those of the city itself first. */
export async function listDepartments(
  reader: Reader,
  cityCode: string,
): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    SELECT code, name FROM registry.v_department
    WHERE city_code = ${cityCode} AND stationed ORDER BY region_code, name LIMIT 500`.execute(reader);
  return rows;
}
