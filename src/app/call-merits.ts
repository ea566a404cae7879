import { type MeritRule, proposeMerits } from '../conduct/merit/index.ts';
import { finishedCall } from '../feedback/follow-up/index.ts';
import { dayOf } from '../kernel/day.ts';
import type { Deps } from '../platform/deps.ts';

/**
 * Proposes what a call-back has told in a clerk's favour: praise, and a matter told once and done in one go.
 * Conduct and feedback don't see each other, so it is carried over here, without a word or a case number of
 * whoever spoke; it counts once a second person has confirmed it.
 */
export async function proposeCallMerits(
  deps: Deps,
  { cityCode, callId }: { cityCode: string; callId: string },
): Promise<void> {
  const call = await finishedCall(deps.db.app, { cityCode, callId });
  const said = call?.answers;
  if (call === undefined || !said?.satisfied || call.staffNo === null) return;
  const rules: MeritRule[] = [
    ...(said.praised ? (['bonus.public_praise'] as const) : []),
    ...(said.toldOnce && said.oneGo ? (['bonus.once_done'] as const) : []),
  ];
  if (rules.length === 0) return;
  await proposeMerits(deps, {
    cityCode,
    reference: call.number,
    staffNo: call.staffNo,
    occurredOn: dayOf(call.closedAt),
    rules,
    evidence: `电话回访 ${call.number}`,
    by: call.caller,
    byStaff: call.callerStaff,
  });
}
