import { z } from 'zod';

/** What lists there are, in the order in which they are shown. */
export const LISTS = ['county', 'township', 'department', 'item', 'window', 'channel', 'source'] as const;
export type ListBy = (typeof LISTS)[number];

const rate = z.object({ value: z.string().nullable(), numerator: z.number(), denominator: z.number() });
const count = z.number().nullable();

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
  good_rate_interval: z.object({ low: z.string(), high: z.string() }).nullable(),
});

export type PublicLine = z.output<typeof publicLine>;

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

export const periodQuery = z.object({
  period: z.string().max(10).optional(),
  lang: z.string().max(10).optional(),
});

/** GET /api/v1/public/figures. */
export const figuresQuery = periodQuery.extend({
  by: z.enum(['city', ...LISTS]).default('city'),
  code: z.string().max(40).optional(),
});

export const figuresAnswer = z.object({ ...head, items: z.array(publicLine) });
