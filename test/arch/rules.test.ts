import { describe, expect, it } from 'vitest';
import { ARROWS, STAGES } from './layout.ts';
import { circlesOf, cycles } from './rules/cycles.ts';
import { edges, web } from './rules/edges.ts';
import { facts } from './rules/facts.ts';
import { places } from './rules/places.ts';
import { purity } from './rules/purity.ts';
import { door, kernel, river } from './rules/river.ts';
import { sql } from './rules/sql.ts';
import { tidy } from './rules/tidy.ts';
import { words } from './rules/words.ts';
import { readTree, Tree, type Violation } from './tree.ts';

const RULES = [river, door, kernel, purity, sql, facts, edges, web, cycles, places, tidy, words];

const checkout = readTree();

describe.each(RULES)('$id $title', (rule) => {
  it('holds in the tree', () => {
    expect(rule.check(checkout).map(inWords).join('\n')).toBe('');
  });

  it.each(rule.planted)('judges: $because', ({ files, caught }) => {
    const named = rule.check(new Tree(files)).map(({ path }) => path);
    if (caught === null) expect(named).toEqual([]);
    else expect(named).toContain(caught);
  });
});

describe('the table of the house', () => {
  const rooms = STAGES.flatMap(({ name, rooms }) => (rooms ?? []).map((room) => `${name}/${room}`));

  it('draws its arrows within one stage, between rooms that exist, and never in a circle', () => {
    for (const [from, to] of ARROWS) {
      expect(rooms).toContain(from);
      expect(rooms).toContain(to);
      expect(from.split('/')[0]).toBe(to.split('/')[0]);
    }
    const targets = (room: string) => new Set(ARROWS.filter(([from]) => from === room).map(([, to]) => to));
    expect(circlesOf(new Map(rooms.map((room) => [room, targets(room)])))).toEqual([]);
  });
});

function inWords({ path, line, message }: Violation): string {
  return `${path}:${line} ${message}`;
}
