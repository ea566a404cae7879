import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';
import { DIFFERENCES } from './difference.ts';

export const sealRefusals = defineRefusals({
  'seal.unknown_city': {
    status: 404,
    zh: '本系统没有编号为 {city} 的城市。请核对6位城市代码。',
    en: 'There is no city {city} in this system. Check its code of 6 digits.',
  },
  'seal.unreadable_file': {
    status: 422,
    zh: '{file} 不是封缄公布文件，无法比对。请使用公布页下载的 seals.json。',
    en: '{file} is no file of published seals. Use the seals.json that the public page offers.',
  },
  'seal.not_sealed_yet': {
    status: 409,
    zh: '这条评价已收到，还没有封缄，将于{at}封缄。请在那之后下载证明。',
    en:
      'This rating was received and is not sealed yet; that happens at {at}. Download the proof ' +
      'after that.',
  },
  'seal.not_proved': {
    status: 409,
    zh: '这条评价与封缄时的记录不一致，无法出具证明。请向大厅的审计人员反映，并附上回执编号。',
    en:
      'This rating is not what was sealed, so there is no proof of it. Tell the auditor of the hall and ' +
      'give the receipt code.',
  },
});

/** GET /admin/api/seals: the newest first. */
export const sealsQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});

export const sealLine = z.object({
  number: z.number(),
  day: z.string(),
  sealedAt: z.string(),
  algorithm: z.string(),
  size: z.number(),
  root: z.string(),
  hash: z.string(),
});

export type SealLine = z.output<typeof sealLine>;

export const sealPage = z.object({ items: z.array(sealLine), next: z.string().nullable() });

const difference = z.object({
  code: z.enum(DIFFERENCES),
  seal: z.number().nullable(),
  step: z.string().nullable(),
  assess: z.number().nullable(),
  projectNo: z.string().nullable(),
  serviceNumber: z.number().nullable(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
});

export type SealDifference = z.output<typeof difference>;

/** A verification of all ratings against their seals: asked for by somebody, or weekly. */
export const sealCheck = z.object({
  id: z.string(),
  askedAt: z.string(),
  askedBy: z.string(),
  finishedAt: z.string().nullable(),
  /** null while it waits or runs */
  sound: z.boolean().nullable(),
  seals: z.number().nullable(),
  ratings: z.number().nullable(),
  differenceCount: z.number().nullable(),
  differences: z.array(difference),
});

export type SealCheck = z.output<typeof sealCheck>;

/** GET /admin/api/seals/state. */
export const sealState = z.object({
  last: sealLine.nullable(),
  nextAt: z.string(),
  /** ratings that wait for the next seal */
  unsealed: z.number(),
  /** the newest first */
  checks: z.array(sealCheck),
});

export type SealState = z.output<typeof sealState>;
