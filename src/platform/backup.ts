import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ZipFile } from 'yazl';
import { isoMoment } from '../kernel/day.ts';
import { Refusal } from '../kernel/refusal.ts';
import {
  appliedMigrations,
  type CopiedTable,
  copiedTables,
  keyMark,
  MANIFEST,
  type Manifest,
  sequences,
} from './backup-plan.ts';
import './backup-refusals.ts';
import type { Deps } from './deps.ts';

/** Higher levels take minutes of a city's months and save little. */
const COMPRESSION = 3;

/**
 * Writes a copy of the whole instance, without its secret, while it goes on working: a zip archive with the
 * COPY text of each table as all of them were at one instant, and last a list of what it holds. The file
 * appears when it is complete; readable by its owner only.
 * @throws Refusal `backup.file_exists`, `.unwritable`
 */
export async function writeBackup(deps: Deps, file: string): Promise<Manifest> {
  if (existsSync(file)) throw new Refusal('backup.file_exists', { file });
  const partial = `${file}.partial`;
  const target = await open(partial, 'w', 0o600).catch((error: unknown) => refuse(file, error));
  const client = await deps.db.owner.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const manifest = await emptyManifest(deps, client);
    const tables = await copiedTables(client);
    const zip = archiveOf(client, tables, { manifest, at: deps.clock.now() });
    await pipeline(zip, target.createWriteStream({ flush: true }));
    await client.query('COMMIT');
    // Unlike renaming, this overwrites nothing that has come meanwhile.
    await link(partial, file).catch((error: unknown) => refuse(file, error));
    return manifest;
  } catch (error) {
    return refuse(file, error);
  } finally {
    await rm(partial, { force: true });
    // Its transaction ends with it.
    client.release(true);
  }
}

/** What the disk says, as a refusal; everything else stays what it is. */
function refuse(file: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') throw new Refusal('backup.file_exists', { file });
  if (code !== undefined && /^E[A-Z]+$/.test(code)) {
    throw new Refusal('backup.unwritable', { file, reason: code });
  }
  throw error;
}

async function emptyManifest(deps: Deps, client: pg.ClientBase): Promise<Manifest> {
  return {
    format: 'yiping-backup-1',
    city: deps.config.cityCode,
    at: isoMoment(deps.clock.now()),
    key: keyMark(deps),
    migrations: await appliedMigrations(client),
    sequences: await sequences(client),
    tables: [],
  };
}

/** The archive as a stream. One connection gives one table after the other, so each is opened at its turn. */
function archiveOf(
  client: pg.PoolClient,
  tables: readonly CopiedTable[],
  { manifest, at }: { manifest: Manifest; at: Date },
): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  const options = { mtime: at, compressionLevel: COMPRESSION, forceZip64Format: true };
  for (const { name, columns } of tables) {
    zip.addReadStreamLazy(nameInArchive(name), options, (give) => {
      const rows = client.query(copyTo(`COPY (SELECT ${columns.join(', ')} FROM ${name}) TO STDOUT`));
      const counted = counting((sum) => manifest.tables.push({ name, columns: [...columns], ...sum }));
      pipeline(rows, counted).catch((error: Error) => out.destroy(error));
      give(null, counted);
    });
  }
  zip.addReadStreamLazy(MANIFEST, options, (give) =>
    give(null, Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)])),
  );
  zip.end();
  return out;
}

/** Where a table lies in the archive. */
export function nameInArchive(table: string): string {
  return `${table.replaceAll('"', '')}.copy`;
}

interface Sum {
  rows: number;
  bytes: number;
  sha256: string;
}

const LINE_END = 0x0a;

/** Lets everything pass and tells at the end what it was. COPY text has one line end a row and no other. */
export function counting(done: (sum: Sum) => void): Transform {
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, pass: TransformCallback) {
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, at + 1)) rows += 1;
      pass(null, chunk);
    },
    flush(pass: TransformCallback) {
      done({ rows, bytes, sha256: hash.digest('hex') });
      pass();
    },
  });
}
