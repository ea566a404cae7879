import { day } from '../../kernel/day.ts';
import { type PublicFigures, type PublicRankings, RANKED, type RankedLine } from './contract.ts';
import { priorOf, rank } from './ranking.ts';
import { publicationRules } from './rules.ts';

/**
 * The rankings of published figures. They are made of nothing but the lines that everybody may see, so that
 * nothing withheld follows from a place, a mean or a missing number.
 */
export function rankingsOf(figures: PublicFigures): PublicRankings {
  const { city, cityName, period, asOf, leastPeople } = figures;
  const bounds = publicationRules(day(asOf.slice(0, 10))).prior;
  const rankings: PublicRankings['rankings'] = {} as PublicRankings['rankings'];
  for (const by of RANKED) {
    const lines = (figures.lists[by]?.lines ?? []).filter(({ code }) => code !== '');
    const shown = lines.filter(({ withheld }) => !withheld);
    const rated = shown.flatMap(({ code, good, rated: people }) =>
      people ? [{ code, good: good ?? 0, rated: people }] : [],
    );
    const prior = priorOf(rated, bounds);
    const names = new Map(shown.map((line) => [line.code, line]));
    rankings[by] = {
      prior,
      withheld: lines.length - shown.length,
      unrated: shown.length - rated.length,
      lines: (prior === null ? [] : rank(rated, prior)).flatMap((one): RankedLine[] => {
        const line = names.get(one.code);
        if (!line?.active_good_rate) return [];
        const { name, active_good_rate } = line;
        return [
          {
            ...{ by, code: one.code, name, place: one.place, tied: one.tied },
            ...{ place_from: one.from, place_to: one.to, good: line.good ?? 0, rated: line.rated ?? 0 },
            ...{ active_good_rate, shrunk_rate: one.shrunk, shrunk_interval: one.interval },
          },
        ];
      }),
    };
  }
  return { city, cityName, period, asOf, leastPeople, rankings };
}
