import { dayOf } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { complaintUpheld } from './fact.ts';
import { insertComplaints } from './store.ts';

/** A complaint that two people have decided. */
export interface DecidedComplaint {
  readonly number: string;
  readonly receivedAt: Date;
  readonly channel: string;
  readonly subject: { readonly kind: string; readonly code: string };
  readonly projectNo: string | null;
  readonly atFault: boolean;
  readonly proposedBy: string;
  readonly decidedBy: string;
}

/** Enters what two people decided; at fault, it charges the book. What was said stays with the voice. */
export async function recordDecided(
  tx: Tx,
  cityCode: string,
  decided: DecidedComplaint,
  now: Date,
): Promise<void> {
  const row = {
    complaint_id: decided.number,
    received_at: decided.receivedAt,
    channel: decided.channel,
    subject_kind: decided.subject.kind,
    subject_code: decided.subject.code,
    project_no: decided.projectNo,
    body: decided.number,
    outcome: decided.atFault ? 'at_fault' : 'not_at_fault',
    confirmed_by: decided.decidedBy,
  };
  await insertComplaints(tx, cityCode, [row], { now, source: 'desk', by: decided.proposedBy });
  if (!decided.atFault) return;
  await emit(tx, complaintUpheld, { cityCode, months: [monthOf(dayOf(decided.receivedAt))] });
}
