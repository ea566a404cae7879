import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { sentence } from '../../kernel/refusal.ts';
import { readScheme } from './actions.ts';
import { contentHash } from './canonical.ts';
import { schemeLines } from './document.ts';
import { type DraftChange, draftedScheme } from './draft.ts';
import { parseScheme } from './scheme-file.ts';
import { DRAFT_FOLDER, schemeFiles, schemeTree } from './scheme-text.ts';
import { valuePlaces } from './value-place.ts';

const base = readScheme('example-city');
const source = '细则修订第一条';
const on = day('2027-01-01');

function change(key: string, value: string, from = '2027-01-01'): DraftChange {
  return { key, value, from: day(from), source };
}

function drafted(...changes: DraftChange[]) {
  const made = draftedScheme(base, changes);
  if (made.kind === 'broken') throw new Error(JSON.stringify(made.faults));
  return made.scheme;
}

describe('a scheme written as rule files', () => {
  it('is the same scheme when it is read again', () => {
    const parsed = parseScheme(DRAFT_FOLDER, schemeFiles(schemeTree(base)));
    expect(parsed.kind).toBe('scheme');
    if (parsed.kind === 'scheme') expect(contentHash(parsed.scheme)).toBe(contentHash(base));
  });

  it('has a place for every value of the document, and for nothing else', () => {
    const keys = schemeLines(base, on, 'en').map(({ key }) => key);
    expect([...valuePlaces(base).keys()].sort()).toEqual(keys.sort());
  });
});

describe('a draft', () => {
  it.each(schemeLines(base, on, 'en').map(({ key, current }) => [key, current] as const))(
    'can give %s another value from a day on, and leaves what holds before',
    (key, current) => {
      const unit = current?.unit;
      const amount = typeof current?.amount === 'number' ? current.amount : 0;
      const text = unit === 'time' ? '17:00' : unit === 'choice' ? 'item_owner' : undefined;
      const whole = unit === 'count' || unit === 'working_days';
      // The same number again, so that no sum or order breaks: only the clause and the date are new.
      const hundredths = `${amount < 0 ? '-' : ''}${String(Math.abs(amount)).padStart(3, '0')}`;
      const decimal = `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}`;
      const scheme = drafted(change(key, text ?? (whole ? String(amount) : decimal)));
      const line = schemeLines(scheme, on, 'en').find((one) => one.key === key);
      expect(line?.current).toMatchObject({ from: '2027-01-01', source });
      if (text === undefined) expect(line?.current?.text).toBe(current?.text);
      const others = (lines: typeof scheme) =>
        schemeLines(lines, day('2026-12-31'), 'en').map(({ values: _, ...rest }) => rest);
      expect(others(scheme)).toEqual(others(base));
    },
  );

  it('takes a value out of order and the newest of one day', () => {
    const scheme = drafted(
      change('rules.daily.late', '-3.00', '2028-01-01'),
      change('rules.daily.late', '-2.00'),
    );
    const line = schemeLines(scheme, on, 'en').find(({ key }) => key === 'rules.daily.late');
    expect(line?.values.map(({ from, text }) => [from, text])).toEqual([
      ['2022-01-01', '-1.00'],
      ['2027-01-01', '-2.00'],
      ['2028-01-01', '-3.00'],
    ]);
  });

  it.each([
    ['a number with three decimals', change('rules.daily.late', '-1.005'), 'rules.not_a_number'],
    ['a word for a number', change('rules.daily.late', '两分'), 'rules.not_a_number'],
    ['a deduction above zero', change('rules.daily.late', '1.00'), 'rules.out_of_range'],
    ['half a count', change('repeat.factor', '1.5'), 'rules.not_whole'],
    ['no time of day', change('office_end', '25:00'), 'rules.not_a_time'],
    ['no choice', change('rating.process_fault_charges', 'nobody'), 'rules.not_a_choice'],
    ['a weight that breaks the sum', change('awards.weights.citizens', '25.00'), 'scheme.weights'],
    ['a cap below its unit', change('bonus.innovation.cap', '2.00'), 'scheme.cap_below_unit'],
    ['a unit above its cap', change('rules.bonus.innovation', '4.00'), 'scheme.cap_below_unit'],
    ['a base above the maximum', change('daily.base_points', '26.00'), 'scheme.base_above_max'],
    ['grades out of order', change('grades.较好', '96.00'), 'scheme.grades_order'],
    ['pay beyond its bounds', change('pay.好', '301.00'), 'scheme.pay_bounds'],
    [
      'a day that is none',
      { ...change('rules.daily.late', '-1.00'), from: '2027-02-30' as never },
      'rules.not_a_day',
    ],
    ['a value that is none', change('rules.daily.sleeping', '-1.00'), 'draft.value_unknown'],
    ['text that looks like YAML', change('rules.daily.late', '[1, 2]'), 'rules.not_a_number'],
  ])('is told about %s in the words of the loader', (_, given, code) => {
    const made = draftedScheme(base, [given]);
    expect(made.kind).toBe('broken');
    if (made.kind !== 'broken') return;
    expect(made.faults.map((fault) => fault.code)).toContain(code);
    const fault = made.faults[0];
    expect(fault?.key, JSON.stringify(made.faults)).not.toBeNull();
    for (const lang of ['zh-CN', 'en'] as const) {
      expect(sentence(fault?.code ?? '', lang, fault?.params ?? {})).not.toMatch(/[{}]/);
    }
  });

  it('names the changed value whose sum is broken', () => {
    const made = draftedScheme(base, [change('awards.weights.duty_officers', '10.00')]);
    expect(made).toMatchObject({
      kind: 'broken',
      faults: [{ key: 'awards.weights.duty_officers', from: '2027-01-01' }],
    });
  });
});
