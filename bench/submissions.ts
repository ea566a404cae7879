import { linkChannels, tokenFor } from '../src/intake/invitation/index.ts';
import type { StepId } from '../src/kernel/ids.ts';
import type { Deps } from '../src/platform/deps.ts';
import { addRecords, BIG, type Records } from './hall.ts';
import { type Requests, requestsOf, requestText } from './load.ts';

/** Services of the last minutes that can be rated now. */
export function freshRecords(deps: Deps, count: number): Promise<Records> {
  const now = deps.clock.now();
  const ratableUntil = new Date(now.getTime() + 7 * 86_400_000);
  // All in one moment: a span could cross the end of a month.
  return addRecords(deps, BIG, count, { from: now, to: now, ratableUntil });
}

export function tokenAt(deps: Deps, records: Records, at: number): string {
  return tokenFor(deps.keys, String(records.firstStep + BigInt(at)) as StepId, linkChannels.qr);
}

/** One request to `POST /api/v1/ratings` for each record, every one different. */
export function submissionsOf(deps: Deps, records: Records, port: number): Requests {
  const host = `127.0.0.1:${port}`;
  const texts = function* (): Generator<string> {
    for (let at = 0; at < records.count; at += 1) {
      const body = JSON.stringify(submission(tokenAt(deps, records, at), at));
      yield requestText({ method: 'POST', path: '/api/v1/ratings', host, body });
    }
  };
  return requestsOf(texts());
}

/** 98.5 of 100 are good; every fifth fills in the dimensions; a bad one says why. */
function submission(token: string, at: number): object {
  const id = `bench-${at}`;
  if (at % 200 < 3) {
    const writingEvaluation = '窗口叫号以后等了四十分钟，没有人解释原因。';
    return { token, satisfaction: 2, evalDetail: ['214'], writingEvaluation, id };
  }
  if (at % 5 === 0)
    return { token, satisfaction: 5, evalDetail: ['510', '517'], process: 5, efficiency: 4, attitude: 5, id };
  return at % 2 === 0
    ? { token, satisfaction: 5, evalDetail: ['510'], id }
    : { token, satisfaction: 4, evalDetail: ['413'], id };
}
