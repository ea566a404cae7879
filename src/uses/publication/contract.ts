import { z } from 'zod';

/** What lists there are, in the order in which they are shown. */
export const LISTS = ['county', 'township', 'department', 'item', 'window', 'channel', 'source'] as const;
export type ListBy = (typeof LISTS)[number];

const rate = z.object({ value: z.string().nullable(), numerator: z.number(), denominator: z.number() });
const count = z.number().nullable();
const interval = z.object({ low: z.string(), high: z.string() });

/** A line as the public gets it; a withheld one has its name and nothing else. */
export const publicLine = z.object({
  by: z.enum(['city', ...LISTS]),
  code: z.string(),
  name: z.string(),
  withheld: z.boolean(),
  ratable: count,
  rated: count,
  unrated: count,
  good: count,
  bad: count,
  excluded: count,
  active_good_rate: rate.nullable(),
  active_rating_rate: rate.nullable(),
  /** 95 % Wilson interval of the good rate */
  good_rate_interval: interval.nullable(),
});

export type PublicLine = z.output<typeof publicLine>;

/** What is ranked, in the order in which it is offered. */
export const RANKED = ['window', 'department', 'item', 'county', 'township'] as const;
export type RankedBy = (typeof RANKED)[number];

const period = z.object({ code: z.string(), from: z.string(), to: z.string() });
const list = z.object({
  /** no line has enough people */
  withheld: z.boolean(),
  lines: z.array(publicLine),
});

const head = {
  city: z.string(),
  cityName: z.string(),
  period,
  /** when it was counted */
  asOf: z.string(),
  /** lines of fewer people are withheld */
  leastPeople: z.number(),
};

/** What is said without a case behind it: counted apart, part of no rate above. */
const apart = z.object({
  mode: z.enum(['public', 'inspect']),
  withheld: z.boolean(),
  count,
  good: count,
  bad: count,
  good_rate: rate.nullable(),
});

/** GET /public/figures.json. */
export const publicFiguresSchema = z.object({
  ...head,
  total: publicLine,
  lists: z.record(z.enum(LISTS), list),
  apart: z.array(apart),
});

export type PublicFigures = z.output<typeof publicFiguresSchema>;

/** A place in a ranking, made of nothing but what the line of the list says. */
export const rankedLine = z.object({
  by: z.enum(RANKED),
  code: z.string(),
  name: z.string(),
  place: z.number(),
  tied: z.boolean(),
  /** the places that the intervals leave open */
  place_from: z.number(),
  place_to: z.number(),
  good: z.number(),
  rated: z.number(),
  active_good_rate: rate,
  /** the rate drawn towards the mean of the list, by which it is ranked */
  shrunk_rate: z.string(),
  shrunk_interval: interval,
});
export type RankedLine = z.output<typeof rankedLine>;

const ranking = z.object({
  /** what the mean of the ranked lines is, and for how many people it counts; null where nobody rated */
  prior: z.object({ good: z.number(), rated: z.number(), people: z.number() }).nullable(),
  /** lines that are not ranked because they are withheld, and because nobody rated */
  withheld: z.number(),
  unrated: z.number(),
  lines: z.array(rankedLine),
});

/** GET /public/rankings.json. */
export const publicRankingsSchema = z.object({ ...head, rankings: z.record(z.enum(RANKED), ranking) });
export type PublicRankings = z.output<typeof publicRankingsSchema>;

/** How bad ratings of a period were answered; a rate is null where it speaks of too few people. */
export const handlingLine = z.object({
  by: z.enum(['city', 'department']),
  code: z.string(),
  name: z.string(),
  withheld: z.boolean(),
  /** 差评回复率 */
  bad_answered_rate: rate.nullable(),
  /** 回访整改率 */
  called_back_rate: rate.nullable(),
  /** 回访整改满意率 */
  call_back_satisfaction_rate: rate.nullable(),
});
export type HandlingLine = z.output<typeof handlingLine>;

/** GET /public/handling.json. */
export const publicHandlingSchema = z.object({ ...head, total: handlingLine, lines: z.array(handlingLine) });
export type PublicHandling = z.output<typeof publicHandlingSchema>;

export const periodQuery = z.object({
  period: z.string().max(10).optional(),
  lang: z.string().max(10).optional(),
});

/** GET /public/rankings. */
export const rankingQuery = periodQuery.extend({ by: z.enum(RANKED).catch('window') });

/** GET /public/archive/:month. */
export const archiveParams = z.object({ month: z.string().max(10) });

/** GET /api/v1/public/figures. */
export const figuresQuery = periodQuery.extend({
  by: z.enum(['city', ...LISTS]).default('city'),
  code: z.string().max(40).optional(),
});

export const figuresAnswer = z.object({ ...head, items: z.array(publicLine) });
