import { expect, test } from 'vitest';
import type { Day } from '../../kernel/day.ts';
import { workCalendar } from '../../registry/calendar/index.ts';
import { dueDay, judge, type Paper, progressOf, workdaysBetween } from './application.ts';
import { APPLICATION_STATES, type Decision } from './contract.ts';

const day = (text: string) => text as Day;
const paper = (material_no: number, may_follow = false, handed = false): Paper => ({
  ...{ material_no, name: `材料${material_no}`, may_follow },
  handed_at: handed ? new Date(0) : null,
});
const context = { today: day('2026-06-01'), latest: day('2026-06-08') };

test.each<[string, Paper[], Decision, string | number[], number[]?]>([
  ['all is there', [paper(1), paper(2)], { kind: 'accept', handed: [1, 2] }, []],
  ['handed in before', [paper(1, false, true), paper(2)], { kind: 'accept', handed: [2] }, []],
  ['nothing is asked for', [], { kind: 'accept', handed: [] }, []],
  ['one is missing', [paper(1), paper(2)], { kind: 'accept', handed: [1] }, 'acceptance.papers_missing'],
  ['not in the list', [paper(1)], { kind: 'accept', handed: [7] }, 'acceptance.unknown_paper'],
  [
    'it may follow',
    [paper(1), paper(2, true)],
    { kind: 'accept_lacking', handed: [1], until: '2026-06-08' },
    [2],
  ],
  [
    'it may not',
    [paper(1)],
    { kind: 'accept_lacking', handed: [], until: '2026-06-08' },
    'acceptance.may_not_follow',
  ],
  [
    'too late',
    [paper(1, true)],
    { kind: 'accept_lacking', handed: [], until: '2026-06-09' },
    'acceptance.until_wrong',
  ],
  [
    'today',
    [paper(1, true)],
    { kind: 'accept_lacking', handed: [], until: '2026-06-01' },
    'acceptance.until_wrong',
  ],
  [
    'none',
    [paper(1, true)],
    { kind: 'accept_lacking', handed: [1], until: '2026-06-08' },
    'acceptance.nothing_missing',
  ],
  ['told', [paper(1), paper(2)], { kind: 'notice', handed: [1] }, [2]],
  ['only a remark', [paper(1)], { kind: 'notice', handed: [1], remark: '日期填错' }, []],
  ['nothing to tell', [paper(1)], { kind: 'notice', handed: [1] }, 'acceptance.nothing_missing'],
  ['told again', [paper(1), paper(2)], { kind: 'notice', handed: [1] }, [2], [2]],
  ['not told before', [paper(1), paper(2)], { kind: 'notice', handed: [] }, 'acceptance.told_once', [2]],
  ['refused', [paper(1)], { kind: 'refuse', reason: '不属于本机关职权', ground: '第三十二条' }, [1]],
])('%s', (_, papers, decision, expected, named) => {
  const outcome = judge(papers, decision, { ...context, named });
  expect(outcome.kind === 'ok' ? outcome.missing : outcome.code).toEqual(expected);
});

test('fine states stand within the national three', () => {
  const of = (progress: number) => APPLICATION_STATES.filter((state) => progressOf(state) === progress);
  expect(of(1)).toEqual(['consulted', 'noticed']);
  expect(of(2)).toEqual(['accepted', 'paused']);
  expect(of(3)).toEqual(['refused', 'withdrawn', 'approved', 'rejected', 'handed_out']);
});

test('the promise clock runs in working days, without pauses, also over the turn of the year', () => {
  const calendar = workCalendar(
    new Map([
      ['2026-10-01', 'holiday'],
      ['2026-10-02', 'holiday'],
    ]),
  );
  const clock = {
    ...{ acceptedOn: day('2026-09-30'), promisedDays: 3, extendedDays: 0, pausedDays: 0, pausedOn: null },
  };
  const today = day('2026-10-06');
  expect(dueDay(clock, today, calendar)).toBe('2026-10-07');
  expect(dueDay({ ...clock, promisedDays: 0 }, today, calendar)).toBe('2026-09-30');
  expect(dueDay({ ...clock, extendedDays: 2, pausedDays: 1 }, today, calendar)).toBe('2026-10-12');
  expect(dueDay({ ...clock, pausedOn: day('2026-10-05') }, today, calendar)).toBe('2026-10-08');
  // Nothing is published of 2027: New Year's Day, a Friday, counts as worked until it is.
  const late = { ...clock, acceptedOn: day('2026-12-30'), promisedDays: 2 };
  expect(dueDay(late, today, calendar)).toBe('2027-01-01');
  expect([calendar.knowsYearOf(day('2026-12-31')), calendar.knowsYearOf(day('2027-01-01'))]).toEqual([
    true,
    false,
  ]);
  expect(workdaysBetween(day('2026-09-30'), day('2026-10-06'), calendar)).toBe(2);
  expect(workdaysBetween(day('2026-10-06'), day('2026-10-06'), calendar)).toBe(0);
  expect(workdaysBetween(day('2026-10-09'), day('2026-10-11'), calendar)).toBe(0);
});
