import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day, dayOf, timeOn } from '../../kernel/day.ts';
import { believableDay, findingNumber, fits, isAbout, isRecorder, stateOf } from './finding.ts';

describe('a finding', () => {
  it.each([
    [null, null, 'open'],
    ['b', null, 'confirmed'],
    [null, 'b', 'rejected'],
  ])('confirmed by %s, turned down by %s: %s', (confirmed_by, rejected_by, state) => {
    expect(stateOf({ confirmed_by, rejected_by })).toBe(state);
  });

  it('has one number for one form, however its id is written', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const number = findingNumber('patrol', id);
        expect(number).toBe(findingNumber('patrol', id.toUpperCase()));
        expect(number).toMatch(/^XC-[0-9a-f]{16}$/);
        expect(findingNumber('mystery', id)).not.toBe(number);
      }),
    );
  });
});

describe('the second person', () => {
  const recorded = { recorded_by: 'supervisor_1', recorded_id: 'a1', recorded_staff: 'S9' };
  it.each([
    ['the same account', { id: 'a1', username: 'x', name: 'x' }, true],
    ['another account of the same person', { id: 'a2', username: 'y', name: 'y', staffNo: 'S9' }, true],
    ['somebody else', { id: 'a3', username: 'z', name: 'z', staffNo: 'S8' }, false],
    ['somebody without a staff number', { id: 'a3', username: 'z', name: 'z' }, false],
    ['a name in a file', { id: 'a4', username: 'w', name: 'supervisor_1' }, true],
  ])('%s', (_, person, same) => {
    expect(isRecorder(recorded, person)).toBe(same);
  });

  it('is not the person it is about', () => {
    expect(isAbout({ kind: 'staff', code: 'S1' }, { staffNo: 'S1' })).toBe(true);
    expect(isAbout({ kind: 'window', code: 'S1' }, { staffNo: 'S1' })).toBe(false);
    expect(isAbout({ kind: 'staff', code: 'S1' }, {})).toBe(false);
  });
});

describe('what a phone claims', () => {
  const arrived = timeOn(day('2026-06-10'), '09:00');
  it.each([
    ['2026-06-10', undefined],
    ['2026-06-09', '2026-06-09'],
    ['2026-06-07', '2026-06-07'],
    ['2026-06-06', undefined],
    ['2026-06-11', undefined],
  ])('seen on %s: %s', (claimed, believed) => {
    expect(believableDay(timeOn(day(claimed), '15:00'), arrived, 3)).toBe(believed);
  });

  it('never moves a finding into the future or further back than the rule', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 60 }), (days, most) => {
        const claimed = timeOn(addDays(dayOf(arrived), days), '12:00');
        const believed = believableDay(claimed, arrived, most);
        expect(believed).toBe(days < 0 && days >= -most ? dayOf(claimed) : undefined);
      }),
    );
  });
});

it('stationing charges windows and departments, never a person', () => {
  expect(fits('stationing.chief_absent', { kind: 'staff', code: 'S1' })).toBe(false);
  expect(fits('stationing.chief_absent', { kind: 'window', code: 'T01' })).toBe(true);
  expect(fits('daily.late', { kind: 'staff', code: 'S1' })).toBe(true);
});
