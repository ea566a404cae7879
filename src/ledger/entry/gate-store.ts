import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db.ts';

type Fragment = RawBuilder<unknown>;

/** The months' gates as they were when a posting began. */
export interface Gates {
  readonly cityCode: string;
  /**
   * The months that take what belongs to `want`, the earliest first: only that one where all halls are sealed
   * at once
   */
  readonly gates: readonly { readonly want: string; readonly month: string; readonly sealings: number }[];
  /** whether halls of these months were sealed by themselves, so that each subject has to be asked for */
  readonly parted: boolean;
}

/** The gates as a table of a statement. */
export function gateTable({ gates }: Pick<Gates, 'gates'>): Fragment {
  return sql`gate AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(gates)}::jsonb)
    AS x(want date, month date, sealings int))`;
}

/** The gate that takes what belongs to the month `want` of a subject, as `g`. */
export function gateOf(
  { cityCode, parted }: Pick<Gates, 'cityCode' | 'parted'>,
  want: Fragment,
  subject: { kind: Fragment; code: Fragment },
): Fragment {
  if (!parted) return sql`JOIN gate g ON g.want = ${want}`;
  // Counted, since what is only asked to exist would be joined: all that ever were sealed, for each row.
  return sql`JOIN LATERAL (
      SELECT taking.want, taking.month, taking.sealings FROM gate taking
      WHERE taking.want = ${want} AND 0 = (
        SELECT count(*) FROM ledger.sealed_subject shut
        WHERE shut.city_code = ${cityCode} AND shut.month = taking.month
          AND shut.subject_kind = ${subject.kind} AND shut.subject_code = ${subject.code})
      ORDER BY taking.month LIMIT 1
    ) g ON true`;
}

/**
 * The same gate asked, as `p`, by the statement that adds through it: shut, or sealed for a hall since it was
 * looked at, it lets nothing pass. Whoever was sealed meanwhile isn't seen by a statement that had begun;
 * that the gate is another one is, since the row is read anew once its lock is free.
 */
export function throughGate(
  posting: Pick<Gates, 'cityCode' | 'parted'>,
  want: Fragment,
  subject: { kind: Fragment; code: Fragment },
): Fragment {
  return sql`${gateOf(posting, want, subject)}
    JOIN ledger.period p ON p.city_code = ${posting.cityCode} AND p.month = g.month AND p.state <> 'sealed'
      AND p.sealings = g.sealings`;
}

/** Kind and code of the subject that rows of `f` or `o` charge. */
export const CHARGED = {
  f: { kind: sql`f.subject_kind`, code: sql`f.subject_code` },
  o: { kind: sql`o.subject_kind`, code: sql`o.subject_code` },
} as const;

/**
 * Marks ratings that came after the month of one they count for was sealed (the clerk, the window, the owner
 * of the item) with the month whose good rate they join.
 */
export async function insertCarried(
  tx: Tx,
  gates: Gates & { readonly now: Date },
  sealed: readonly { readonly month: string; readonly batch: string | null }[],
): Promise<void> {
  const { cityCode, now } = gates;
  const subject = { kind: sql`x.kind`, code: sql`x.code` };
  await sql`
    WITH ${gateTable(gates)}, late AS MATERIALIZED (
      SELECT s.month, s.batch, least(s.batch, (
        SELECT min(z.sealed_batch) FROM ledger.sealed_subject z
        WHERE z.city_code = ${cityCode} AND z.month = s.month)) AS first_batch
      FROM jsonb_to_recordset(${JSON.stringify(sealed)}::jsonb) AS s(month date, batch bigint)
    )
    INSERT INTO ledger.carried_share (city_code, step_id, subject_kind, subject_code, service_month, month,
      recorded_at)
    SELECT ${cityCode}, r.step_id, x.kind, x.code, r.service_month, p.month, ${now}::timestamptz
    FROM late s
    JOIN feedback.scored_rating r ON r.city_code = ${cityCode} AND r.service_month = s.month
      AND r.batch_id > s.first_batch
    CROSS JOIN LATERAL (VALUES ('staff', r.staff_no), ('window', r.window_code),
      ('department', left(r.task_code, 18))) AS x(kind, code)
    LEFT JOIN ledger.sealed_subject z ON z.city_code = ${cityCode} AND z.month = s.month
      AND z.subject_kind = x.kind AND z.subject_code = x.code
    ${throughGate(gates, sql`s.month`, subject)}
    WHERE x.code IS NOT NULL AND r.batch_id > coalesce(z.sealed_batch, s.batch)
    FOR SHARE OF p
    ON CONFLICT DO NOTHING`.execute(tx);
}
