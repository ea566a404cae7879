import { runDetectors } from '../src/handling/integrity/run-actions.ts';
import { dayOf } from '../src/kernel/day.ts';
import { addMonths, firstDay, lastDay, monthOf } from '../src/kernel/month.ts';
import { cliActor } from '../src/oversight/access/index.ts';
import type { Bench } from './bench.ts';
import { fillFraudMonth, KINDS, type Truth } from './fraud-month.ts';
import { print, say, timed } from './line.ts';

const NAME = 'detectors';
const RATINGS = { quick: 100_000, whole: 1_000_000 };

/** All detectors over a month with planted frauds of each kind: how long, and how well. */
export async function detectors(bench: Bench): Promise<void> {
  const { deps, quick } = bench;
  // Neither the big month nor the small one: their ratings have no devices.
  const month = addMonths(monthOf(dayOf(deps.clock.now())), -4);
  const ratings = quick ? RATINGS.quick : RATINGS.whole;
  const made = await timed(() => fillFraudMonth(deps, month, ratings));
  say(`${NAME}: the month took ${made.seconds.toFixed(1)} s to make`);
  const actor = cliActor(deps.config.cityCode);
  const range = { from: firstDay(month), to: lastDay(month) };
  const { seconds, result } = await timed(() => runDetectors(deps, actor, range));
  print({ bench: NAME, metric: 'month', value: seconds, unit: 's', note: `${ratings} ratings` });
  say(`${NAME}: ${result.found} findings`);
  await judge(bench, made.result);
}

interface Judged {
  detector: string;
  finding_id: string;
  steps: string[];
}

/** A finding is right when most of its evidence is of one kind's frauds; a fraud is found by a right one. */
async function judge({ deps }: Bench, truth: Truth): Promise<void> {
  const { rows } = await deps.db.owner.query<Judged>(
    `SELECT f.detector, f.finding_id, array_agg(e.step_id::text) AS steps
     FROM handling.integrity_finding f
     JOIN handling.integrity_evidence e ON e.city_code = f.city_code AND e.finding_id = f.finding_id
     WHERE f.city_code = $1 GROUP BY 1, 2`,
    [deps.config.cityCode],
  );
  for (const kind of KINDS) {
    const cases = new Set([...truth.values()].filter((one) => one.startsWith(`${kind} `)));
    const findings = rows.filter(({ detector }) => detector === kind);
    const caught = new Set<string>();
    let right = 0;
    for (const { steps } of findings) {
      const planted = steps.flatMap((step) => truth.get(step) ?? []).filter((one) => cases.has(one));
      if (planted.length * 2 <= steps.length) continue;
      right += 1;
      for (const one of planted) caught.add(one);
    }
    const hits = `${caught.size} of ${cases.size} frauds`;
    const note = `${kind}: ${findings.length} findings, ${right} right; ${hits}`;
    const precision = findings.length === 0 ? 0 : right / findings.length;
    print({ bench: NAME, metric: `precision_${kind}`, value: precision, unit: 'share', note });
    print({ bench: NAME, metric: `recall_${kind}`, value: caught.size / cases.size, unit: 'share', note });
  }
}
