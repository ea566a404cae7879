import { describe, expect, it } from 'vitest';
import { ask, contentWith } from '../../../test/support/questionnaire.ts';
import { meanOf, npsOf, sampleOf, tallyOf } from './tally.ts';

const points = (...counts: number[]) => counts.map((count, value) => ({ value: String(value), count }));

describe('likelihood to recommend', () => {
  it.each([
    ['nobody', points(0, 0, 0), null],
    [
      'all detractors',
      points(1, 0, 0, 0, 0, 0, 1),
      { promoters: 0, passives: 0, detractors: 2, score: '-100.0' },
    ],
    [
      'all promoters',
      points(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2),
      { promoters: 3, passives: 0, detractors: 0, score: '100.0' },
    ],
    [
      'mixed, rounded once',
      points(0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1),
      { promoters: 1, passives: 1, detractors: 1, score: '0.0' },
    ],
    [
      'less than none',
      points(0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 0),
      { promoters: 1, passives: 0, detractors: 2, score: '-33.3' },
    ],
  ])('%s', (_, counts, nps) => {
    const answered = counts.reduce((sum, { count }) => sum + count, 0);
    expect(npsOf(counts)).toEqual(nps && { ...nps, answered });
  });
});

it.each([
  [points(0, 0), null],
  [points(0, 1, 1), '1.50'],
  [points(0, 0, 1, 0, 0, 2), '4.00'],
  [points(0, 1, 0, 2), '2.33'],
])('the mean of %j is %s', (counts, mean) => expect(meanOf(counts)).toBe(mean));

it('counts shares of those who answered, with an interval, and tells who was asked', () => {
  const content = contentWith([ask('m', 'multiple'), ask('s', 'scale'), ask('t', 'text')]);
  const [multiple, scale, text] = tallyOf(content, {
    asked: new Map(Object.entries({ m: 20, s: 12, t: 20 })),
    answered: new Map(Object.entries({ m: 16, s: 12, t: 3 })),
    chosen: new Map(Object.entries({ 'm/o1': 16, 'm/o2': 4, 's/5': 9, 's/1': 3 })),
  });
  expect(multiple).toMatchObject({ asked: 20, answered: 16, mean: null, nps: null });
  expect(multiple?.answers.map(({ value, share }) => [value, share.numerator, share.value])).toEqual([
    ['o1', 16, '1.0000'],
    ['o2', 4, '0.2500'],
    ['o3', 0, '0.0000'],
  ]);
  expect(multiple?.answers[1]?.interval).toEqual({ low: '0.1018', high: '0.4950' });
  expect(scale?.mean).toBe('4.00');
  expect(scale?.answers.map(({ value }) => value)).toEqual(['1', '2', '3', '4', '5']);
  expect(text).toMatchObject({ asked: 20, answered: 3, answers: [] });
});

it.each([
  [1, [1]],
  [3, [1, 2, 3]],
  [40, 4],
  [95, 10],
])('of %i sheets a sample is typed twice', (count, sample) => {
  const sheets = Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    key: String((at * 7919) % 1009).padStart(4, '0'),
  }));
  const drawn = sampleOf(sheets, { percent: 10, least: 3 });
  if (typeof sample === 'number') expect(drawn).toHaveLength(sample);
  else expect(drawn).toEqual(sample);
  expect(drawn).toEqual(sampleOf([...sheets].reverse(), { percent: 10, least: 3 }));
});
