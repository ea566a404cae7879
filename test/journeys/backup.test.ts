/** A copy of the whole instance, made while it works, comes back as it was or not at all. */
import { createWriteStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { sealNow, verifyRatings } from '../../src/feedback/seal/index.ts';
import { writeBackup } from '../../src/platform/backup.ts';
import { writeScheduled } from '../../src/platform/backup-job.ts';
import { copiedTables, inOrder, MANIFEST } from '../../src/platform/backup-plan.ts';
import { readBackup } from '../../src/platform/restore.ts';
import { openApp } from '../support/app.ts';
import { commandOver } from '../support/command.ts';
import { type TestDb, testDb } from '../support/db.ts';
import { operator } from '../support/office.ts';
import { rate } from './rated-hall.ts';

vi.setConfig({ testTimeout: 180_000 });

const app = await openApp();
const { t } = app;
const { yiping } = commandOver(t);
const empty = await testDb();
const spare = await testDb();
const copy = join(t.config.dataDir, 'copy.zip');

/** Every row of every table as text, sorted: what a copy must give back. */
async function contentOf({ db }: TestDb): Promise<Map<string, string>> {
  const client = await db.owner.connect();
  try {
    const content = new Map<string, string>();
    for (const { name } of await copiedTables(client)) {
      const { rows } = await client.query<{ text: string }>(
        `SELECT coalesce(string_agg(x::text, E'\\n' ORDER BY x::text), '') AS text FROM ${name} x`,
      );
      content.set(name, rows[0]?.text ?? '');
    }
    return content;
  } finally {
    client.release();
  }
}

/** The copy again, with some entries changed. */
async function changed(name: string, change: (entry: string, content: Buffer) => Buffer): Promise<string> {
  const archive = await openPromise(copy, { autoClose: false });
  const zip = new ZipFile();
  for await (const entry of archive.eachEntry()) {
    const content = await buffer(await archive.openReadStreamPromise(entry));
    zip.addBuffer(change(entry.fileName, content), entry.fileName);
  }
  zip.end();
  const path = join(t.config.dataDir, name);
  await pipeline(zip.outputStream as Readable, createWriteStream(path));
  archive.close();
  return path;
}

const listed = (change: (list: Record<string, unknown>) => void) => (entry: string, content: Buffer) => {
  if (entry !== MANIFEST) return content;
  const list = JSON.parse(content.toString('utf8'));
  change(list);
  return Buffer.from(JSON.stringify(list));
};

beforeAll(async () => {
  await rate(app, 'A', 9, '换行\n制表\t反斜杠\\N 和 “引号”');
  await sealNow(t, operator);
  await rate(app, 'B', 3);
  await writeBackup(t, copy);
});

test('tables come after those that they refer to', () => {
  const tables = ['child', 'grandchild', 'parent', 'alone'].map((name) => ({ name, columns: [] }));
  const arrows = [
    { from: 'grandchild', to: 'child' },
    { from: 'child', to: 'parent' },
    { from: 'parent', to: 'gone' },
  ];
  const names = inOrder(tables, arrows).map(({ name }) => name);
  expect(names).toEqual(['parent', 'child', 'grandchild', 'alone']);
});

describe('what does not fit is refused by name, and nothing of it comes in', () => {
  const tampered = (entry: string, content: Buffer): Buffer =>
    entry === 'feedback.rating.copy'
      ? Buffer.from(content.toString('latin1').replace('\t5\t', '\t4\t'), 'latin1')
      : content;

  test.each([
    ['another level in one rating', 'backup.damaged', tampered],
    [
      'a table that is cut short',
      'backup.damaged',
      (entry: string, content: Buffer) =>
        entry === 'intake.case_step.copy' ? content.subarray(0, content.length - 40) : content,
    ],
    [
      'a table that is missing from the list',
      'backup.damaged',
      listed((list) => {
        list.tables = (list.tables as { name: string }[]).filter(({ name }) => name !== 'feedback.rating');
      }),
    ],
    [
      'another city',
      'backup.other_city',
      listed((list) => {
        list.city = '370100';
      }),
    ],
    [
      'another secret',
      'backup.other_key',
      listed((list) => {
        list.key = '0'.repeat(32);
      }),
    ],
    [
      'a migration we have not',
      'backup.other_version',
      listed((list) => {
        (list.migrations as string[]).push('9999_later.sql abc');
      }),
    ],
    [
      'a list of another form',
      'backup.unreadable',
      listed((list) => {
        list.format = 'other';
      }),
    ],
  ] as const)('%s', async (name, code, change) => {
    const before = await contentOf(empty);
    const file = await changed(`${name.replaceAll(' ', '-')}.zip`, change);
    await expect(readBackup(empty, file)).rejects.toMatchObject({ code });
    expect(await contentOf(empty)).toEqual(before);
  });

  test.each([
    ['a torn file', () => readFileSync(copy).subarray(0, 20_000)],
    ['no archive at all', () => Buffer.from('PK nothing')],
  ])('%s', async (name, content) => {
    const file = join(t.config.dataDir, `${name}.zip`);
    writeFileSync(file, content());
    await expect(readBackup(empty, file)).rejects.toMatchObject({ code: 'backup.unreadable' });
  });

  test('a database that holds data, and a file that exists', async () => {
    await expect(readBackup(t, copy)).rejects.toMatchObject({ code: 'backup.not_empty' });
    await expect(writeBackup(t, copy)).rejects.toMatchObject({ code: 'backup.file_exists' });
    const nowhere = join(t.config.dataDir, 'missing', 'copy.zip');
    await expect(writeBackup(t, nowhere)).rejects.toMatchObject({ code: 'backup.unwritable' });
    expect(readdirSync(t.config.dataDir).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});

test('an empty database becomes the same instance, to the byte, and goes on from there', async () => {
  const before = await contentOf(t);
  await readBackup(spare, copy);
  const after = await contentOf(spare);
  // The one table in which the copy differs: jobs under way are nobody's any more.
  for (const content of [before, after]) content.delete('graphile_worker._private_jobs');
  expect(after).toEqual(before);
  expect(await verifyRatings(spare, operator)).toMatchObject({ ok: true, ratings: 9, unsealed: 3 });
  expect(await sealNow(spare, operator)).toMatchObject({ number: 2, size: 3 });
  await expect(readBackup(spare, copy)).rejects.toMatchObject({ code: 'backup.not_empty' });
});

test('a copy that is made while people rate holds whole ratings only', async () => {
  const during = join(t.config.dataDir, 'during.zip');
  const [manifest] = await Promise.all([writeBackup(t, during), rate(app, 'C', 30)]);
  const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows;
  expect(rows('feedback.rater')).toBe(rows('feedback.rating'));
  const other = await testDb();
  await readBackup(other, during);
  expect(await verifyRatings(other, operator)).toMatchObject({ ok: true });
});

test('by command: written, taken in, verified', async () => {
  const file = join(t.config.dataDir, 'by-command.zip');
  const made = await yiping(['backup', file, '--format', 'json']);
  expect([made.code, made.err]).toEqual([0, '']);
  expect(statSync(file).mode & 0o077).toBe(0);
  const other = await testDb();
  const into = commandOver(other);
  const taken = await into.yiping(['restore', file, '--format', 'json']);
  expect([taken.code, taken.err]).toEqual([0, '']);
  const { at, tables, rows } = JSON.parse(made.out);
  expect(JSON.parse(taken.out)).toEqual({ file, at, tables, rows, differences: { ratings: 0, book: 0 } });
  const again = await into.yiping(['restore', file], { LANG: 'en' });
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('holds data already')]);
});

test('each night one, and the oldest go', async () => {
  const dir = join(t.config.dataDir, 'nightly');
  const deps = { ...t, config: { ...t.config, backups: { dir, keep: 2 } } };
  for (const _night of [1, 2, 3]) {
    await writeScheduled(deps);
    writeFileSync(join(dir, 'note.txt'), 'kept');
    t.clock.advance(86_400_000);
  }
  const copies = readdirSync(dir);
  expect(copies).toHaveLength(3);
  expect(copies.filter((name) => /^yiping-370800-202603\d{8}\.zip$/.test(name))).toHaveLength(2);
  expect(copies).toContain('note.txt');
});
