import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { QUESTION_KINDS, questionnaireContent } from './content-contract.ts';

defineRefusals({
  'questionnaire.unknown': {
    status: 404,
    zh: '没有找到这份问卷，或它不在您的数据范围内。请返回列表重新选择。',
    en: 'There is no such questionnaire within your data scope. Go back to the list and choose again.',
  },
  'questionnaire.beyond_scope': {
    status: 403,
    zh: '问卷面向全市，您的数据范围只是一部分，不能编辑或发布。请由市考核办办理。',
    en: 'Questionnaires belong to the whole city and you see a part of it. The city’s office has to do it.',
  },
  'questionnaire.changed_meanwhile': {
    status: 409,
    zh: '其他人刚刚改过这份问卷，您的修改没有保存。请刷新后再改。',
    en: 'Somebody else has just changed this questionnaire; yours was not saved. Reload it and try again.',
  },
  'questionnaire.unsound': {
    status: 422,
    zh: '问卷还有错误，没有发布。请改正标出的地方。',
    en: 'The questionnaire has faults and was not published. Correct what is marked.',
  },
  'questionnaire.range_reversed': {
    status: 422,
    zh: '结束日期早于开始日期。请调整日期范围。',
    en: 'The last day lies before the first. Correct the range of days.',
  },
  'questionnaire.over_already': {
    status: 422,
    zh: '结束日期已经过去，没有发布。请选择今天或以后的日期。',
    en: 'The last day is over, so nothing was published. Choose today or a later day.',
  },
  'questionnaire.unknown_window': {
    status: 422,
    zh: '窗口 {window} 不在名录中，没有保存。请核对窗口编号。',
    en: 'The register has no window {window}, so nothing was saved. Check its number.',
  },
  'questionnaire.not_open': {
    status: 409,
    zh: '这份问卷没有在开放，无需结束。请刷新页面查看现状。',
    en: 'This questionnaire is not open, so there is nothing to close. Reload the page to see how it stands.',
  },
  'questionnaire.unknown_version': {
    status: 422,
    zh: '这份问卷没有这个版本。请重新选择版本。',
    en: 'The questionnaire has no such version. Choose another one.',
  },
});

/** Never published; to open; open; its last day is over; closed by the office. */
export const QUESTIONNAIRE_STATES = ['draft', 'planned', 'open', 'over', 'closed'] as const;
export type QuestionnaireState = (typeof QUESTIONNAIRE_STATES)[number];

/** How a sheet came: by the window's QR code, on its tablet, from paper. */
export const SHEET_CHANNELS = ['qr', 'tablet', 'paper'] as const;
export type SheetChannel = (typeof SHEET_CHANNELS)[number];

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);
const lang = { lang: z.string().max(10).optional() };
const words = z.object({ zh: z.string(), en: z.string() });

export const questionnaireParams = z.object({ id: z.uuid() });

/** POST /admin/api/questionnaires. `id` is the form's own: the same again is the same questionnaire. */
export const newQuestionnaire = z.strictObject({ id: z.uuid(), content: questionnaireContent });

/** POST /admin/api/questionnaires/:id. */
export const draftForm = z.strictObject({
  revision: z.number().int().min(1),
  content: questionnaireContent,
});
export type DraftForm = z.output<typeof draftForm>;

/** POST /admin/api/questionnaires/:id/publish: nowhere named means every window of the city. */
export const publishForm = z.strictObject({
  revision: z.number().int().min(1),
  from: day,
  until: day,
  /** halls: regions of 12 digits, those of counties with their townships */
  regions: z
    .array(z.string().regex(/^\d{12}$/))
    .max(100)
    .default([]),
  windows: z.array(z.string().trim().min(1).max(32)).max(500).default([]),
});
export type PublishForm = z.output<typeof publishForm>;

/** GET /admin/api/questionnaires. */
export const questionnaireQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  ...lang,
});

export const questionnaireRow = z.object({
  id: z.string(),
  number: z.string(),
  title: words,
  state: z.enum(QUESTIONNAIRE_STATES),
  version: z.number().nullable(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  /** counted sheets of all versions within the reader's reach */
  sheets: z.number(),
  changedAt: z.string(),
});
export type QuestionnaireRow = z.output<typeof questionnaireRow>;

export const questionnairePage = z.object({
  items: z.array(questionnaireRow),
  next: z.string().nullable(),
});

const version = z.object({
  version: z.number(),
  hash: z.string(),
  publishedBy: z.string(),
  publishedAt: z.string(),
});

/** GET /admin/api/questionnaires/:id. */
export const questionnaireDetail = questionnaireRow.extend({
  revision: z.number(),
  content: questionnaireContent,
  /** what keeps the draft from being published */
  faults: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })),
  /** whether the draft says something else than the newest version */
  changed: z.boolean(),
  regions: z.array(z.string()),
  windows: z.array(z.string()),
  versions: z.array(version),
  changedBy: z.string(),
  limits: z.object({ questions: z.number(), options: z.number(), text: z.number() }),
  may: z.object({ write: z.boolean(), enter: z.boolean(), export: z.boolean() }),
});
export type QuestionnaireDetail = z.output<typeof questionnaireDetail>;

export const previewQuery = z.object({ elder: z.string().max(2).optional(), ...lang });

export const printQuery = z.object({
  windows: z.string().max(20_000).optional(),
  size: z.enum(['a4', 'a5', 'card']).default('a4'),
  ...lang,
});

const sheetFilter = {
  /** the newest where none is named */
  version: z.coerce.number().int().min(1).optional(),
  window: z.string().trim().max(32).optional(),
  department: z.string().trim().max(18).optional(),
  channel: z.enum(SHEET_CHANNELS).optional(),
  from: day.optional(),
  to: day.optional(),
};

/** GET /admin/api/questionnaires/:id/results. */
export const resultsQuery = z.object({
  ...sheetFilter,
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  ...lang,
});
export type ResultsQuery = z.output<typeof resultsQuery>;

/** GET /admin/api/questionnaires/:id/sheets: every counted sheet as a row. */
export const sheetsQuery = z.object({
  ...sheetFilter,
  format: z.enum(['csv', 'xlsx']).default('csv'),
  ...lang,
});
export type SheetsQuery = z.output<typeof sheetsQuery>;

const rate = z.object({ value: z.string().nullable(), numerator: z.number(), denominator: z.number() });

const answerTally = z.object({
  value: z.string(),
  label: words.nullable(),
  share: rate,
  interval: z.object({ low: z.string(), high: z.string() }).nullable(),
});

const questionTally = z.object({
  id: z.string(),
  kind: z.enum(QUESTION_KINDS),
  title: words,
  asked: z.number(),
  answered: z.number(),
  answers: z.array(answerTally),
  mean: z.string().nullable(),
  nps: z
    .object({
      promoters: z.number(),
      passives: z.number(),
      detractors: z.number(),
      answered: z.number(),
      score: z.string(),
    })
    .nullable(),
});
export type QuestionTallyView = z.output<typeof questionTally>;

export const questionnaireResults = z.object({
  version: z.number(),
  title: words,
  /** counted sheets */
  sheets: z.number(),
  /** kept and not counted: a device's second one of a day */
  repeated: z.number(),
  /** typed from paper and not checked yet */
  waiting: z.number(),
  channels: z.array(z.object({ channel: z.enum(SHEET_CHANNELS), sheets: z.number() })),
  /** with fewer sheets than this nothing but their number is told */
  smallest: z.number(),
  withheld: z.boolean(),
  questions: z.array(questionTally),
  /** null where a window has too few */
  windows: z.array(
    z.object({
      windowCode: z.string(),
      windowName: z.string(),
      departmentName: z.string(),
      sheets: z.number(),
      means: z.array(z.object({ question: z.string(), mean: z.string() })).nullable(),
    }),
  ),
  /** in no order that tells when they were written */
  texts: z.array(z.object({ question: z.string(), body: z.string() })),
});
export type QuestionnaireResults = z.output<typeof questionnaireResults>;
