import { parseMoment } from '../kernel/day.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';

defineRefusals({
  'request.bad_cursor': {
    status: 422,
    zh: '翻页标记无效。请从第一页重新打开列表。',
    en: 'The page mark is not valid. Open the list again from its first page.',
  },
});

/** The place where a page of a list ends: the sort key of its last row, as opaque text. */
export function encodeCursor(...key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws Refusal `request.bad_cursor` for anything that isn't a key of `length` texts. */
export function decodeCursor(cursor: string, length: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string'))
      return key;
  } catch {
    // Falls through to the refusal: a mark that can't be read is as wrong as one of another list.
  }
  throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
}

/** An instant and an id, the commonest key. @throws Refusal `request.bad_cursor`. */
export function decodeMomentCursor(
  cursor: string | undefined,
  id: RegExp,
): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [time = '', key = ''] = decodeCursor(cursor, 2);
  const at = parseMoment(time);
  if (at === undefined || !id.test(key)) throw new Refusal('request.bad_cursor', {}, { field: 'cursor' });
  return { at, id: key };
}

/** One page of `limit` rows out of the `limit + 1` that were read, and the mark of the next. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => readonly string[],
): { items: Item[]; next: string | null } {
  const last = rows[limit - 1];
  const next = rows.length > limit && last !== undefined ? encodeCursor(...keyOf(last)) : null;
  return { items: rows.slice(0, limit).map(toItem), next };
}
