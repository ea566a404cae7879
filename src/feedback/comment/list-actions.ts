import { type Day, day, endOfDay, formatSecond, isoMoment, startOfDay } from '../../kernel/day.ts';
import { rate } from '../../kernel/rate.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { filesOf } from '../../platform/stored-file.ts';
import { EXPORT_ROWS, exported } from '../../registry/region/index.ts';
import { receiptCode } from '../rating/index.ts';
import { stateOf } from './comment.ts';
import {
  COMMENT_MODES,
  type CommentCount,
  type CommentDetail,
  type CommentFilter,
  type CommentRow,
} from './contract.ts';
import { mayAttach, mayDecide, ownerOf } from './inspection-actions.ts';
import {
  type CommentListFilter,
  type CommentListRow,
  type CommentReach,
  commentText,
  countComments,
  listComments,
} from './list-store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Days on which comments were given, both included; an open end counts everything. */
export interface CommentSpan {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/**
 * How many public comments and confirmed inspections there are, each mode for itself with numerator and
 * denominator: neither is part of any rate of ratings.
 */
export async function commentCounts(
  reader: Reader,
  reach: CommentReach,
  { from, to }: CommentSpan,
): Promise<CommentCount[]> {
  const rows = await countComments(reader, {
    ...reach,
    from: from && startOfDay(from),
    to: to && endOfDay(to),
  });
  return COMMENT_MODES.map((mode) => {
    const row = rows.find((one) => one.mode === mode) ?? { count: 0, good: 0, bad: 0 };
    const { count, good, bad } = row;
    return { mode, count, good, bad, goodRate: rate(good, count) };
  });
}

type Query = Omit<CommentFilter, 'format' | 'lang'>;

function filterOf(actor: Actor, query: Query): CommentListFilter {
  const { from, to, cursor, limit, ...rest } = query;
  const first = from === undefined ? undefined : day(from);
  const last = to === undefined ? undefined : day(to);
  if (first && last && last < first) throw new Refusal('comment.range_reversed', {}, { field: 'to' });
  return {
    ...rest,
    ...actor.scope,
    cityCode: actor.cityCode,
    from: first && startOfDay(first),
    to: last && endOfDay(last),
    after: decodeMomentCursor(cursor, UUID),
    limit,
  };
}

/** A page of comments within the actor's reach, with the figures of the days. */
export async function comments(deps: Deps, actor: Actor, query: Query) {
  const filter = filterOf(actor, query);
  const rows = await listComments(deps.db.read, { ...filter, limit: query.limit + 1 });
  const reach = { ...actor.scope, cityCode: actor.cityCode };
  const counts = await commentCounts(deps.db.read, reach, {
    from: query.from === undefined ? undefined : day(query.from),
    to: query.to === undefined ? undefined : day(query.to),
  });
  const page = pageOf(rows, query.limit, commentRowOf, (row) => [
    row.received_at.toISOString(),
    row.comment_id,
  ]);
  return { ...page, counts };
}

/** The same comments as a table; texts stay where they are. */
export async function commentTable(deps: Deps, actor: Actor, query: Query): Promise<OutTable> {
  const filter = filterOf(actor, { ...query, cursor: undefined });
  const rows = await listComments(deps.db.read, { ...filter, limit: EXPORT_ROWS });
  return await exported(deps, actor, 'comments', {
    columns: [
      ...['mode', 'subject_kind', 'subject_code', 'subject_name', 'department_code', 'window_code'],
      ...['satisfaction', 'tags', 'occurred_at', 'received_at', 'state'],
    ],
    rows: rows.map((row) => [
      ...[row.mode, row.subject_kind, row.subject_code, row.subject_name, row.department_code],
      ...[row.window_code, row.satisfaction, row.tags.join(','), formatSecond(row.occurred_at)],
      ...[formatSecond(row.received_at), stateOf(row)],
    ]),
  });
}

function commentRowOf(row: CommentListRow): CommentRow {
  return {
    id: row.comment_id,
    mode: row.mode,
    subjectKind: row.subject_kind,
    subjectCode: row.subject_code,
    subjectName: row.subject_name,
    departmentCode: row.department_code,
    departmentName: row.department_name,
    windowCode: row.window_code,
    satisfaction: row.satisfaction,
    tags: row.tags,
    hasText: row.has_text,
    occurredAt: isoMoment(row.occurred_at),
    receivedAt: isoMoment(row.received_at),
    state: stateOf(row),
  };
}

/** One comment with its text, never with who gave it. @throws Refusal `comment.unknown` */
export async function commentBy(deps: Deps, actor: Actor, id: string): Promise<CommentDetail> {
  const { cityCode } = actor;
  const [row] = await listComments(deps.db.app, { ...actor.scope, cityCode, id, limit: 1 });
  if (row === undefined) throw new Refusal('comment.unknown');
  const files = row.mode === 'inspect' ? await filesOf(deps.db.app, ownerOf(cityCode, id)) : [];
  return {
    ...commentRowOf(row),
    regionCode: row.region_code,
    channel: row.channel,
    receipt: receiptCode(row.receipt),
    text: row.has_text ? ((await commentText(deps.db.app, cityCode, id)) ?? null) : null,
    recordedBy: row.recorded_name,
    decidedBy: row.decided_name,
    decidedAt: row.decided_at && isoMoment(row.decided_at),
    note: row.note,
    files: files.map((file) => ({
      id: file.file_id,
      name: file.name,
      type: file.type,
      size: file.size_bytes,
      uploadedAt: isoMoment(file.uploaded_at),
    })),
    may: { attach: mayAttach(actor, row), decide: mayDecide(actor, row) },
  };
}
