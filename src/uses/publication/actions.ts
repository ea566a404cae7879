import { type CommentCount, commentCounts } from '../../feedback/comment/index.ts';
import { type FigureLine, type FigureReader, figureReader } from '../../feedback/rating/index.ts';
import { type Day, dayOf, isoMoment } from '../../kernel/day.ts';
import { rate } from '../../kernel/rate.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { wilson } from '../../kernel/wilson.ts';
import type { Deps } from '../../platform/deps.ts';
import { regionNames } from '../../registry/region/index.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import { LISTS, type ListBy, type PublicFigures, type PublicLine } from './contract.ts';
import { pageWords } from './page-words.ts';
import { LAST_DAYS, type Nesting, type Period, periodOf, toldOf, withhold } from './publication.ts';
import { publicationRules } from './rules.ts';

defineRefusals({
  'publication.period_unknown': {
    status: 422,
    zh: '没有这个时间范围的数据。请选择月份（如2026-05）、年份（如2026）或 last30（近30天），不能晚于今天。',
    en:
      'There are no figures of such a period. Choose a month (2026-05), a year (2026) or last30, none of ' +
      'them in the future.',
  },
});

/** How long figures are handed out again before they are counted anew. */
const KEEP_MS = 2_000;
const KEEP_PERIODS = 60;

/** Hands out the public figures; many readers at once cost one counting. */
export interface Publisher {
  /** @throws Refusal `publication.period_unknown` */
  figures(code?: string): Promise<PublicFigures>;
}

export function publisher(deps: Deps): Publisher {
  const reader = figureReader(deps.db.read, deps.config.cityCode);
  const kept = new Map<string, { until: number; figures: Promise<PublicFigures> }>();
  return {
    async figures(code = LAST_DAYS) {
      const now = deps.clock.now();
      const period = choose(code, dayOf(now));
      const known = kept.get(code);
      if (known && known.until > now.getTime()) return await known.figures;
      if (kept.size >= KEEP_PERIODS) kept.clear();
      const figures = publicFigures(deps, reader, period);
      kept.set(code, { until: now.getTime() + KEEP_MS, figures });
      figures.catch(() => kept.delete(code));
      return await figures;
    },
  };
}

function choose(code: string, today: Day): Period {
  const period = periodOf(code, today);
  if (period === undefined) throw new Refusal('publication.period_unknown', {}, { field: 'period' });
  return period;
}

/** The figures of the instance's city as the public may see them: counted at this moment, up to yesterday. */
export async function publicFigures(
  deps: Deps,
  reader: FigureReader,
  period: Period,
): Promise<PublicFigures> {
  const { cityCode } = deps.config;
  const now = deps.clock.now();
  const { leastPeople } = publicationRules(dayOf(now));
  const city = `${cityCode}000000`;
  const told = toldOf(period, dayOf(now));
  const all = told === undefined ? [] : await reader.lines({ ...told, by: ['city', ...LISTS] });
  const comments = told === undefined ? [] : await commentCounts(deps.db.read, { cityCode }, told);
  const cityName = (await regionNames(deps.db.read, [city])).get(city) ?? cityCode;
  const total = all.find(({ by }) => by === 'city') ?? { ...NOTHING, code: city, name: cityName };
  const whole = withhold([total], leastPeople);
  const lists = {} as PublicFigures['lists'];
  for (const by of LISTS) {
    const lines = all.filter((line) => line.by === by);
    const nested = whole.whole
      ? { groupOf: () => '', hidden: new Set(['']) }
      : await nesting(deps, by, lists, all);
    const shown = withhold(lines, leastPeople, nested);
    lists[by] = { withheld: shown.whole, lines: shown.lines.map(lineOf) };
  }
  return {
    city,
    cityName,
    period: { code: period.code, from: period.from, to: told?.to ?? period.from },
    asOf: isoMoment(now),
    leastPeople,
    total: lineOf({ ...total, withheld: whole.whole }),
    lists,
    apart: comments.map((one) => apartOf(one, leastPeople)),
  };
}

function apartOf(
  { mode, count, good, bad, goodRate }: CommentCount,
  least: number,
): PublicFigures['apart'][number] {
  if (count > 0 && count < least)
    return { mode, withheld: true, count: null, good: null, bad: null, good_rate: null };
  return { mode, withheld: false, count, good, bad, good_rate: goodRate };
}

const NOTHING: Omit<FigureLine, 'code' | 'name'> = {
  by: 'city',
  ...{ ratable: 0, rated: 0, unrated: 0, good: 0, bad: 0, excluded: 0 },
  active_good_rate: rate(0, 0),
  active_rating_rate: rate(0, 0),
};

/** Townships add up to their county, windows to their department, both published before. */
async function nesting(
  deps: Deps,
  by: ListBy,
  lists: PublicFigures['lists'],
  all: readonly FigureLine[],
): Promise<Nesting<FigureLine>> {
  const hidden = (outer: ListBy): Set<string> =>
    new Set(lists[outer].lines.flatMap((line) => (line.withheld ? [line.code] : [])));
  if (by === 'township')
    return { groupOf: ({ code }) => `${code.slice(0, 6)}000000`, hidden: hidden('county') };
  if (by !== 'window') return {};
  const lines = all.filter((line) => line.by === by);
  const codes = lines.map(({ code }) => code);
  const windows = await windowsByCode(deps.db.read, deps.config.cityCode, codes);
  const groupOf = ({ code }: FigureLine): string => windows.get(code)?.department_code ?? '';
  const rest = restsOf(
    all.filter((line) => line.by === 'department'),
    Map.groupBy(lines, groupOf),
  );
  return { groupOf, hidden: hidden('department'), rest };
}

/** What each sum holds besides its lines. */
function restsOf(sums: readonly FigureLine[], lines: ReadonlyMap<string, readonly FigureLine[]>) {
  const left = (sum: FigureLine, name: 'ratable' | 'rated'): number =>
    (lines.get(sum.code) ?? []).reduce((rest, line) => rest - line[name], sum[name]);
  return new Map(
    sums.map((sum) => [sum.code, { code: '', ratable: left(sum, 'ratable'), rated: left(sum, 'rated') }]),
  );
}

function lineOf({ withheld, ...line }: FigureLine & { withheld: boolean }): PublicLine {
  const { by, code } = line;
  const name = by === 'source' ? sourceName(code) : line.name;
  if (withheld) return { by, code, name, withheld, ...WITHHELD };
  return { ...line, name, withheld, good_rate_interval: wilson(line.good, line.rated) };
}

function sourceName(code: string): string {
  const { sources, noCode } = pageWords('zh-CN');
  return code === '' ? (noCode.source ?? '') : (sources[code] ?? code);
}

const WITHHELD = {
  ...{ ratable: null, rated: null, unrated: null, good: null, bad: null, excluded: null },
  ...{ active_good_rate: null, active_rating_rate: null, good_rate_interval: null },
};
