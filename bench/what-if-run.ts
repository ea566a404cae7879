/** Tries a draft of the scheme on one month of an instance and tells how long that took. */
import { openInstance } from '../src/app/wire.ts';
import { tryDraft } from '../src/close/month/what-if-actions.ts';
import { dayOf } from '../src/kernel/day.ts';
import { firstDay, monthOf, nextMonth } from '../src/kernel/month.ts';
import { createDraft } from '../src/ledger/scheme/draft-actions.ts';
import { cliActor } from '../src/oversight/access/index.ts';
import { loadConfig } from '../src/platform/config.ts';
import { openLog } from '../src/platform/log.ts';

/** What the process prints as its last line. */
export interface Tried {
  seconds: number;
  /** Highest resident memory in megabytes (10^6 bytes). */
  rss: number;
  moved: number;
}

const config = loadConfig();
const { deps, close } = await openInstance(config, { as: 'command', log: openLog('error') });
const actor = cliActor(config.cityCode);
const from = firstDay(nextMonth(monthOf(dayOf(deps.clock.now()))));
const change = (key: string, value: string) => ({ key, from, value, source: 'bench' });
const changes = [change('daily.base_points', '24.00'), change('rules.rating.dissatisfied', '-3.00')];
const draft = await createDraft(deps, actor, { title: 'bench', effectiveFrom: from, changes }, 'en');
const start = performance.now();
const { summary } = await tryDraft(deps, actor, draft.id, {
  month: process.argv[2] ?? '',
  subject: 'staff',
  sort: 'shift',
  order: 'asc',
  format: 'json',
});
const tried: Tried = {
  seconds: (performance.now() - start) / 1000,
  rss: (process.resourceUsage().maxRSS * 1024) / 1e6,
  moved: summary.moved,
};
await close();
process.stdout.write(`${JSON.stringify(tried)}\n`);
