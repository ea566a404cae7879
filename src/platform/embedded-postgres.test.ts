import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { borrowEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { livingPostmaster } from './postgres-cluster.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const dataDir = await mkdtemp(join(tmpdir(), 'yiping-embedded-'));
const options = { dataDir, log };

afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query({ text, rowMode: 'array' });
  await client.end();
  return rows.flat();
}

test('what was committed is there after a stop', { timeout: 60_000 }, async () => {
  const first = await startEmbeddedPostgres(options);
  await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS a');
  expect(await ask(first.url, "SELECT current_setting('fsync'), current_setting('TimeZone')")).toEqual([
    'on',
    'Asia/Shanghai',
  ]);
  await first.stop();
  expect(await livingPostmaster({ dir: join(dataDir, 'postgres') })).toBeUndefined();
  const second = await startEmbeddedPostgres(options);
  expect(await ask(second.url, 'SELECT a FROM kept')).toEqual([1]);
  await second.stop();
});

test('the password is readable by its owner only', async () => {
  expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
});

test('a start takes over what a killed server has left behind', async () => {
  const moduleUrl = new URL('./embedded-postgres.ts', import.meta.url);
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(moduleUrl)});
    const log = { info() {}, warn() {}, error() {} };
    const { url } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log });
    console.log(url);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  await ask(url.trim(), 'INSERT INTO kept VALUES (2)');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const left = await livingPostmaster({ dir: join(dataDir, 'postgres') });
  expect(left?.ready).toBe(true);
  const next = await startEmbeddedPostgres(options);
  expect(await ask(next.url, 'SELECT a FROM kept ORDER BY a')).toEqual([1, 2]);
  await next.stop();
});

test('a second server is refused, a command is let in', async () => {
  const server = await startEmbeddedPostgres(options);
  await expect(startEmbeddedPostgres(options)).rejects.toThrow(
    /is in use by the server with process number \d+/,
  );
  const borrowed = await borrowEmbeddedPostgres(options);
  expect(await ask(borrowed.url, 'SELECT count(*)::int FROM kept')).toEqual([2]);
  await borrowed.stop();
  expect(await ask(server.url, 'SELECT 1')).toEqual([1]);
  await server.stop();
});

test('a command without a server has the database to itself until the last one is done', async () => {
  const first = await borrowEmbeddedPostgres(options);
  const second = await borrowEmbeddedPostgres(options);
  expect(second.url).toBe(first.url);
  const stopped = first.stop();
  expect(await ask(second.url, 'SELECT count(*)::int FROM kept')).toEqual([2]);
  await second.stop();
  await stopped;
  expect(await readFile(join(dataDir, 'postgres/postmaster.pid')).catch(() => 'gone')).toBe('gone');
});

test('the server runs in a process group of its own, never as root', async () => {
  const server = await startEmbeddedPostgres(options);
  const postmaster = await livingPostmaster({ dir: join(dataDir, 'postgres') });
  const seen = execFileSync('ps', ['-o', 'pgid=,uid=', '-p', String(postmaster?.pid)], { encoding: 'utf8' });
  const [group, uid] = seen.trim().split(/\s+/).map(Number);
  expect(group).toBe(postmaster?.pid);
  expect(uid).not.toBe(0);
  await server.stop();
});

test('a folder that is a file is refused with a sentence', async () => {
  const file = fileURLToPath(import.meta.url);
  await expect(startEmbeddedPostgres({ dataDir: file, log })).rejects.toThrow(
    /can't be used: choose a folder/,
  );
});
