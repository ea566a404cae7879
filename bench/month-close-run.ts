/** Closes one month of an instance and tells how long that took, in a process with its own memory. */
import { openInstance } from '../src/app/wire.ts';
import { closeMonth } from '../src/close/month/index.ts';
import { month } from '../src/kernel/month.ts';
import { cliActor } from '../src/oversight/access/index.ts';
import { loadConfig } from '../src/platform/config.ts';
import { openLog } from '../src/platform/log.ts';

/** What the process prints as its last line. */
export interface Closed {
  seconds: number;
  /** Highest resident memory in megabytes (10^6 bytes). */
  rss: number;
  staff: number;
  windows: number;
  rated: number;
}

const config = loadConfig();
const { deps, close } = await openInstance(config, { as: 'command', log: openLog('error') });
const start = performance.now();
const result = await closeMonth(deps, cliActor(config.cityCode), month(process.argv[2] ?? ''));
const closed = {
  seconds: (performance.now() - start) / 1000,
  rss: (process.resourceUsage().maxRSS * 1024) / 1e6,
  ...result,
};
await close();
process.stdout.write(`${JSON.stringify(closed)}\n`);
