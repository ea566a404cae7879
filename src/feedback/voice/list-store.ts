import { sql } from 'kysely';
import type { Reader } from '../../platform/db.ts';
import { VOICE_COLUMNS, type VoiceRow } from './store.ts';

export interface VoiceListRow extends VoiceRow {
  readonly recorded_by: string;
  readonly subject_name: string | null;
  readonly department_name: string | null;
}

export interface VoiceListFilter {
  readonly cityCode: string;
  readonly regionPrefix?: string | undefined;
  readonly departmentCode?: string | undefined;
  readonly id?: string | undefined;
  readonly kind?: string | undefined;
  readonly channel?: string | undefined;
  readonly category?: string | undefined;
  readonly q?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Voices within a scope, the latest first. */
export async function listVoices(reader: Reader, filter: VoiceListFilter): Promise<VoiceListRow[]> {
  const { cityCode, regionPrefix = '', departmentCode, after } = filter;
  const conditions = [sql`starts_with(v.region_code, ${regionPrefix})`];
  if (departmentCode) conditions.push(sql`v.department_code = ${departmentCode}`);
  if (filter.id) conditions.push(sql`v.voice_id = ${filter.id}::uuid`);
  if (filter.kind) conditions.push(sql`v.kind = ${filter.kind}`);
  if (filter.channel) conditions.push(sql`v.channel = ${filter.channel}`);
  if (filter.category) conditions.push(sql`v.category = ${filter.category}`);
  if (filter.q) conditions.push(sql`(v.number = upper(${filter.q}) OR v.subject_code = ${filter.q})`);
  if (filter.from) conditions.push(sql`v.received_at >= ${filter.from}`);
  if (filter.to) conditions.push(sql`v.received_at < ${filter.to}`);
  if (after) conditions.push(sql`(v.received_at, v.voice_id) < (${after.at}, ${after.id}::uuid)`);
  const { rows } = await sql<VoiceListRow>`
    SELECT ${VOICE_COLUMNS}, v.recorded_by, d.name AS department_name,
      CASE v.subject_kind WHEN 'window' THEN w.name WHEN 'department' THEN s.name WHEN 'staff' THEN p.name
        END AS subject_name
    FROM feedback.voice v
    LEFT JOIN registry.v_department d ON d.city_code = v.city_code AND d.code = v.department_code
    LEFT JOIN registry.v_department s ON s.city_code = v.city_code AND v.subject_kind = 'department'
      AND s.code = v.subject_code
    LEFT JOIN registry.v_window w ON w.city_code = v.city_code AND v.subject_kind = 'window'
      AND w.code = v.subject_code
    LEFT JOIN registry.v_staff p ON p.city_code = v.city_code AND v.subject_kind = 'staff'
      AND p.staff_no = v.subject_code
    WHERE v.city_code = ${cityCode} AND ${sql.join(conditions, sql` AND `)}
    ORDER BY v.received_at DESC, v.voice_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}
