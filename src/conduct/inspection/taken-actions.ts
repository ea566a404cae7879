import { day } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import type { FindingRule } from './contract.ts';
import { findingConfirmed } from './fact.ts';
import { findFindings, insertFindings } from './store.ts';
import { tellSubjects } from './telling-actions.ts';

/** Something that another room has found and that two people stand for. */
export interface TakenFinding {
  readonly id: string;
  readonly occurredOn: string;
  readonly subjectKind: 'staff' | 'window' | 'department';
  readonly subjectCode: string;
  readonly rule: FindingRule;
  readonly evidence: string;
  readonly recordedBy: string;
  readonly confirmedBy: string;
}

/** Adds confirmed findings, which then count (domain §5); one that stands already changes nothing. */
export async function takeFindings(
  tx: Tx,
  { cityCode, now, findings }: { cityCode: string; now: Date; findings: readonly TakenFinding[] },
): Promise<void> {
  const ids = findings.map(({ id }) => id);
  const known = new Set((await findFindings(tx, cityCode, ids)).map(({ finding_id: id }) => id));
  const added = findings.filter(({ id }) => !known.has(id));
  if (added.length === 0) return;
  const rows = added.map((one) => ({
    finding_id: one.id,
    occurred_on: one.occurredOn,
    subject_kind: one.subjectKind,
    subject_code: one.subjectCode,
    rule: one.rule,
    quantity: 1,
    project_no: null,
    evidence: one.evidence,
    recorded_by: one.recordedBy,
    confirmed_by: one.confirmedBy,
  }));
  await insertFindings(tx, cityCode, rows, { now, source: 'desk' });
  const months = new Set(added.map(({ occurredOn }) => monthOf(day(occurredOn))));
  await emit(tx, findingConfirmed, { cityCode, months: [...months].sort() });
  await tellSubjects(tx, cityCode, rows);
}
