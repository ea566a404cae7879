import { expect, test } from 'vitest';
import { leastLoaded, mayDecide, type Step } from './approval.ts';

const step = (given: Partial<Step> = {}): Step => ({
  ...{ step_no: 2, department_code: 'A', two_person: true, state: 'open', decided_by: null },
  ...given,
});
const earlier = step({ step_no: 1, state: 'passed', decided_by: 'G2' });
const by = { staffNo: 'G9', departmentCode: 'A' };
const counter = { handledBy: new Set(['G1']), instant: false };

test.each<[string, Step, typeof by, Partial<typeof counter>, string | undefined]>([
  ['somebody else of the department', step(), by, {}, undefined],
  ['of another department', step(), { ...by, departmentCode: 'B' }, {}, 'approval.not_yours'],
  ['the acceptor', step(), { ...by, staffNo: 'G1' }, {}, 'approval.two_people'],
  ['whoever decided the step before', step(), { ...by, staffNo: 'G2' }, {}, 'approval.two_people'],
  ['the same where one is enough', step({ two_person: false }), { ...by, staffNo: 'G1' }, {}, undefined],
  ['done', step({ state: 'passed' }), by, {}, 'approval.step_over'],
  ['not reached', step({ state: 'waiting' }), by, {}, 'approval.step_over'],
  [
    'settled at once by the acceptor',
    step({ two_person: false }),
    { staffNo: 'G1', departmentCode: 'B' },
    { instant: true },
    undefined,
  ],
  [
    'at once, two people',
    step(),
    { staffNo: 'G1', departmentCode: 'B' },
    { instant: true },
    'approval.not_yours',
  ],
])('%s', (_, at, who, origin, expected) => {
  expect(mayDecide(at, [earlier, at], who, { ...counter, ...origin })).toBe(expected);
});

test('a step goes to whoever has the least, of those who may', () => {
  const loads = [
    { staff_no: 'G1', count: 0 },
    { staff_no: 'G2', count: 2 },
    { staff_no: 'G3', count: 1 },
  ];
  expect(leastLoaded(loads, new Set(['G2', 'G3']))).toBe('G3');
  expect(leastLoaded(loads, new Set(['G1', 'G2', 'G3']))).toBe('G1');
  expect(leastLoaded(loads, new Set())).toBe(null);
});
