import type { Day } from '../../kernel/day.ts';
import type { WorkingDays } from '../../kernel/deadline.ts';
import type { RefusalParams } from '../../kernel/refusal.ts';
import type { ApplicationState, Decision } from './contract.ts';

/** The national three-state model (domain §2): 1 to do, 2 accepted, 3 completed. */
export function progressOf(state: ApplicationState): 1 | 2 | 3 {
  if (state === 'consulted' || state === 'noticed') return 1;
  return state === 'accepted' || state === 'paused' ? 2 : 3;
}

/** A paper of a case, as its list stood when it came. */
export interface Paper {
  readonly material_no: number;
  readonly name: string;
  readonly may_follow: boolean;
  readonly handed_at: Date | null;
}

export type Judged =
  | { kind: 'ok'; missing: readonly number[] }
  | { kind: 'no'; code: string; params: RefusalParams; field: string };

export interface JudgeContext {
  readonly today: Day;
  /** The last day that papers which may follow can be given. */
  readonly latest: Day;
  /** What an earlier notice named, where there was one: nothing else may be asked for afterwards. */
  readonly named?: readonly number[] | undefined;
}

/**
 * Whether a clerk may decide so, given what is handed in: acceptance needs every paper, acceptance with
 * missing ones only such as may follow (容缺受理), and a notice names all that is missing at once
 * (《行政许可法》第三十二条第四项).
 */
export function judge(papers: readonly Paper[], decision: Decision, context: JudgeContext): Judged {
  const handed = new Set('handed' in decision ? decision.handed : []);
  const known = new Set(papers.map((paper) => paper.material_no));
  if ([...handed].some((number) => !known.has(number))) return no('acceptance.unknown_paper', 'handed');
  const missing = papers.filter((paper) => paper.handed_at === null && !handed.has(paper.material_no));
  const numbers = missing.map((paper) => paper.material_no);
  const named = (list: readonly Paper[]): RefusalParams => ({
    papers: list.map(({ name }) => name).join('、'),
  });
  const ok: Judged = { kind: 'ok', missing: numbers };
  switch (decision.kind) {
    case 'accept':
      return missing.length === 0 ? ok : no('acceptance.papers_missing', 'handed', named(missing));
    case 'accept_lacking': {
      if (missing.length === 0) return no('acceptance.nothing_missing', 'handed');
      const needed = missing.filter((paper) => !paper.may_follow);
      if (needed.length > 0) return no('acceptance.may_not_follow', 'handed', named(needed));
      const inTime = decision.until > context.today && decision.until <= context.latest;
      return inTime ? ok : no('acceptance.until_wrong', 'until', { latest: context.latest });
    }
    case 'notice': {
      if (missing.length === 0 && !decision.remark) return no('acceptance.nothing_missing', 'handed');
      const fresh = missing.filter((paper) => context.named?.includes(paper.material_no) === false);
      return fresh.length === 0 ? ok : no('acceptance.told_once', 'handed', named(fresh));
    }
    default:
      return ok;
  }
}

function no(code: string, field: string, params: RefusalParams = {}): Judged {
  return { kind: 'no', code, field, params };
}

/** What the promise clock runs by. */
export interface PromiseClock {
  readonly acceptedOn: Day;
  readonly promisedDays: number;
  readonly extendedDays: number;
  readonly pausedDays: number;
  /** The day on which it was stopped, while it stands. */
  readonly pausedOn: Day | null;
}

/** Working days after `from` up to `to`. */
export function workdaysBetween(from: Day, to: Day, calendar: WorkingDays): number {
  let count = 0;
  for (let day = from; day < to; count += 1) {
    day = calendar.addWorkdays(day, 1);
    if (day > to) break;
  }
  return count;
}

/** Working days within which the case has to be settled: the promise, its extension, what didn't count. */
export function allowedDays(clock: PromiseClock, today: Day, calendar: WorkingDays): number {
  const standing = clock.pausedOn === null ? 0 : workdaysBetween(clock.pausedOn, today, calendar);
  return clock.promisedDays + clock.extendedDays + clock.pausedDays + standing;
}

/**
 * The last day of the promise: the day of acceptance is day 0. It is reckoned anew whenever it is looked at,
 * so that a calendar published later, or a correction of it, holds for open cases too.
 */
export function dueDay(clock: PromiseClock, today: Day, calendar: WorkingDays): Day {
  const days = allowedDays(clock, today, calendar);
  return days === 0 ? clock.acceptedOn : calendar.addWorkdays(clock.acceptedOn, days);
}
