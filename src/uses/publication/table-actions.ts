import type { OutCell, OutTable } from '../../platform/files-write.ts';
import type { HandlingLine, PublicFigures, PublicHandling, PublicLine, PublicRankings } from './contract.ts';
import { LISTS, RANKED } from './contract.ts';

const SPAN = ['from', 'to', 'as_of'];

/** The columns of each file of the open data, in their order. */
export const COLUMNS: Readonly<Record<'figures' | 'rankings' | 'handling', readonly string[]>> = {
  figures: [
    ...['by', 'code', 'name', 'withheld', 'ratable', 'rated', 'unrated', 'good', 'bad', 'excluded'],
    ...['active_good_rate', 'active_rating_rate', 'good_rate_low', 'good_rate_high', ...SPAN],
  ],
  rankings: [
    ...['by', 'place', 'tied', 'place_from', 'place_to', 'code', 'name', 'good', 'rated'],
    ...['active_good_rate', 'shrunk_rate', 'shrunk_low', 'shrunk_high', ...SPAN],
  ],
  handling: [
    ...['by', 'code', 'name', 'withheld', 'valid_bad', 'bad_answered', 'bad_answered_rate'],
    ...['called_back', 'called_back_rate', 'reached', 'satisfied', 'call_back_satisfaction_rate', ...SPAN],
  ],
};

/** All lines as one table; a withheld line has its name and nothing else. */
export function figureTable(figures: PublicFigures): OutTable {
  const { period, asOf } = figures;
  const lines = [figures.total, ...LISTS.flatMap((by) => figures.lists[by]?.lines ?? [])];
  return {
    columns: COLUMNS.figures,
    rows: lines.map((line) => [...cellsOf(line), period.from, period.to, asOf]),
  };
}

function cellsOf(line: PublicLine): OutCell[] {
  const { by, code, name, withheld, ratable, rated, unrated, good, bad, excluded } = line;
  return [
    ...[by, code, name, String(withheld), ratable, rated, unrated, good, bad, excluded],
    line.active_good_rate?.value ?? null,
    line.active_rating_rate?.value ?? null,
    line.good_rate_interval?.low ?? null,
    line.good_rate_interval?.high ?? null,
  ];
}

/** All rankings as one table. */
export function rankingTable({ rankings, period, asOf }: PublicRankings): OutTable {
  return {
    columns: COLUMNS.rankings,
    rows: RANKED.flatMap((by) => rankings[by]?.lines ?? []).map((line) => [
      ...[line.by, line.place, String(line.tied), line.place_from, line.place_to, line.code, line.name],
      ...[line.good, line.rated, line.active_good_rate.value, line.shrunk_rate],
      ...[line.shrunk_interval.low, line.shrunk_interval.high, period.from, period.to, asOf],
    ]),
  };
}

/** How bad ratings were answered as one table, each rate with its numbers. */
export function handlingTable({ total, lines, period, asOf }: PublicHandling): OutTable {
  return {
    columns: COLUMNS.handling,
    rows: [total, ...lines].map((line) => [...handlingCells(line), period.from, period.to, asOf]),
  };
}

function handlingCells(line: HandlingLine): OutCell[] {
  const { bad_answered_rate: answered, called_back_rate: called } = line;
  const satisfied = line.call_back_satisfaction_rate;
  return [
    ...[line.by, line.code, line.name, String(line.withheld)],
    ...[answered?.denominator, answered?.numerator, answered?.value],
    ...[called?.numerator, called?.value],
    ...[satisfied?.denominator, satisfied?.numerator, satisfied?.value],
  ];
}
