import { formatMoment } from '../../kernel/day.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import type { OrderQuery } from './contract.ts';
import { isOver, type OrderKind, type OrderState, orderCard } from './order.ts';
import { filterOf } from './reading-actions.ts';
import { listOrders } from './store.ts';

/** Rows of an export at most. */
const EXPORT_ROWS = 100_000;

const KINDS: Readonly<Record<OrderKind, string>> = {
  rectification: '差评整改',
  stuck_matter: '办不成事',
  complaint: '投诉',
  suggestion: '建议',
  contact_request: '请求联系',
};
const STATES: Readonly<Record<OrderState, string>> = {
  unassigned: '待转办',
  unsigned: '待签收',
  handling: '办理中',
  paused: '已暂停',
  approval: '待审批',
  call_back: '待回访',
  closed: '已办结',
  withdrawn: '已撤销',
};
const CARDS = { none: '', yellow: '黄牌', red: '红牌' } as const;

/** The orders of a list as a table to hand out; who took it away is audited. It names nobody who spoke. */
export async function orderTable(deps: Deps, actor: Actor, query: OrderQuery): Promise<OutTable> {
  const now = deps.clock.now();
  const { cityCode } = actor;
  const rows = await listOrders(deps.db.read, actor.scope, {
    ...filterOf(actor, query),
    now,
    limit: EXPORT_ROWS,
  });
  const codes = new Set(rows.flatMap(({ owner_department: code }) => code ?? []));
  const names = await departmentsByCode(deps.db.read, cityCode, [...codes]);
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.orders',
      subjectKind: 'work_order',
      subjectId: '',
      detail: { rows: rows.length },
      cityCode,
      at: now,
    }),
  );
  return {
    columns: [
      ...['编号', '类别', '状态', '时限提醒', '承办部门', '窗口', '办件编号', '环节号'],
      ...['受理时间', '签收期限', '联系期限', '答复期限', '答复时间', '办结时间', '督办', '重办', '延期'],
    ],
    rows: rows.map((row) => [
      ...[row.number, KINDS[row.kind], STATES[row.state]],
      CARDS[isOver(row.state) ? 'none' : orderCard(row, now)],
      names.get(row.owner_department ?? '')?.name ?? row.owner_department,
      ...[row.window_code, row.project_no, row.service_number],
      ...[row.opened_at, row.sign_due_at, row.contact_due_at, row.due_at].map(formatMoment),
      ...[row.answered_at, row.closed_at].map((at) => at && formatMoment(at)),
      ...[row.supervised, row.reopened > 0, row.extended > 0].map((yes) => (yes ? '是' : '')),
    ]),
  };
}
