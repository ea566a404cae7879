import type { RegionCode } from '../../kernel/ids.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import {
  countWritten,
  type ImportContext,
  type ImportedRow,
  type ImportKind,
  type LoadResult,
  sift,
} from '../../platform/imports.ts';
import type { RegionQuery, RegionView } from './contract.ts';
import {
  belongsToCity,
  type RegionBook,
  type RegionRow,
  regionRow,
  resolveRegion,
  unreachable,
} from './region.ts';
import {
  codesOfCity,
  findRegions,
  listRegions,
  readAliases,
  readCities,
  type StoredRegion,
  upsertRegions,
} from './store.ts';

/** Most rows that an export holds. */
export const EXPORT_ROWS = 100_000;

/** Former region prefixes → present ones, for `currentRegion`. */
export async function regionAliases(reader: Reader): Promise<Map<string, string>> {
  const rows = await readAliases(reader);
  return new Map(rows.map((row) => [row.old_prefix, row.new_prefix]));
}

/** Codes of the cities that this system serves. */
export async function tenantCities(reader: Reader): Promise<Set<string>> {
  return new Set(await readCities(reader));
}

/** What is needed to resolve the regions that the rows of a city name. */
export async function regionBook(reader: Reader, cityCode: string): Promise<RegionBook> {
  const codes = await codesOfCity(reader, cityCode.slice(0, 4));
  return { aliases: await regionAliases(reader), known: new Set(codes) };
}

/** Names of regions by code; what isn't known is left out. */
export async function regionNames(reader: Reader, codes: readonly string[]): Promise<Map<string, string>> {
  return new Map((await findRegions(reader, codes)).map(({ code, name }) => [code, name]));
}

/** `resolveRegion` as a row problem for an import. */
export function regionOrProblem(
  code: RegionCode,
  cityCode: string,
  book: RegionBook,
  column = 'region_code',
) {
  const found = resolveRegion(code, cityCode, book);
  return 'code' in found ? found : { problem: { column, code: found.refused } };
}

/**
 * Import kind `regions`. A city writes its own regions; those of others may stand in the file as they are.
 */
export const regionImport: ImportKind<RegionRow> = {
  kind: 'regions',
  columns: ['code', 'name', 'level', 'parent_code'].map((name) => ({ name, required: true })),
  row: regionRow,
  key: (row) => row.code,
  chunk: Number.POSITIVE_INFINITY,
  load: loadRegions,
};

async function loadRegions(
  tx: Tx,
  ctx: ImportContext,
  rows: readonly ImportedRow<RegionRow>[],
): Promise<LoadResult> {
  const mentioned = rows.flatMap(({ row }) => (row.parent_code ? [row.code, row.parent_code] : [row.code]));
  const stored = new Map((await findRegions(tx, mentioned)).map((region) => [region.code, region]));
  const inFile = new Set<string>(rows.map(({ row }) => row.code));
  const { good, problems } = sift(rows, (row) => {
    if (isSame(stored.get(row.code), row)) return undefined;
    if (!belongsToCity(row.code, ctx.cityCode)) return { column: 'code', code: 'region.other_city' };
    const beyond = unreachable(ctx.scope, [{ regionCode: row.code }]);
    if (beyond) return beyond;
    const { parent_code: parent } = row;
    const known = parent === undefined || stored.has(parent) || inFile.has(parent);
    return known ? undefined : { column: 'parent_code', code: 'region.unknown' };
  });
  // A child whose parent was refused can't stand either; the parent's own line tells why.
  const standing = withStandingParents(good, stored, problems);
  const written = await upsertRegions(
    tx,
    standing.map(({ row }) => ({ ...row, parent_code: row.parent_code ?? null })),
  );
  return { ...countWritten(written, standing.length), problems };
}

function withStandingParents(
  rows: readonly ImportedRow<RegionRow>[],
  stored: ReadonlyMap<string, StoredRegion>,
  problems: LoadResult['problems'],
): ImportedRow<RegionRow>[] {
  let standing = [...rows];
  for (;;) {
    const codes = new Set<string>(standing.map(({ row }) => row.code));
    const next = standing.filter(({ line, row }) => {
      const { parent_code: parent } = row;
      if (parent === undefined || codes.has(parent) || stored.has(parent)) return true;
      problems.push({ line, column: 'parent_code', code: 'region.unknown' });
      return false;
    });
    if (next.length === standing.length) return next;
    standing = next;
  }
}

function isSame(stored: StoredRegion | undefined, row: RegionRow): boolean {
  return (
    stored !== undefined &&
    stored.name === row.name &&
    stored.level === row.level &&
    stored.parent_code === (row.parent_code ?? null)
  );
}

export type ListQuery = Pick<RegionQuery, 'q' | 'cursor' | 'limit'>;

/** A page of regions within the actor's reach. */
export async function regionPageFor(deps: Deps, actor: Actor, query: RegionQuery) {
  const rows = await listRegions(deps.db.read, { ...filterOf(actor, query), limit: query.limit + 1 });
  return pageOf(
    rows,
    query.limit,
    (row) => row,
    (row) => [row.code],
  );
}

/**
 * The same regions as a table with the columns of the import, so that it can be corrected and imported
 * again.
 */
export async function regionTable(deps: Deps, actor: Actor, query: RegionQuery): Promise<OutTable> {
  const rows = await listRegions(deps.db.read, { ...filterOf(actor, query), limit: EXPORT_ROWS });
  const toRow = (row: RegionView) => [row.code, row.name, row.level, row.parentCode];
  return await exported(deps, actor, 'regions', {
    columns: regionImport.columns.map(({ name }) => name),
    rows: rows.map(toRow),
  });
}

function filterOf(actor: Actor, query: RegionQuery) {
  const { q, level, parent, cursor } = query;
  const prefix = actor.scope.regionPrefix ?? '';
  return { prefix, q, level, parent, after: afterKey(cursor) };
}

/** The code after which a page begins. @throws Refusal `request.bad_cursor` */
export function afterKey(cursor: string | undefined): string {
  return cursor === undefined ? '' : (decodeCursor(cursor, 1)[0] ?? '');
}

/**
 * Lets a table out of a register: only to who may export, and never without a line in the audit.
 * @throws Refusal `access.permission_denied`
 */
export async function exported(deps: Deps, actor: Actor, what: string, table: OutTable): Promise<OutTable> {
  requirePermission(actor, 'export.run');
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: `export.${what}`,
      subjectKind: 'export',
      subjectId: what,
      detail: { rows: table.rows.length },
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    }),
  );
  return table;
}
