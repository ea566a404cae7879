import { dayOf } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import { complaintUpheld } from './fact.ts';
import { findCharging, insertComplaints, lockCase } from './store.ts';

/** A complaint or a stuck matter that two people have decided. */
export interface DecidedComplaint {
  readonly kind: 'complaint' | 'stuck_matter';
  readonly number: string;
  readonly receivedAt: Date;
  readonly channel: string;
  readonly subject: { readonly kind: string; readonly code: string };
  readonly projectNo: string | null;
  readonly atFault: boolean;
  /** what charges the same event already, outside this register */
  readonly chargedWith: string | null;
  readonly proposedBy: string;
  readonly decidedBy: string;
}

/**
 * Enters what two people decided; at fault, it charges the book (domain §5), unless the same event has
 * charged the same subject in another month. Answers what did, if so. Within a month the close counts the
 * heaviest, in whatever order they came. What was said stays with the voice.
 */
export async function recordDecided(
  tx: Tx,
  cityCode: string,
  decided: DecidedComplaint,
  now: Date,
): Promise<string | null> {
  const chargedWith = decided.atFault ? await chargedBefore(tx, cityCode, decided) : null;
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
    kind: decided.kind,
    charged_with: chargedWith,
  };
  await insertComplaints(tx, cityCode, [row], { now, source: 'desk', by: decided.proposedBy });
  if (!decided.atFault || chargedWith !== null) return chargedWith;
  await emit(tx, complaintUpheld, { cityCode, months: [monthOf(dayOf(decided.receivedAt))] });
  return null;
}

async function chargedBefore(tx: Tx, cityCode: string, decided: DecidedComplaint): Promise<string | null> {
  const { chargedWith, projectNo, subject, receivedAt } = decided;
  if (chargedWith !== null || projectNo === null) return chargedWith;
  await lockCase(tx, cityCode, projectNo);
  return (await findCharging(tx, cityCode, { projectNo, subject, receivedAt })) ?? null;
}
