import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import type { Tx } from '../../platform/db.ts';

/** A line of the audit about an appeal, by its number; texts of appeals never stand in it. */
export async function note(
  tx: Tx,
  actor: Actor,
  action: string,
  about: { number: string; at: Date; detail?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { number, at, detail = {} } = about;
  await audit(tx, {
    actor,
    action,
    subjectKind: 'appeal',
    subjectId: number,
    detail,
    cityCode: actor.cityCode,
    at,
  });
}
