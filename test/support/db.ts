import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { steppingClock } from '../../src/platform/clock.ts';
import type { Config } from '../../src/platform/config.ts';
import { deriveKeys } from '../../src/platform/crypto.ts';
import { openDb } from '../../src/platform/db.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { openLog } from '../../src/platform/log.ts';
import { queryOnce, TEMPLATE, withDatabase } from './database-url.ts';

/** A Wednesday at ten in the morning, in the hall's time. */
export const WORKING_MORNING = new Date('2026-03-11T10:00:00+08:00');

export interface TestDb extends Deps {
  clock: ReturnType<typeof steppingClock>;
  /** Addresses of this file's database, for code that opens its own pools. */
  ownerUrl: string;
  appUrl: string;
}

/**
 * A database of its own for one test file, cloned from the migrated template, with the owner's pool and the
 * restricted application's; dropped when the file is done. Call it at the top of a file or of a `describe`:
 * `const t = await testDb();` What it returns is a complete `Deps`.
 * @param options.now where the clock stands until `t.clock.set` or `advance` moves it
 */
export async function testDb(options: { now?: Date; config?: Partial<Config> } = {}): Promise<TestDb> {
  const server = inject('testServer');
  if (server.broken !== null) throw new Error(server.broken);
  const name = `yiping_test_${randomBytes(6).toString('hex')}`;
  await queryOnce(server.ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const ownerUrl = withDatabase(server.ownerUrl, name);
  const appUrl = asUser(ownerUrl, server.appUser, server.appPassword);
  const dataDir = await mkdtemp(join(tmpdir(), 'yiping-test-data-'));
  const config = { ...testConfig(dataDir), databaseUrl: ownerUrl, databaseAppUrl: appUrl, ...options.config };
  const db = openDb({ owner: ownerUrl, app: appUrl, read: config.databaseReadUrl });
  afterAll(async () => {
    await db.close();
    await queryOnce(server.ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    await rm(dataDir, { recursive: true, force: true });
  });
  const log = openLog(config.logLevel);
  const keys = deriveKeys(config.secretKey);
  return { config, clock: steppingClock(options.now ?? WORKING_MORNING), log, db, keys, ownerUrl, appUrl };
}

/** Settings of a test instance; LOG_LEVEL lets its log be read while a test is being written. */
function testConfig(dataDir: string): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1',
    tls: null,
    trustProxy: [],
    databaseUrl: null,
    databaseAppUrl: null,
    databaseReadUrl: null,
    dataDir,
    secretKey: 'a secret for tests, not used anywhere else',
    demo: false,
    cityCode: '370800',
    logLevel: process.env.LOG_LEVEL ?? 'silent',
    sms: { adapter: 'file' },
    mail: null,
    robotOrigins: [],
    backups: null,
    lang: 'zh-CN',
  };
}

function asUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
}
