import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutDir } from '../src/platform/config.ts';
import type { Bench } from './bench.ts';
import { BenchError, print, say } from './line.ts';
import { type LoadResult, load, perSecond, type Requests, requestsOf, requestText } from './load.ts';
import { freshRecords, tokenAt } from './submissions.ts';

const NAME = 'rating-page';
const CONNECTIONS = [32, 128];
const PAGES = 2000;

/** What a phone's browser says it takes, and what a bare client does. */
const READERS: { metric: string; headers: Record<string, string> }[] = [
  {
    metric: 'pages',
    headers: { 'Accept-Encoding': 'gzip, deflate, br', 'Accept-Language': 'zh-CN,zh;q=0.9' },
  },
  { metric: 'pages_uncompressed', headers: { 'Accept-Language': 'zh-CN,zh;q=0.9' } },
];

/**
 * The citizen's page, each time of another service, against a file of as many bytes as travel, from the same
 * server. The file is random bytes: nothing compresses it on the way.
 */
export async function ratingPage(bench: Bench): Promise<void> {
  const { deps, instance, quick } = bench;
  const seconds = quick ? 1 : 5;
  const records = await freshRecords(deps, PAGES);
  const host = `127.0.0.1:${instance.port}`;
  for (const { metric, headers } of READERS) {
    const texts = Array.from({ length: PAGES }, (_, at) =>
      requestText({ method: 'GET', path: `/r/${tokenAt(deps, records, at)}`, host, headers }),
    );
    const pages = requestsOf(texts);
    const { bodyBytes } = await measured(bench, pages, 32, seconds / 2);
    const file = staticFile(bodyBytes);
    try {
      const files = requestsOf([requestText({ method: 'GET', path: file.path, host, headers })]);
      await measured(bench, files, 32, seconds / 2);
      const ours: number[] = [];
      const theirs: number[] = [];
      for (const connections of CONNECTIONS) {
        ours.push(perSecond(await measured(bench, pages, connections, seconds)));
        theirs.push(perSecond(await measured(bench, files, connections, seconds)));
      }
      print({
        bench: NAME,
        metric,
        value: Math.max(...ours),
        unit: 'per second',
        baseline: Math.max(...theirs),
        note: `${bodyBytes} bytes`,
      });
    } finally {
      file.remove();
    }
  }
  say(`${NAME}: the server holds ${Math.round(instance.memory().now)} MB`);
}

async function measured(
  bench: Bench,
  requests: Requests,
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const result = await load(requests, { port: bench.instance.port, connections, seconds, repeat: true });
  const { 200: good = 0, ...others } = result.statuses;
  if (good > 0 && result.broken === 0 && Object.keys(others).length === 0) return result;
  throw new BenchError(
    `${NAME}: answers were ${JSON.stringify(result.statuses)}, ${result.broken} broke off.`,
  );
}

/** A file among those that the server hands out as they are. */
function staticFile(bytes: number): { path: string; remove(): void } {
  const folder = join(checkoutDir, 'web/admin/dist/assets');
  const name = `bench-${randomBytes(6).toString('hex')}.bin`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), randomBytes(bytes));
  return { path: `/admin/assets/${name}`, remove: () => rmSync(join(folder, name), { force: true }) };
}
