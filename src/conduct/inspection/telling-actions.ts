import type { Tx } from '../../platform/db.ts';
import { emitAll } from '../../platform/facts.ts';
import { findingAgainst } from './fact.ts';

interface Confirmed {
  readonly finding_id: string;
  readonly subject_kind: string;
  readonly subject_code: string;
}

/** Tells those of the staff about whom findings have been confirmed. */
export async function tellSubjects(tx: Tx, cityCode: string, confirmed: readonly Confirmed[]): Promise<void> {
  const against = confirmed.flatMap(({ finding_id: findingId, subject_kind: kind, subject_code: staffNo }) =>
    kind === 'staff' ? [{ cityCode, findingId, staffNo }] : [],
  );
  await emitAll(tx, findingAgainst, against);
}
