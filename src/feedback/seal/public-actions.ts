import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { regionNames, tenantCities } from '../../registry/region/index.ts';
import { headerOf } from './reading-actions.ts';
import { headerText, type SealHeader } from './seal.ts';
import { findSealsAfter, findSealsBefore, type SealRow } from './store.ts';

/** Seals of one file: more than five years of days. */
const MOST = 2000;

/** A seal as it is published: what it says, the text that is hashed, and the hash. */
export interface PublishedSeal {
  readonly header: SealHeader;
  readonly text: string;
  readonly hash: string;
  readonly sealedAt: Date;
}

/** The city that is asked for, or the instance's own. @throws Refusal `seal.unknown_city` */
export async function publishedCity(
  deps: Deps,
  asked: string | undefined,
): Promise<{ code: string; name: string }> {
  const code = asked ?? deps.config.cityCode;
  if (!(await tenantCities(deps.db.read)).has(code)) throw new Refusal('seal.unknown_city', { city: code });
  const region = `${code}000000`;
  return { code, name: (await regionNames(deps.db.read, [region])).get(region) ?? code };
}

/** Seals before a number, the newest first. */
export async function newestSeals(
  deps: Deps,
  cityCode: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<PublishedSeal[]> {
  const rows = await findSealsBefore(deps.db.read, cityCode, { before, limit });
  return rows.map((row) => published(cityCode, row));
}

/** The chain from after a number on, the oldest first; `next` goes on where it is longer than a file. */
export async function chainAfter(
  deps: Deps,
  cityCode: string,
  after: number,
): Promise<{ seals: PublishedSeal[]; next: number | null }> {
  const rows = await findSealsAfter(deps.db.read, cityCode, { after, limit: MOST + 1 });
  const seals = rows.slice(0, MOST).map((row) => published(cityCode, row));
  return { seals, next: rows.length > MOST ? (seals.at(-1)?.header.number ?? null) : null };
}

function published(cityCode: string, row: SealRow): PublishedSeal {
  const header = headerOf(cityCode, row);
  return {
    header,
    text: headerText(header),
    hash: row.seal_hash.toString('hex'),
    sealedAt: row.sealed_at,
  };
}

const COLUMNS = [
  ...['city', 'number', 'day', 'sealedAt', 'algorithm', 'leafVersion', 'size', 'root', 'afterBatch'],
  ...['throughBatch', 'previous'],
] as const;

/** The chain as a table: the fields of the header in their order, and the hash. */
export function chainTable(seals: readonly PublishedSeal[]): OutTable {
  return {
    columns: [...COLUMNS, 'hash'],
    rows: seals.map(({ header, hash }) => [...COLUMNS.map((name) => header[name]), hash]),
  };
}
