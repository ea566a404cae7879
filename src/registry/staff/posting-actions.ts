import { type Day, parseDay } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import {
  countWritten,
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type LoadResult,
  type RowProblem,
  sift,
} from '../../platform/imports.ts';
import { EXPORT_ROWS, exported, unreachable } from '../region/index.ts';
import { placeOfWindow, windowsByCode } from '../window/index.ts';
import { reachOf, staffByNo } from './actions.ts';
import type { PostingQuery } from './contract.ts';
import { overlaps, spanKey } from './posting.ts';
import {
  findPostedOn,
  findPostedWindows,
  listPostings,
  type PostedWindow,
  postingsOfStaff,
  type StoredPosting,
  upsertPostings,
} from './posting-store.ts';
import { type PostingRow, postingRow } from './staff.ts';

const COLUMNS = ['staff_no', 'window_code', 'from_date', 'to_date', 'role'];

/** Import kind `postings`; a posting is known by person, window, role and first day. */
export const postingImport: ImportKind<PostingRow> = {
  kind: 'postings',
  columns: COLUMNS.map((name) => ({ name, required: name !== 'to_date' })),
  row: postingRow,
  key: (row) => spanKey(row),
  // Postings of one person may stand anywhere in the file and mustn't overlap.
  chunk: Number.POSITIVE_INFINITY,
  load: loadPostings,
};

async function loadPostings(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<PostingRow>[],
): Promise<LoadResult> {
  const numbers = [...new Set(rows.map(({ row }) => row.staff_no))];
  const codes = [...new Set(rows.map(({ row }) => row.window_code))];
  const staff = await staffByNo(tx, ctx.cityCode, numbers);
  const windows = await windowsByCode(tx, ctx.cityCode, codes);
  const { good, problems } = sift(rows, (row) => {
    const person = staff.has(row.staff_no) ? undefined : { column: 'staff_no', code: 'staff.unknown' };
    const window = windows.get(row.window_code);
    if (window === undefined) return [person, { column: 'window_code', code: 'window.unknown' }];
    return person ?? unreachable(ctx.scope, [placeOfWindow(window)]);
  });
  const stored = await postingsOfStaff(tx, ctx.cityCode, numbers);
  const ready = withoutOverlaps(good, stored, problems);
  const written = await upsertPostings(tx, ctx.cityCode, ready);
  return { ...countWritten(written, ready.length), problems };
}

/**
 * Leaves out rows that overlap each other or what stands already. Leaving one out brings the stored form of
 * it back, which may meet another row: so it is looked again until nothing meets.
 */
function withoutOverlaps(
  rows: readonly ImportedRow<PostingRow>[],
  stored: readonly StoredPosting[],
  problems: RowProblem[],
): StoredPosting[] {
  let spans = rows.map(({ line, row }) => ({ ...row, to_date: row.to_date ?? null, line }));
  for (;;) {
    const replaced = new Set(spans.map(spanKey));
    const beside = stored.filter((posting) => !replaced.has(spanKey(posting)));
    const met = overlaps(spans, beside);
    if (met.size === 0) return spans;
    for (const [{ line }, from] of met) {
      problems.push({ line, column: 'from_date', code: 'posting.overlap', params: { from } });
    }
    spans = spans.filter((span) => !met.has(span));
  }
}

/** A page of postings within the actor's reach. */
export async function postingPageFor(deps: Deps, actor: Actor, query: PostingQuery) {
  const rows = await listPostings(deps.db.read, { ...filterOf(actor, query), limit: query.limit + 1 });
  return pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.staffNo, row.windowCode, row.role, row.fromDate],
  );
}

/** The same postings with the columns of the import. */
export async function postingTable(deps: Deps, actor: Actor, query: PostingQuery): Promise<OutTable> {
  const rows = await listPostings(deps.db.read, { ...filterOf(actor, query), limit: EXPORT_ROWS });
  return await exported(deps, actor, 'postings', {
    columns: COLUMNS,
    rows: rows.map((row) => [row.staffNo, row.windowCode, row.fromDate, row.toDate, row.role]),
  });
}

function filterOf(actor: Actor, query: PostingQuery) {
  const { staff, window, cursor } = query;
  const after = cursor === undefined ? [] : decodeCursor(cursor, 4);
  if (cursor !== undefined && parseDay(after[3] ?? '') === undefined) {
    throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
  }
  return { ...reachOf(actor), staff, window, after };
}

/** The windows to which a person is posted on a day, in whatever role. */
export async function postedWindows(
  reader: Reader,
  cityCode: string,
  person: { staffNo: string; on: Day },
): Promise<PostedWindow[]> {
  return await findPostedWindows(reader, cityCode, person);
}

/** Whether the person was posted to the window on one of the days: whoever is may not judge it. */
export async function postedOn(
  reader: Reader,
  cityCode: string,
  sought: { staffNo: string; windowCode: string; days: readonly Day[] },
): Promise<boolean> {
  return await findPostedOn(reader, cityCode, sought);
}
