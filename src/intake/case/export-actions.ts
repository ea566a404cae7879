import { formatSecond } from '../../kernel/day.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { type RecordList, records } from './record-actions.ts';

/** Rows of an export at most: a year of a big city is asked for by months. */
const EXPORT_ROWS = 100_000;

/**
 * The records of a list as a table to hand out, without any personal field and without the rating links,
 * which are keys; who took it away is audited.
 * @throws Refusal `access.permission_denied` without `export.run`
 */
export async function recordTable(
  deps: Deps,
  actor: Actor,
  list: Omit<RecordList, 'limit' | 'after'>,
): Promise<OutTable> {
  requirePermission(actor, 'export.run');
  const rows = await records(deps, actor, { ...list, limit: EXPORT_ROWS });
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.service_records',
      subjectKind: 'service_record',
      subjectId: '',
      detail: { rows: rows.length },
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    }),
  );
  return {
    columns: [
      ...['办件编号', '环节号', '环节名称', '事项编码', '事项', '办理时间', '行政区划', '部门'],
      ...['窗口', '工号', '工作人员', '状态', '办理方式', '可评价至', '来源'],
    ],
    rows: rows.map((row) => [
      ...[row.project_no, row.service_number, row.service_name, row.task_code, row.task_name],
      ...[formatSecond(row.service_time), row.area_code, row.dept_name ?? row.dept_code],
      ...[row.window_code, row.staff_no, row.staff_name],
      ['', '待受理', '已受理', '已办结'][row.pro_status] ?? row.pro_status,
      ['', '线上', '线下'][row.pro_channel] ?? row.pro_channel,
      ...[formatSecond(row.ratable_until), row.source],
    ]),
  };
}
