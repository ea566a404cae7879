import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BonusOffer, pointsIn } from './allowance.ts';

const name = { zh: '', en: '' };
const praise: BonusOffer = {
  item: 'public_praise',
  name,
  cap: 200,
  highestOnly: false,
  rules: [{ code: 'bonus.public_praise', name, unit: 50 }],
};
const honour: BonusOffer = {
  item: 'honour',
  name,
  cap: 500,
  highestOnly: true,
  rules: [
    { code: 'bonus.honour_city', name, unit: 200 },
    { code: 'bonus.honour_nation', name, unit: 500 },
  ],
};
const of = (rule: string, quantity = 1) => ({ rule, quantity });

it.each([
  [praise, [], 0],
  [praise, [of('bonus.public_praise', 3)], 150],
  [praise, [of('bonus.public_praise', 3), of('bonus.public_praise', 2)], 200],
  [praise, [of('bonus.honour_city')], 0],
  [honour, [of('bonus.honour_city', 4)], 200],
  [honour, [of('bonus.honour_city'), of('bonus.honour_nation')], 500],
] as const)('%# gives what the item allows', (offer, merits, points) => {
  expect(pointsIn(offer, merits)).toBe(points);
});

it('never exceeds the cap, and one merit more never takes anything away', () => {
  const merits = fc.array(
    fc.record({ rule: fc.constantFrom('bonus.public_praise', 'x'), quantity: fc.nat(9) }),
  );
  fc.assert(
    fc.property(merits, (some) => {
      const points = pointsIn(praise, some);
      expect(points).toBeLessThanOrEqual(praise.cap);
      expect(pointsIn(praise, [...some, of('bonus.public_praise')])).toBeGreaterThanOrEqual(points);
    }),
  );
});
