/** A worker as a process of its own, for tests that kill it: the look at the clock, then whatever follows. */
import { jobs, openInstance } from '../../src/app/wire.ts';
import { steppingClock } from '../../src/platform/clock.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { startWorker } from '../../src/platform/jobs.ts';

const clock = steppingClock(new Date(process.argv[2] ?? ''));
const { deps } = await openInstance(loadConfig(), { as: 'command', clock });
await startWorker(deps, jobs);
