import type { OutTable } from '../../platform/files-write.ts';
import type { PublicFigures, PublicLine } from './contract.ts';
import { LISTS } from './contract.ts';

/** All lines as one table; a withheld line has its name and nothing else. */
export function figureTable(figures: PublicFigures): OutTable {
  const { period, asOf } = figures;
  const lines = [figures.total, ...LISTS.flatMap((by) => figures.lists[by]?.lines ?? [])];
  return {
    columns: [
      ...['by', 'code', 'name', 'withheld', 'ratable', 'rated', 'unrated', 'good', 'bad', 'excluded'],
      ...['active_good_rate', 'active_rating_rate', 'good_rate_low', 'good_rate_high'],
      ...['from', 'to', 'as_of'],
    ],
    rows: lines.map((line) => [...cellsOf(line), period.from, period.to, asOf]),
  };
}

function cellsOf(line: PublicLine): (string | number | null)[] {
  const { by, code, name, withheld, ratable, rated, unrated, good, bad, excluded } = line;
  return [
    ...[by, code, name, String(withheld), ratable, rated, unrated, good, bad, excluded],
    line.active_good_rate?.value ?? null,
    line.active_rating_rate?.value ?? null,
    line.good_rate_interval?.low ?? null,
    line.good_rate_interval?.high ?? null,
  ];
}
