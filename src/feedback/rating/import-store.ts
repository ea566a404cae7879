import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

/** A service record named by an import, with the first rating that stands for it. */
export interface ImportTarget {
  project_no: string;
  service_number: number;
  step_id: string;
  service_month: string;
  dept_code: string;
  region_code: string;
  /** who served, and is rated */
  staff_no: string | null;
  staff_name: string | null;
  satisfaction: number | null;
  tags: number[] | null;
  channel: number | null;
  process: number | null;
  efficiency: number | null;
  attitude: number | null;
  assessed_at: Date | null;
  source: string | null;
  salt: Buffer | null;
  text_hash: Buffer | null;
  /** whether a verdict row stands, and what it says */
  has_verdict: boolean;
  verdict: string | null;
  attribution: string | null;
  verified_by: string | null;
  approved_by: string | null;
}

/** The records among the keys (projectNo, serviceNumber) with what is known of their rating. */
export async function findTargets(
  reader: Reader,
  cityCode: string,
  keys: readonly { projectNo: string; serviceNumber: number }[],
): Promise<ImportTarget[]> {
  const { rows } = await sql<ImportTarget>`
    SELECT s.project_no, s.service_number, s.step_id, s.service_month, s.dept_code, s.region_code,
      s.staff_no, p.name AS staff_name, r.satisfaction,
      r.tags, r.channel, r.process, r.efficiency, r.attitude, r.assessed_at, r.source, t.salt, r.text_hash,
      v.step_id IS NOT NULL AS has_verdict, v.verdict, v.attribution, v.verified_by, v.approved_by
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("projectNo" text, "serviceNumber" int)
    JOIN intake.ratable_step s
      ON s.city_code = ${cityCode} AND s.project_no = k."projectNo" AND s.service_number = k."serviceNumber"
    LEFT JOIN registry.v_staff p ON p.city_code = ${cityCode} AND p.staff_no = s.staff_no
    LEFT JOIN feedback.rating r ON r.city_code = ${cityCode} AND r.service_month = s.service_month
      AND r.step_id = s.step_id AND r.assess_number = 1
    LEFT JOIN feedback.rating_text t ON t.city_code = ${cityCode} AND t.service_month = s.service_month
      AND t.step_id = s.step_id AND t.assess_number = 1
    LEFT JOIN feedback.rating_verdict v ON v.city_code = ${cityCode} AND v.step_id = s.step_id
      AND v.assess_number = 1`.execute(reader);
  return rows;
}

/** An imported rating as it is written; byte strings in hex. */
export interface ImportedRating {
  step_id: string;
  satisfaction: number;
  tags: readonly number[];
  process: number | null;
  efficiency: number | null;
  attitude: number | null;
  channel: number;
  assessed_at: string;
  receipt: string;
  salt: string | null;
  text_hash: string | null;
  body: string | null;
}

export interface ImportBatch {
  id: string;
  source: 'import' | 'demo';
  recordedAt: Date;
  rows: readonly ImportedRating[];
}

/** Writes imported ratings and their texts. Answers the steps rated. */
export async function insertImported(tx: Tx, cityCode: string, batch: ImportBatch): Promise<Set<string>> {
  const { rows } = await sql<{ step_id: string }>`
    WITH given AS MATERIALIZED (
      SELECT s.service_month, s.has_mobile, s.pro_channel, g.*
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(batch.rows)}::jsonb) AS (step_id bigint,
        satisfaction smallint, tags smallint[], process smallint, efficiency smallint, attitude smallint,
        channel smallint, assessed_at timestamptz, receipt text, salt text, text_hash text, body text))
        WITH ORDINALITY AS g(step_id, satisfaction, tags, process, efficiency, attitude, channel,
          assessed_at, receipt,
          salt, text_hash, body, n)
      JOIN intake.ratable_step s ON s.city_code = ${cityCode} AND s.step_id = g.step_id
    ), written AS (
      INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
        batch_position, assess_number, satisfaction, process, efficiency, attitude, channel, real_name,
          mode, source,
        receipt, tags, text_hash)
      SELECT ${cityCode}, service_month, step_id, ${batch.id}::bigint, ${batch.recordedAt}::timestamptz,
        assessed_at,
        (n - 1)::int, 1, satisfaction, process, efficiency, attitude, channel, has_mobile,
        CASE pro_channel WHEN 1 THEN 'online' ELSE 'onsite' END, ${batch.source}, decode(receipt, 'hex'),
          tags,
        decode(text_hash, 'hex')
      FROM given
      ON CONFLICT (city_code, service_month, step_id, assess_number) DO NOTHING
      RETURNING step_id
    ), texts AS (
      INSERT INTO feedback.rating_text (city_code, service_month, step_id, assess_number, salt, body)
      SELECT ${cityCode}, g.service_month, g.step_id, 1, decode(g.salt, 'hex'), g.body
      FROM given g JOIN written w ON w.step_id = g.step_id
      WHERE g.body IS NOT NULL
    )
    SELECT step_id FROM written`.execute(tx);
  return new Set(rows.map((row) => row.step_id));
}

export interface VerdictRow {
  step_id: string;
  service_month: string;
  verdict: string | null;
  attribution: string | null;
  verified_by: string | null;
  approved_by: string | null;
}

export interface VerdictBatch {
  source: 'import' | 'demo';
  decidedOn: string;
  recordedAt: Date;
  rows: readonly VerdictRow[];
}

/** Writes verdicts; an attribution without a verdict is filled up, a verdict that stands is left alone. */
export async function fillVerdicts(tx: Tx, cityCode: string, batch: VerdictBatch): Promise<number> {
  const { rows } = await sql<{ step_id: string }>`
    INSERT INTO feedback.rating_verdict AS v (city_code, step_id, assess_number, service_month, verdict,
      attribution,
      verified_by, approved_by, decided_on, source, recorded_at)
    SELECT ${cityCode}, g.step_id, 1, g.service_month, g.verdict, g.attribution, g.verified_by, g.approved_by,
      CASE WHEN g.verdict IS NULL THEN NULL ELSE ${batch.decidedOn}::date END, ${batch.source},
      ${batch.recordedAt}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(batch.rows)}::jsonb) AS g(step_id bigint, service_month date,
      verdict text, attribution text, verified_by text, approved_by text)
    ON CONFLICT (city_code, step_id, assess_number) DO UPDATE SET verdict = excluded.verdict,
      attribution = coalesce(v.attribution, excluded.attribution), verified_by = excluded.verified_by,
        approved_by = excluded.approved_by,
      decided_on = excluded.decided_on, source = excluded.source, recorded_at = excluded.recorded_at
      WHERE v.verdict IS NULL
    RETURNING v.step_id`.execute(tx);
  return rows.length;
}
