import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../src/platform/free-port.ts';
import type { Bench } from './bench.ts';
import { ready, spawnServer, stopProcess } from './instance.ts';
import { print, timed } from './line.ts';

/** `npm start` on the data that the other benchmarks have left, until the first ready answer. */
export async function secondStart(bench: Bench): Promise<void> {
  await bench.instance.stop();
  // Files that the database has just written would otherwise still be on their way to the disk.
  await sleep(bench.quick ? 0 : 2000);
  const port = await freePort();
  const env = { ...bench.instance.env, PORT: String(port) };
  const { seconds } = await timed(async () => {
    const server = spawnServer(env);
    try {
      await ready(server, port);
    } finally {
      stopped = stopProcess(server.process);
    }
  });
  await stopped;
  print({ bench: 'start', metric: 'second_start', value: seconds, unit: 's' });
}

let stopped: Promise<void> = Promise.resolve();
