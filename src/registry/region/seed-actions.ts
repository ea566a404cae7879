import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../kernel/assert.ts';
import { parseRegionCode } from '../../kernel/codes.ts';
import { checkoutDir } from '../../platform/config.ts';
import type { Tx } from '../../platform/db.ts';
import { readTable } from '../../platform/files.ts';
import { regionRow } from './region.ts';
import { addAliases, addCity, findRegions, upsertRegions } from './store.ts';

async function seedRecords(name: string): Promise<Record<string, string>[]> {
  const table = await readTable(await readFile(join(checkoutDir, 'db/seed', name)), name);
  assert(table.problems.length === 0, `db/seed/${name} can be read`);
  return table.rows.map(({ cells }) =>
    Object.fromEntries(
      table.header.map((column, at) => [column, cells[at] ?? '']).filter(([, cell]) => cell !== ''),
    ),
  );
}

/** A region that the product brings along; the province's `parent_code` is empty. */
export interface SeedRegion {
  code: string;
  name: string;
  level: string;
  parent_code: string;
}

/** The regions that the product brings along (db/seed/regions.csv), each checked as an imported one. */
export async function readSeedRegions(): Promise<SeedRegion[]> {
  const rows = (await seedRecords('regions.csv')).map((record) => regionRow.parse(record));
  return rows.map((row) => ({ ...row, parent_code: row.parent_code ?? '' }));
}

/**
 * Puts the regions that the product brings along and the codes they had before into the register. What
 * stands there already is left as it is; safe to repeat.
 */
export async function seedRegions(tx: Tx): Promise<void> {
  const regions = await readSeedRegions();
  const stored = new Set(
    (
      await findRegions(
        tx,
        regions.map(({ code }) => code),
      )
    ).map(({ code }) => code),
  );
  const missing = regions.filter(({ code }) => !stored.has(code));
  await upsertRegions(
    tx,
    missing.map((row) => ({ ...row, parent_code: row.parent_code || null })),
  );
  const aliases = await seedRecords('region-aliases.csv');
  await addAliases(
    tx,
    aliases.map(({ old_prefix = '', new_prefix = '' }) => ({ old_prefix, new_prefix })),
  );
}

/** Takes the city in as one that this system serves; its region may still be unknown. Safe to repeat. */
export async function seedCity(tx: Tx, cityCode: string): Promise<void> {
  const code = parseRegionCode(`${cityCode}000000`);
  assert(code !== undefined, `${cityCode} is a city code`);
  const [region] = await findRegions(tx, [code]);
  await addCity(tx, { cityCode, name: region?.name ?? cityCode });
}
