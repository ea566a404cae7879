import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasherOf } from '../../platform/crypto.ts';
import { inclusionPath, leafHash, nodeHash, rootFromPath, treeRoot } from './merkle.ts';

const sha = hasherOf('sha-256');
const nothing = new Uint8Array();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The reference leaves of Certificate Transparency. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const reference = LEAVES.map((one) => leafHash(sha, Buffer.from(one, 'hex')));

/** MTH as RFC 9162 2.1.1 defines it, by the largest power of two below the size. */
function definition(hash: typeof sha, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return hash(new Uint8Array());
  if (leaves.length === 1) return only;
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(hash, definition(hash, leaves.slice(0, half)), definition(hash, leaves.slice(half)));
}

describe('the tree', () => {
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of %i leaves has the root of the reference', (size, root) => {
    expect(hex(treeRoot(sha, reference.slice(0, size)))).toBe(root);
  });

  it('is the one of the standard at any size, with either hash, over pages too', () => {
    const bytes = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 });
    fc.assert(
      fc.property(bytes, fc.constantFrom('sha-256' as const, 'sm3' as const), (entries, name) => {
        const hash = hasherOf(name);
        const leaves = entries.map((entry) => leafHash(hash, entry));
        const root = hex(treeRoot(hash, leaves));
        expect(root).toBe(hex(definition(hash, leaves)));
        const pages = [];
        for (let at = 0; at < leaves.length; at += 8) pages.push(treeRoot(hash, leaves.slice(at, at + 8)));
        expect(hex(treeRoot(hash, pages))).toBe(root);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a proof of inclusion', () => {
  const hash = hasherOf('sm3');
  const leaves = Array.from({ length: 64 }, (_, at) => leafHash(hash, Buffer.of(at)));

  it('leads to the root from every place of every size up to 64', () => {
    for (let size = 1; size <= 64; size += 1) {
      const root = hex(treeRoot(hash, leaves.slice(0, size)));
      for (let index = 0; index < size; index += 1) {
        const path = inclusionPath(hash, leaves.slice(0, size), index);
        const leaf = leaves[index] ?? Buffer.of();
        expect(hex(rootFromPath(hash, { leaf, index, size, path }) ?? nothing)).toBe(root);
      }
    }
  });

  it('leads nowhere from another place, with another leaf, with a changed path', () => {
    const drawn = fc.integer({ min: 2, max: 64 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        index: fc.integer({ min: 0, max: size - 1 }),
        other: fc.integer({ min: 0, max: size - 1 }),
        byte: fc.nat(31),
        step: fc.nat(6),
      }),
    );
    fc.assert(
      fc.property(drawn, ({ size, index, other, byte, step }) => {
        const root = hex(treeRoot(hash, leaves.slice(0, size)));
        const path = inclusionPath(hash, leaves.slice(0, size), index);
        const leaf = leaves[index] ?? Buffer.of();
        const leads = (proof: Parameters<typeof rootFromPath>[1]) =>
          hex(rootFromPath(hash, proof) ?? nothing) === root;
        expect(leads({ leaf, index, size, path })).toBe(true);
        if (other !== index) {
          expect(leads({ leaf, index: other, size, path })).toBe(false);
          expect(leads({ leaf: leaves[other] ?? leaf, index, size, path })).toBe(false);
        }
        expect(leads({ leaf, index: index + size, size, path })).toBe(false);
        expect(leads({ leaf, index, size, path: path.slice(1) })).toBe(false);
        expect(leads({ leaf, index, size, path: [...path, leaf] })).toBe(false);
        const bent = path.map((one, at) => {
          const copy = Buffer.from(one);
          if (at === step % path.length) copy[byte] = (copy[byte] ?? 0) ^ 1;
          return copy;
        });
        expect(leads({ leaf, index, size, path: bent })).toBe(false);
      }),
    );
  });
});
