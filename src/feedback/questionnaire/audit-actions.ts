import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import type { Tx } from '../../platform/db.ts';

/** Notes in the audit what somebody did to a questionnaire, or to a batch of its paper sheets. */
export async function tell(
  tx: Tx,
  actor: Actor,
  event: {
    subjectKind: 'questionnaire' | 'questionnaire_batch';
    action: string;
    id: string;
    at: Date;
    detail?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { id: subjectId, detail = {}, ...rest } = event;
  await audit(tx, { actor, subjectId, detail, cityCode: actor.cityCode, ...rest });
}
