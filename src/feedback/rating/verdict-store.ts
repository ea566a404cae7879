import { sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';
import type { VerdictRow } from './import-store.ts';

/** A verdict of the verification desk, as it is written. */
export type DeskVerdictRow = VerdictRow & { assess_number: number };

/** Writes verdicts where none stands yet; answers the ratings that have one now, as `step/number`. */
export async function insertVerdicts(
  tx: Tx,
  cityCode: string,
  batch: { decidedOn: string; recordedAt: Date; rows: readonly DeskVerdictRow[] },
): Promise<Set<string>> {
  const { rows } = await sql<{ step_id: string; assess_number: number }>`
    INSERT INTO feedback.rating_verdict AS v (city_code, step_id, assess_number, service_month, verdict,
      attribution, verified_by, approved_by, decided_on, source, recorded_at)
    SELECT ${cityCode}, g.step_id, g.assess_number, g.service_month, g.verdict, g.attribution, g.verified_by,
      g.approved_by, ${batch.decidedOn}::date, 'desk', ${batch.recordedAt}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(batch.rows)}::jsonb) AS g(step_id bigint, assess_number smallint,
      service_month date, verdict text, attribution text, verified_by text, approved_by text)
    ON CONFLICT (city_code, step_id, assess_number) DO UPDATE SET verdict = excluded.verdict,
      attribution = coalesce(v.attribution, excluded.attribution), verified_by = excluded.verified_by,
      approved_by = excluded.approved_by, decided_on = excluded.decided_on, source = excluded.source,
      recorded_at = excluded.recorded_at
      WHERE v.verdict IS NULL
    RETURNING v.step_id, v.assess_number`.execute(tx);
  return new Set(rows.map((row) => `${row.step_id}/${row.assess_number}`));
}
