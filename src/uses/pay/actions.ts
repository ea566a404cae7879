import { closedMonth, liftedVetoes, payStatements, readMonth } from '../../close/statement/index.ts';
import type { PeriodState } from '../../kernel/assessment.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, nextMonth } from '../../kernel/month.ts';
import { formatHundredths, formatPoints } from '../../kernel/points.ts';
import { staffAppealing } from '../../ledger/appeal/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import type { PayLine } from './contract.ts';
import { correctionOf, payReason } from './pay.ts';

/**
 * The pay sheet of a month: one line for each purchased-service person who was assessed in it, by number. Who
 * has an open appeal against a line of the month gets nothing until it is decided. A sealed sheet stays as it
 * is: where a veto was taken back since, the difference stands beside the amount.
 *
 * @throws Refusal `month.malformed`, `month.not_closed`, `access.permission_denied`
 */
export async function paySheet(deps: Deps, actor: Actor, text: string, lang: Lang): Promise<PayLine[]> {
  requirePermission(actor, 'score.read');
  const month = readMonth(text);
  await closedMonth(deps, actor.scope.cityCode, month);
  const rows = await payStatements(deps, actor, month);
  const departments = await departmentsByCode(deps.db.read, actor.scope.cityCode, [
    ...new Set(rows.map((row) => row.department_code)),
  ]);
  const appealing = await staffAppealing(deps.db.app, actor.scope.cityCode, month);
  const lifted = await liftedVetoes(deps.db.read, actor.scope.cityCode, {
    from: firstDay(month),
    until: firstDay(nextMonth(month)),
  });
  const corrections = new Map(lifted.flatMap((one) => (one.kind === 'staff' ? [[one.code, one]] : [])));
  return rows.map((row) => {
    const { subject_code: code, grade, veto, pay_fen: amountFen, state } = row;
    const final = state === 'sealed';
    const held = appealing.has(code);
    const { payFen = null, grade: instead = null } = corrections.get(code) ?? {};
    const corrected = payFen === null ? null : { grade: instead, amountFen: payFen };
    const one = { grade, veto, amountFen, final, appealing: held, corrected };
    return {
      staff_no: code,
      name: row.name,
      department_code: row.department_code,
      department_name: departments.get(row.department_code)?.name ?? row.department_code,
      month,
      base_total: formatPoints(row.base_centi),
      bonus_total: formatPoints(row.bonus_centi),
      total: formatPoints(row.total_centi),
      grade,
      amount_fen: held ? 0 : amountFen,
      correction_fen: correctionOf(one),
      held,
      reason: payReason(one, lang),
      state,
    };
  });
}

/** The columns of the sheet in the reader's language. */
const COLUMNS: Readonly<Record<Lang, readonly string[]>> = {
  'zh-CN': [
    '月份',
    '工号',
    '姓名',
    '所属部门',
    '基础分',
    '加分',
    '总分',
    '等次',
    '浮动金额（元）',
    '补差（元）',
    '是否暂缓',
    '计算说明',
    '状态',
  ],
  en: [
    'month',
    'staff no',
    'name',
    'department',
    'base',
    'bonus',
    'total',
    'grade',
    'yuan',
    'correction',
    'held back',
    'reason',
    'state',
  ],
};

const STATES: Readonly<Record<PeriodState, string>> = {
  open: '未结算',
  provisional: '预结算',
  objection: '公示中',
  sealed: '已封存',
};

/**
 * The pay sheet as a table for the wage office, with how each amount came about; the export is audited.
 * @throws Refusal `month.malformed`, `month.not_closed`, `access.permission_denied`
 */
export async function payTable(deps: Deps, actor: Actor, month: string, lang: Lang): Promise<OutTable> {
  requirePermission(actor, 'export.run');
  const lines = await paySheet(deps, actor, month, lang);
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.pay',
      subjectKind: 'month',
      subjectId: month,
      detail: { rows: lines.length },
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    }),
  );
  const zh = lang === 'zh-CN';
  return {
    columns: COLUMNS[lang],
    rows: lines.map((line) => [
      ...[line.month, line.staff_no, line.name, line.department_name],
      ...[line.base_total, line.bonus_total, line.total, line.grade, formatHundredths(line.amount_fen)],
      formatHundredths(line.correction_fen),
      ...[zh ? (line.held ? '是' : '否') : line.held, line.reason, zh ? STATES[line.state] : line.state],
    ]),
  };
}
