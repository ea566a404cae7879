import { afterAll } from 'vitest';
import { fillBasics } from '../../src/app/fill.ts';
import { importOptionsOf } from '../../src/app/import-routes.ts';
import { createServer } from '../../src/app/server.ts';
import { importKinds, staffExists } from '../../src/app/slices.ts';
import { jobs } from '../../src/app/wire.ts';
import { createApiKey, createUser, systemActor } from '../../src/oversight/access/index.ts';
import type { Http } from '../../src/platform/http.ts';
import { findKind, type ImportReport, importFile } from '../../src/platform/imports.ts';
import { startWorker, workOff } from '../../src/platform/jobs.ts';
import { type TestDb, testDb } from './db.ts';
import { hallFiles, type RecordForm } from './hall.ts';
import { Browser, CITY, operator } from './office.ts';

/** What became of a service record handed in by the API. */
export interface HandedIn {
  projectNo: string;
  serviceNumber: number;
  outcome: string;
  ratingUrl: string;
  shortCode: string;
}

export interface Person {
  id: string;
  username: string;
  password: string;
  /** Signed in already. */
  page: Browser;
}

export interface App {
  t: TestDb;
  http: Http;
  /** Where it is served; empty unless `served`. */
  url: string;
  /** The whole city's key. */
  key: string;
  /** Loads a file of one kind as the operator does, and expects it to be taken. */
  load(kind: string, csv: string): Promise<ImportReport>;
  newKey(scope: string): Promise<string>;
  /** An account that is signed in, without a second factor as in the demo. */
  person(role: string, options?: { scope?: string; staffNo?: string; name?: string }): Promise<Person>;
  /** A call of another system. */
  api(method: 'GET' | 'POST', path: string, payload?: unknown, key?: string | null): Answer;
  handIn(records: readonly RecordForm[]): Promise<HandedIn[]>;
  /** Works off what facts have set off. */
  settle(): Promise<void>;
}

type Answer = ReturnType<App['http']['inject']> extends infer Chain ? Promise<Awaited<Chain>> : never;

/**
 * The whole product over a database of its own with the small hall of hall.ts: what `npm start` runs, for
 * the file that calls this at its top. `served` lets it listen, for browsers, and starts the worker.
 */
export async function openApp(options: { now?: Date; served?: boolean } = {}): Promise<App> {
  const t = await testDb({ ...(options.now ? { now: options.now } : {}), config: { demo: true } });
  await fillBasics(t);
  const http = await createServer(t);
  afterAll(() => http.close());
  const served = options.served ? await serve(t, http) : '';
  const app = appOver(t, http, served);
  for (const [kind, csv] of hallFiles) await app.load(kind, csv);
  app.key = await app.newKey(CITY);
  return app;
}

async function serve(t: TestDb, http: Http): Promise<string> {
  const url = await http.listen({ port: 0, host: '127.0.0.1' });
  t.config.publicUrl = url;
  const worker = await startWorker(t, jobs);
  afterAll(() => worker.stop());
  return url;
}

function appOver(t: TestDb, http: Http, url: string): App {
  let made = 0;
  const app: App = {
    t,
    http,
    url,
    key: '',
    async load(kind, csv) {
      const file = { bytes: Buffer.from(csv), name: `${kind}.csv` };
      const found = findKind(importKinds, kind);
      const report = await importFile(t, found, file, importOptionsOf(t, operator, {}));
      if (report.outcome === 'loaded') return report;
      throw new Error(`${kind}: ${JSON.stringify(report.problems[0])}`);
    },
    async newKey(scope) {
      made += 1;
      return (await createApiKey(t, operator, { name: `system ${made}`, scope })).key;
    },
    async person(role, { name, ...grant } = {}) {
      made += 1;
      const username = `${role.slice(0, 16)}_${made}`;
      const given = { username, role, lasting: true, ...(name ? { name } : {}), ...grant };
      const { password, user } = await createUser(t, systemActor(CITY, 'test'), given, (city, staffNo) =>
        staffExists(t, city, staffNo),
      );
      const page = new Browser(() => http);
      const answer = await page.signIn(username, password);
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return { id: user.id, username, password, page };
    },
    api: (method, path, payload, key = app.key) =>
      http.inject({
        method,
        url: `/api/v1${path}`,
        ...(key === null ? {} : { headers: { authorization: `Bearer ${key}` } }),
        ...(payload === undefined ? {} : { payload: payload as object }),
      }),
    async handIn(records) {
      const answer = await app.api('POST', '/service-records', records);
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
    settle: () => workOff(t, jobs),
  };
  return app;
}

/** The token in a rating link. */
export function tokenOf(link: { ratingUrl: string }): string {
  return link.ratingUrl.slice(link.ratingUrl.lastIndexOf('/') + 1);
}
