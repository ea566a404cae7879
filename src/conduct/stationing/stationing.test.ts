import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Found, signsOf, stateOf } from './stationing.ts';

const good: Found = {
  stationed: true,
  windows: 1,
  item: true,
  served: 5,
  outside: 0,
  authority: 'granted',
  chief: true,
};

it.each([
  [{}, 'met', []],
  [{ stationed: false }, 'missing', ['stationing.item_outside']],
  [{ windows: 0, served: 0, chief: false }, 'missing', ['stationing.item_outside']],
  // A general window takes it.
  [{ windows: 0, chief: false }, 'met', []],
  [{ served: 0 }, 'unserved', []],
  [{ served: 0, item: false }, 'met', []],
  [{ outside: 2 }, 'met', ['stationing.running_outside']],
  [{ authority: 'partly' as const }, 'met', ['stationing.authority_missing']],
  [{ chief: false }, 'met', ['stationing.chief_absent']],
])('%j is %s with %j', (given, state, signs) => {
  const found = { ...good, ...given };
  expect([stateOf(found), signsOf(found)]).toEqual([state, signs]);
});

it('misses a chief only where there is a window to sit at', () => {
  const found = fc.record({
    stationed: fc.boolean(),
    windows: fc.nat(3),
    item: fc.boolean(),
    served: fc.nat(3),
    outside: fc.nat(3),
    authority: fc.constantFrom('granted', 'partly', 'missing'),
    chief: fc.boolean(),
  });
  fc.assert(
    fc.property(found, (one) => {
      const absent = signsOf(one as Found).includes('stationing.chief_absent');
      expect(absent && stateOf(one as Found) === 'missing').toBe(false);
      expect(new Set(signsOf(one as Found)).size).toBe(signsOf(one as Found).length);
    }),
  );
});
