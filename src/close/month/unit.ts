import type { PeriodState } from '../../kernel/assessment.ts';
import { expandRegionCode } from '../../kernel/codes.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import type { Unit } from '../../ledger/period/index.ts';
import { unitOf } from './gather.ts';

defineRefusals({
  'month.unit_malformed': {
    status: 422,
    zh: '“{unit}”不是考核单位。请填写市级大厅或县级大厅的区划代码（6 位或 12 位）。',
    en:
      '"{unit}" is no unit of assessment. Give the region of the city hall or of a county hall, with 6 or ' +
      '12 digits.',
  },
  'month.unit_unknown': {
    status: 422,
    zh: '{month} 没有 {unit} 这个考核单位。该月的考核单位有：{units}。',
    en: '{month} has no unit of assessment {unit}. Those of the month are {units}.',
  },
});

/**
 * The hall that somebody named by its region: the city hall, or a county hall with its townships.
 * @throws Refusal `month.unit_malformed`
 */
export function readUnit(text: string | undefined): string | null {
  if (text === undefined) return null;
  const region = expandRegionCode(text);
  if (region === undefined || unitOf(region) !== region) {
    throw new Refusal('month.unit_malformed', { unit: text.slice(0, 20) }, { field: 'unit' });
  }
  return region;
}

/** How far a hall has come with a month. */
export function stateOfUnit(units: readonly Unit[], unit: string): PeriodState {
  return units.find(({ code }) => code === unit)?.state ?? 'open';
}

/** @throws Refusal `month.unit_unknown` */
export function unknownUnit(month: string, unit: string, units: readonly string[]): Refusal {
  const some = units.slice(0, 20).join('、');
  return new Refusal('month.unit_unknown', { month, unit, units: some }, { field: 'unit' });
}
