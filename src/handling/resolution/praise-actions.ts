import { proposeMerits } from '../../conduct/merit/index.ts';
import { voiceFor } from '../../feedback/voice/index.ts';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { staffByNo } from '../../registry/staff/index.ts';
import type { PraiseForm } from './desk-contract.ts';

/**
 * Proposes praise as a merit, once for each person praised; it counts as soon as somebody else confirms it.
 * @throws Refusal `voice.*`, `praise.*`
 */
export async function proposePraise(deps: Deps, actor: Actor, id: string, form: PraiseForm): Promise<void> {
  requirePermission(actor, 'voice.write');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const { staffNo, evidence } = form;
  const reader = deps.db.app;
  const voice = await voiceFor(reader, actor, id);
  if (voice.discipline_at !== null) throw new Refusal('voice.discipline');
  if (voice.kind !== 'praise') throw new Refusal('praise.not_praise');
  if (staffNo === actor.staffNo) throw new Refusal('praise.own_praise');
  if (!(await staffByNo(reader, cityCode, [staffNo])).has(staffNo)) {
    throw new Refusal('praise.unknown_staff', {}, { field: 'staffNo' });
  }
  await proposeMerits(deps, {
    cityCode,
    reference: `${voice.number}-${staffNo}`,
    staffNo,
    occurredOn: dayOf(voice.received_at),
    rules: ['bonus.public_praise'],
    evidence: `${voice.number} ${evidence}`,
    by: actor.username,
    byStaff: actor.staffNo ?? null,
  });
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'voice.praise_proposed',
      subjectKind: 'voice',
      subjectId: voice.number,
      detail: { staff_no: staffNo },
      cityCode,
      at: deps.clock.now(),
    }),
  );
}
