import type { TestProject } from 'vitest/node';
import { systemClock } from '../../src/platform/clock.ts';
import { appRoleOf, migrate } from '../../src/platform/migrate.ts';
import { startCluster } from './cluster.ts';
import { queryOnce, TEMPLATE, withDatabase } from './database-url.ts';

/** What the test processes need to clone the migrated template. */
export interface TestServer {
  ownerUrl: string;
  appUser: string;
  appPassword: string;
  /** Why the template couldn't be migrated; every test that wants a database says so. */
  broken: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** Nothing in a test has to survive a power cut. */
const HASTY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
};

/**
 * One server for the whole run, one migrated template in it. TEST_DATABASE_URL (of a superuser) takes a
 * server that is already there; TEST_POSTGRES_PROGRAMS (a folder with bin/postgres) takes other programs
 * than the embedded ones.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startCluster(HASTY);
  const template = withDatabase(server.url, TEMPLATE);
  await queryOnce(server.url, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await queryOnce(server.url, `CREATE DATABASE ${TEMPLATE}`);
  const role = appRoleOf(template, null, 'test');
  const broken = await migrate(template, role, systemClock.now()).then(
    () => null,
    (error: Error) => error.message,
  );
  project.provide('testServer', {
    ownerUrl: server.url,
    appUser: role.user,
    appPassword: role.password,
    broken,
  });
  return server.stop;
}
