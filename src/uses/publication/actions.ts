import { type CommentCount, commentCounts } from '../../feedback/comment/index.ts';
import { type FigureReader, figureReader, type StatsLine } from '../../feedback/rating/index.ts';
import { type Day, dayOf, isoMoment } from '../../kernel/day.ts';
import { rate } from '../../kernel/rate.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { wilson } from '../../kernel/wilson.ts';
import type { Deps } from '../../platform/deps.ts';
import { regionNames } from '../../registry/region/index.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import {
  LISTS,
  type ListBy,
  type PublicFigures,
  type PublicHandling,
  type PublicLine,
  type PublicRankings,
} from './contract.ts';
import { publicHandling } from './handling-actions.ts';
import { pageWords } from './page-words.ts';
import {
  itemNesting,
  LAST_DAYS,
  type Nesting,
  type Period,
  periodOf,
  toldOf,
  withhold,
} from './publication.ts';
import { rankingsOf } from './ranking-actions.ts';
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

/** Orders change by the hour, and what became of them is told up to yesterday. */
const KEEP_HANDLING_MS = 300_000;

/** Hands out what is public; many readers at once cost one counting. */
export interface Publisher {
  /** @throws Refusal `publication.period_unknown` */
  figures(code?: string): Promise<PublicFigures>;
  /** The rankings of these figures. @throws Refusal `publication.period_unknown` */
  rankings(code?: string): Promise<PublicRankings>;
  /** How bad ratings were answered. @throws Refusal `publication.period_unknown` */
  handling(code?: string): Promise<PublicHandling>;
}

export function publisher(deps: Deps): Publisher {
  const reader = figureReader(deps.db.read, deps.config.cityCode);
  const figures = keeper(deps, KEEP_MS, (period) => publicFigures(deps, reader, period));
  const handling = keeper(deps, KEEP_HANDLING_MS, (period) => publicHandling(deps, period));
  const ranked = new WeakMap<PublicFigures['lists'], PublicRankings>();
  return {
    figures,
    handling,
    async rankings(code) {
      const of = await figures(code);
      const known = ranked.get(of.lists) ?? rankingsOf(of);
      ranked.set(of.lists, known);
      return { ...known, asOf: of.asOf };
    },
  };
}

/** Keeps what was counted of each period for a while; a day that ends ends it, too. */
function keeper<T>(deps: Deps, keepMs: number, count: (period: Period) => Promise<T>) {
  const kept = new Map<string, { until: number; counted: Promise<T> }>();
  return async (code = LAST_DAYS): Promise<T> => {
    const now = deps.clock.now();
    const period = choose(code, dayOf(now));
    const key = `${code} ${dayOf(now)}`;
    const known = kept.get(key);
    if (known && known.until > now.getTime()) return await known.counted;
    if (kept.size >= KEEP_PERIODS) kept.clear();
    const counted = count(period);
    kept.set(key, { until: now.getTime() + keepMs, counted });
    counted.catch(() => kept.delete(key));
    return await counted;
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
  return {
    city,
    cityName,
    period: { code: period.code, from: period.from, to: told?.to ?? period.from },
    asOf: isoMoment(now),
    leastPeople,
    total: lineOf({ ...total, withheld: whole.whole }),
    lists: await listsOf(deps, all, { leastPeople, hidden: whole.whole }),
    apart: comments.map((one) => apartOf(one, leastPeople)),
  };
}

/** Windows may come under another department: then lists are made anew although no figure has changed. */
const KEEP_LISTS_MS = 60_000;
/** The lists made of the same lines: the next reader gets the same. */
const madeLists = new WeakMap<readonly StatsLine[], { until: number; lists: PublicFigures['lists'] }>();

async function listsOf(
  deps: Deps,
  all: readonly StatsLine[],
  { leastPeople, hidden }: { leastPeople: number; hidden: boolean },
): Promise<PublicFigures['lists']> {
  const now = deps.clock.now().getTime();
  const known = madeLists.get(all);
  if (known && known.until > now) return known.lists;
  const lists = {} as PublicFigures['lists'];
  for (const by of LISTS) {
    const lines = all.filter((line) => line.by === by);
    const nested = hidden
      ? { groupOf: () => '', hidden: new Set(['']) }
      : await nesting(deps, by, lists, all);
    const shown = withhold(lines, leastPeople, nested);
    lists[by] = { withheld: shown.whole, lines: shown.lines.map(lineOf) };
  }
  madeLists.set(all, { until: now + KEEP_LISTS_MS, lists });
  return lists;
}

function apartOf(
  { mode, count, good, bad, goodRate }: CommentCount,
  least: number,
): PublicFigures['apart'][number] {
  if (count > 0 && count < least)
    return { mode, withheld: true, count: null, good: null, bad: null, good_rate: null };
  return { mode, withheld: false, count, good, bad, good_rate: goodRate };
}

const NOTHING: Omit<StatsLine, 'code' | 'name'> = {
  by: 'city',
  ...{ ratable: 0, rated: 0, unrated: 0, good: 0, bad: 0, excluded: 0 },
  active_good_rate: rate(0, 0),
  active_rating_rate: rate(0, 0),
};

/** Townships add up to their county, windows and items to their department, both published before. */
async function nesting(
  deps: Deps,
  by: ListBy,
  lists: PublicFigures['lists'],
  all: readonly StatsLine[],
): Promise<Nesting<StatsLine>> {
  const hidden = (outer: ListBy): Set<string> =>
    new Set(lists[outer].lines.flatMap((line) => (line.withheld ? [line.code] : [])));
  if (by === 'township')
    return { groupOf: ({ code }) => `${code.slice(0, 6)}000000`, hidden: hidden('county') };
  const lines = all.filter((line) => line.by === by);
  const departments = all.filter((line) => line.by === 'department');
  if (by === 'item') return itemNesting(lines, departments, hidden('department'));
  if (by !== 'window') return {};
  const codes = lines.map(({ code }) => code);
  const windows = await windowsByCode(deps.db.read, deps.config.cityCode, codes);
  const groupOf = ({ code }: StatsLine): string => windows.get(code)?.department_code ?? '';
  const rest = restsOf(departments, Map.groupBy(lines, groupOf));
  return { groupOf, hidden: hidden('department'), rest };
}

/** What each sum holds besides its lines. */
function restsOf(sums: readonly StatsLine[], lines: ReadonlyMap<string, readonly StatsLine[]>) {
  const left = (sum: StatsLine, name: 'ratable' | 'rated'): number =>
    (lines.get(sum.code) ?? []).reduce((rest, line) => rest - line[name], sum[name]);
  return new Map(
    sums.map((sum) => [sum.code, { code: '', ratable: left(sum, 'ratable'), rated: left(sum, 'rated') }]),
  );
}

function lineOf({ withheld, ...line }: StatsLine & { withheld: boolean }): PublicLine {
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

/** All that is published of the services and bad ratings of any days, counted at this moment. */
export async function publishedOf(deps: Deps, { from, to }: { from: Day; to: Day }) {
  const period = { code: `${from}/${to}`, from, to };
  const reader = figureReader(deps.db.read, deps.config.cityCode);
  const figures = await publicFigures(deps, reader, period);
  return { figures, rankings: rankingsOf(figures), handling: await publicHandling(deps, period) };
}
