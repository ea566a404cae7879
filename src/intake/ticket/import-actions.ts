import type { Tx } from '../../platform/db.ts';
import {
  countWritten,
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type LoadResult,
  sift,
} from '../../platform/imports.ts';
import { regionBook, regionOrProblem, unreachable } from '../../registry/region/index.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import { hallOf } from '../acceptance/index.ts';
import { upsertGroups } from './store.ts';
import { type GroupRow, groupRow } from './ticket.ts';

/** Import kind `ticket_groups`: for what tickets are drawn in a hall, and which windows call them. */
export const ticketGroupImport: ImportKind<GroupRow> = {
  kind: 'ticket_groups',
  columns: ['code', 'name', 'region_code', 'prefix', 'windows'].map((name) => ({ name, required: true })),
  row: groupRow,
  key: (row) => row.code,
  load: loadGroups,
};

async function loadGroups(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<GroupRow>[],
): Promise<LoadResult> {
  const book = await regionBook(tx, ctx.cityCode);
  const named = [...new Set(rows.flatMap(({ row }) => row.windows))];
  const windows = await windowsByCode(tx, ctx.cityCode, named);
  const ready: GroupRow[] = [];
  const { problems } = sift(rows, (row) => {
    const region = regionOrProblem(row.region_code, ctx.cityCode, book);
    if ('problem' in region) return region.problem;
    const known = row.windows.every((code) => {
      const window = windows.get(code);
      return window !== undefined && hallOf(window.region_code) === hallOf(region.code);
    });
    if (!known || row.windows.length === 0) return { column: 'windows', code: 'ticket_group.windows' };
    const beyond = unreachable(ctx.scope, [{ regionCode: region.code }]);
    if (beyond) return beyond;
    ready.push({ ...row, region_code: region.code });
    return undefined;
  });
  return { ...countWritten(await upsertGroups(tx, ctx.cityCode, ready), ready.length), problems };
}
