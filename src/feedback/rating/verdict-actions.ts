import { dayOf } from '../../kernel/day.ts';
import { firstDay } from '../../kernel/month.ts';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { ratingVerified } from './fact.ts';
import { type DeskVerdictRow, insertVerdicts } from './verdict-store.ts';

/** What the desk has found of one rating; usernames of the one or two people behind it. */
export interface DeskVerdict {
  readonly stepId: string;
  readonly assessNumber: number;
  readonly verdict: 'upheld' | 'mistaken' | 'malicious';
  readonly attribution: 'staff' | 'window' | 'department' | null;
  readonly verifiedBy: string;
  readonly approvedBy: string | null;
}

/**
 * Records verdicts within `tx`, each once, and tells of them; whoever calls has checked who may. A rating
 * that has a verdict already keeps it. Answers the ratings whose verdict is new, as `step/number`.
 */
export async function recordVerdicts(
  tx: Tx,
  cityCode: string,
  { verdicts, at }: { verdicts: readonly DeskVerdict[]; at: Date },
): Promise<ReadonlySet<string>> {
  const rows = verdicts.flatMap((one): DeskVerdictRow[] => {
    const number = unpackRecordNumber(one.stepId);
    if (number === undefined) return [];
    return [
      {
        step_id: one.stepId,
        assess_number: one.assessNumber,
        service_month: firstDay(number.month),
        verdict: one.verdict,
        attribution: one.attribution,
        verified_by: one.verifiedBy,
        approved_by: one.approvedBy,
      },
    ];
  });
  const written = await insertVerdicts(tx, cityCode, { decidedOn: dayOf(at), recordedAt: at, rows });
  const stepIds = [...new Set(rows.map((row) => row.step_id))].filter(
    (stepId) => written.has(`${stepId}/1`) || written.has(`${stepId}/2`),
  );
  if (stepIds.length > 0) await emit(tx, ratingVerified, { cityCode, stepIds });
  return written;
}
