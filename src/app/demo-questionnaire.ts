import { demoContent, demoSheets } from '../../db/seed/questionnaire.ts';
import { random } from '../../db/seed/random.ts';
import { beginQuestionnaire, openAt, publish, takeSheet } from '../feedback/questionnaire/index.ts';
import { addDays, dayOf } from '../kernel/day.ts';
import { systemActor } from '../oversight/access/index.ts';
import type { Deps } from '../platform/deps.ts';

const ID = '0de30000-0000-4000-8000-000000000056';
const DAY_MS = 86_400_000;
const WINDOWS = 9;

/**
 * The demo's questionnaire with its sheets, each of its own day; answers how many. A repeat adds nothing.
 * @param windows codes of the hall's windows
 */
export async function fillQuestionnaire(
  deps: Deps,
  { seed, at, windows }: { seed: number; at: Date; windows: readonly string[] },
): Promise<number> {
  const { cityCode } = deps.config;
  const actor = systemActor(cityCode, 'demo');
  const begun: Deps = { ...deps, clock: { now: () => at } };
  const from = addDays(dayOf(at), -13);
  await beginQuestionnaire(begun, actor, { id: ID, content: demoContent });
  await publish(begun, actor, ID, {
    ...{ revision: 1, from, until: addDays(dayOf(at), 60), regions: [], windows: [] },
  });
  const chosen = windows.slice(0, WINDOWS);
  const sheets = demoSheets(random(seed), chosen.length);
  for (const [place, { window, daysAgo, answers }] of sheets.entries()) {
    const windowCode = chosen[window] ?? '';
    const now = new Date(at.getTime() - daysAgo * DAY_MS);
    const [questionnaire] = await openAt(deps.db.app, { cityCode, windowCode }, now);
    if (questionnaire === undefined) continue;
    await takeSheet({ ...deps, clock: { now: () => now } }, cityCode, {
      ...{ questionnaire, windowCode, answers, channel: 'qr', device: null },
      clientId: `demo-${place}`,
    });
  }
  return sheets.length;
}
