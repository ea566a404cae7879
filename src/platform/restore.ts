import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../kernel/refusal.ts';
import { counting, nameInArchive } from './backup.ts';
import {
  appliedMigrations,
  type CopiedTable,
  copiedTables,
  keyMark,
  MANIFEST,
  type Manifest,
  manifestShape,
} from './backup-plan.ts';
import './backup-refusals.ts';
import type { Deps } from './deps.ts';
import { ensurePartitions } from './migrate.ts';

/** A database in which one of these has a row is somebody's. */
const IN_USE = ['oversight."user"', 'intake.case_step', 'feedback.rating', 'ledger.entry', 'feedback.voice'];
const LOCK = 7_370_801;

/**
 * Takes a copy into an empty database of the same version, in one transaction: all of it, or nothing. Every
 * table is compared with the list of the copy as it comes in. Jobs that were under way are due again.
 * @throws Refusal `backup.unreadable`, `.other_city`, `.other_version`, `.other_key`, `.not_empty`,
 *   `.damaged`
 */
export async function readBackup(deps: Deps, file: string): Promise<Manifest> {
  const archive = await openPromise(file, { autoClose: false }).catch(() => {
    throw new Refusal('backup.unreadable', { file });
  });
  const client = await deps.db.owner.connect();
  try {
    const entries = await entriesOf(archive);
    const manifest = await manifestOf(archive, entries, file);
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await requireFitting(deps, client, manifest);
    await ensurePartitions(client, laterOf(deps.clock.now(), new Date(manifest.at)));
    const tables = await copiedTables(client);
    await client.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
    for (const table of tables) await load(client, table, { archive, entries, manifest });
    for (const { name, value } of manifest.sequences) {
      await client.query('SELECT setval($1::regclass, $2::bigint)', [name, value]);
    }
    await releaseJobs(client);
    await client.query('COMMIT');
    return manifest;
  } finally {
    // Whatever was not committed goes with the connection.
    client.release(true);
    archive.close();
  }
}

type Entries = ReadonlyMap<string, Entry>;

async function entriesOf(archive: ZipFile): Promise<Entries> {
  const entries = new Map<string, Entry>();
  for await (const entry of archive.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

async function manifestOf(archive: ZipFile, entries: Entries, file: string): Promise<Manifest> {
  try {
    const entry = entries.get(MANIFEST);
    if (entry === undefined) throw new Error('no list');
    return manifestShape.parse(JSON.parse(await text(await archive.openReadStreamPromise(entry))));
  } catch {
    throw new Refusal('backup.unreadable', { file });
  }
}

async function requireFitting(deps: Deps, client: pg.ClientBase, manifest: Manifest): Promise<void> {
  if (manifest.city !== deps.config.cityCode) throw new Refusal('backup.other_city', { city: manifest.city });
  const [there, here] = [manifest.migrations, await appliedMigrations(client)].map((lines) => new Set(lines));
  const [differs] = (there ?? new Set()).symmetricDifference(here ?? new Set());
  if (differs !== undefined) throw new Refusal('backup.other_version', { migration: String(differs) });
  if (manifest.key !== keyMark(deps)) throw new Refusal('backup.other_key');
  for (const table of IN_USE) {
    const { rowCount } = await client.query(`SELECT FROM ${table} LIMIT 1`);
    if (rowCount !== 0) throw new Refusal('backup.not_empty', { table });
  }
}

interface Source {
  readonly archive: ZipFile;
  readonly entries: Entries;
  readonly manifest: Manifest;
}

async function load(
  client: pg.PoolClient,
  { name }: CopiedTable,
  { archive, entries, manifest }: Source,
): Promise<void> {
  const listed = manifest.tables.find((table) => table.name === name);
  const entry = entries.get(nameInArchive(name));
  if (listed === undefined || entry === undefined) throw new Refusal('backup.damaged', { table: name });
  let same = false;
  const counted = counting(({ rows, bytes, sha256 }) => {
    same = rows === listed.rows && bytes === listed.bytes && sha256 === listed.sha256;
  });
  const into = client.query(copyFrom(`COPY ${name} (${listed.columns.join(', ')}) FROM STDIN`));
  await pipeline(await archive.openReadStreamPromise(entry), counted, into).catch(() => {
    // The archive itself is torn, or the table does not take what it says.
    throw new Refusal('backup.damaged', { table: name });
  });
  if (!same) throw new Refusal('backup.damaged', { table: name });
}

/** What a worker held at the instant of the copy is nobody's now. */
async function releaseJobs(client: pg.ClientBase): Promise<void> {
  await client.query('UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL');
  await client.query('UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL');
}

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other;
}
