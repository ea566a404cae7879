import { z } from 'zod';
import { addDays, dayOf, startOfDay } from '../../kernel/day.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type AnyJob, defineJob, enqueue } from '../../platform/jobs.ts';
import { deliverDue } from './deliver-actions.ts';
import { deleteDeliveries, hasDue } from './delivery-store.ts';
import { messageRulesOn } from './rules.ts';
import { deleteMessages } from './store.ts';

/** The cities that this instance works for; `app/` knows them from the register. */
export type CitiesOf = (deps: Deps) => Promise<readonly string[]>;

const DELIVER = 'message.deliver';

/**
 * Looks through the outbox soon. One look at a time in a queue of its own: a mail server that doesn't answer
 * holds up messages, but never the worker's other work.
 */
export async function deliverSoon(deps: Deps, { cityCode }: { cityCode: string }): Promise<void> {
  const key = `${DELIVER}/${cityCode}`;
  await inTx(deps.db, (tx) => enqueue(tx, DELIVER, { cityCode }, { key, queue: 'message' }));
}

/** Each minute what is due goes out; each night what is old is gone. */
export function messageJobs(citiesOf: CitiesOf): readonly AnyJob[] {
  return [
    defineJob({
      name: DELIVER,
      schema: z.object({ cityCode: z.string() }),
      run: (deps, { cityCode }) => deliverDue(deps, cityCode),
    }),
    defineJob({
      name: 'message.outbox',
      schema: z.unknown(),
      cron: '* * * * *',
      async run(deps) {
        const now = deps.clock.now();
        for (const cityCode of await citiesOf(deps)) {
          if (await hasDue(deps.db.app, cityCode, now)) await deliverSoon(deps, { cityCode });
        }
      },
    }),
    defineJob({
      name: 'message.retention',
      schema: z.unknown(),
      cron: '35 3 * * *',
      async run(deps) {
        const today = dayOf(deps.clock.now());
        const before = startOfDay(addDays(today, -messageRulesOn(today).keepDays));
        for (const cityCode of await citiesOf(deps)) {
          await inTx(deps.db, async (tx) => {
            await deleteMessages(tx, cityCode, before);
            await deleteDeliveries(tx, cityCode, before);
          });
        }
      },
    }),
  ];
}
