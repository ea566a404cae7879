import { closedMonth, payStatements, readMonth } from '../../close/statement/index.ts';
import { staffAppealing } from '../../ledger/appeal/index.ts';
import type { Lang } from '../../kernel/lang.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { PayLine } from './contract.ts';
import { payReason } from './pay.ts';

/**
 * The pay sheet of a month: one line for each purchased-service person who was assessed in it, by number. Who
 * has an open appeal against a line of the month gets nothing until it is decided.
 *
 * @throws Refusal `month.malformed`, `month.not_closed`, `access.permission_denied`
 */
export async function paySheet(deps: Deps, actor: Actor, text: string, lang: Lang): Promise<PayLine[]> {
  requirePermission(actor, 'score.read');
  const month = readMonth(text);
  const { state } = await closedMonth(deps, actor.scope.cityCode, month);
  const final = state === 'sealed';
  const rows = await payStatements(deps, actor, month);
  const appealing = await staffAppealing(deps.db.app, actor.scope.cityCode, month);
  return rows.map(({ subject_code, name, grade, veto, pay_fen: amountFen }) => ({
    staff_no: subject_code,
    name,
    month,
    grade,
    amount_fen: appealing.has(subject_code) ? 0 : amountFen,
    held: appealing.has(subject_code),
    reason: payReason({ grade, veto, amountFen, final, appealing: appealing.has(subject_code) }, lang),
    state,
  }));
}
