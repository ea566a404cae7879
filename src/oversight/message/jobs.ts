import { z } from 'zod';
import { addDays, dayOf, startOfDay } from '../../kernel/day.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { type AnyJob, defineJob } from '../../platform/jobs.ts';
import { keepDaysOn } from './rules.ts';
import { deleteMessages } from './store.ts';

/** The cities that this instance works for; `app/` knows them from the register. */
export type CitiesOf = (deps: Deps) => Promise<readonly string[]>;

/** Each night: messages older than the rule says are gone. */
export function messageRetentionJob(citiesOf: CitiesOf): AnyJob {
  return defineJob({
    name: 'message.retention',
    schema: z.unknown(),
    cron: '35 3 * * *',
    async run(deps) {
      const today = dayOf(deps.clock.now());
      const before = startOfDay(addDays(today, -keepDaysOn(today)));
      for (const cityCode of await citiesOf(deps)) {
        await inTx(deps.db, (tx) => deleteMessages(tx, cityCode, before));
      }
    },
  });
}
