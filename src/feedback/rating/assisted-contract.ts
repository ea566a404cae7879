import { z } from 'zod';
import { parseDay, parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'assisted.own_service': {
    status: 403,
    zh: '这次办理由您本人经办，不能由您代录评价。请由其他人录入。',
    en: 'You served in this case yourself and can’t enter its rating. Somebody else has to.',
  },
  'assisted.own_window': {
    status: 403,
    zh: '您派驻在这个窗口，不能代录对它的评价。请由窗口以外的人录入。',
    en: 'You are posted at this window and can’t enter its ratings. Somebody from elsewhere has to.',
  },
  'assisted.before_service': {
    status: 422,
    zh: '评价日期早于办理日期，没有保存。请核对评价表上的日期和办件编号。',
    en: 'The rating is dated before the service, so nothing was saved. Check the date and the case number.',
  },
  'assisted.outside_window': {
    status: 422,
    zh: '评价日期已过可评期限，没有保存。过期的评价表请存档，不能计入。',
    en: 'The rating is dated after the last day on which the service could be rated; it can’t count.',
  },
  'assisted.too_late': {
    status: 422,
    zh: '评价日期距今超过{days}天，已过录入期限，没有保存。',
    en: 'The rating is more than {days} days old; the time for entering it is over, so nothing was saved.',
  },
  'assisted.which_service': {
    status: 422,
    zh: '请填写办件编号和环节号，或填写评价码和窗口编号。',
    en: 'Give the case number and the step, or the short code and the window.',
  },
  'assisted.unknown_batch': {
    status: 404,
    zh: '没有找到这一批评价表，或它不在您的范围内。请返回列表重新选择。',
    en: 'There is no such batch of forms within your reach. Go back to the list and choose again.',
  },
  'assisted.batch_ended': {
    status: 409,
    zh: '这一批已经录完，不能再改。请另开一批。',
    en: 'This batch is finished and takes nothing more. Begin another one.',
  },
  'assisted.batch_needed': {
    status: 422,
    zh: '纸质评价表须归入一批，其他来源不能归入。请从批次页面录入。',
    en: 'A paper form belongs to a batch, anything else does not. Enter it from its own page.',
  },
  'assisted.scan_missing': {
    status: 422,
    zh: '这一批还没有扫描件，没有保存。请先上传扫描件。',
    en: 'This batch has no scan yet, so nothing was saved. Add the scan first.',
  },
  'assisted.scan_type': {
    status: 415,
    zh: '扫描件应为PDF、JPG或PNG。请重新扫描后上传。',
    en: 'A scan is a PDF, JPG or PNG. Scan the forms again and send one of these.',
  },
  'assisted.column_unknown': {
    status: 422,
    zh: '文件有不认识的列：{column}。请按说明保留列名。',
    en: 'The file has a column that nobody knows: {column}. Keep to the columns of the description.',
  },
  'assisted.column_missing': {
    status: 422,
    zh: '文件缺少列：{column}。请补齐后重新上传。',
    en: 'The file lacks the column {column}. Add it and send the file again.',
  },
  'assisted.too_many_rows': {
    status: 422,
    zh: '一次最多导入{limit}行，没有导入。请分成几个文件。',
    en: 'At most {limit} rows go at once, so nothing was imported. Split the file.',
  },
});

export const ASSISTED_SOURCES = ['phone', 'paper', 'hotline'] as const;
export type AssistedSource = (typeof ASSISTED_SOURCES)[number];

const score = z.number().int().min(1).max(5);
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());

const service = {
  projectNo: optional(z.string().trim().max(64)),
  serviceNumber: optional(z.number().int().min(1).max(999_999)),
  /** the other way to name it: what stands on the slip */
  shortCode: optional(z.string().trim().max(20)),
  windowCode: optional(z.string().trim().max(32)),
};

/** POST /admin/api/assisted/entries. `id` is the form's own: the same again gets the same receipt. */
export const assistedForm = z.strictObject({
  ...service,
  id: z.string().regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u),
  source: z.enum(ASSISTED_SOURCES),
  batchId: optional(z.uuid()),
  page: optional(z.number().int().min(1).max(2000)),
  /** number of the call or of the hotline's order */
  reference: optional(z.string().trim().max(64)),
  satisfaction: score,
  evalDetail: z.array(z.string().max(20)).max(20).default([]),
  writingEvaluation: z.string().max(5000).default(''),
  process: optional(score),
  efficiency: optional(score),
  attitude: optional(score),
  anonymous: z.boolean().default(false),
  /** when it was given: the date on the paper, the time of the call */
  assessTime: z
    .string()
    .refine((text) => parseMoment(text) !== undefined, { params: { code: 'field.moment' } }),
});
export type AssistedForm = z.output<typeof assistedForm>;

/** GET /admin/api/assisted/service: what a number or a code leads to, before anything is entered. */
export const assistedQuery = z.object({
  projectNo: service.projectNo,
  serviceNumber: optional(z.coerce.number().int().min(1).max(999_999)),
  shortCode: service.shortCode,
  windowCode: service.windowCode,
  lang: z.string().max(10).optional(),
});
export type AssistedQuery = z.output<typeof assistedQuery>;

const assistedService = z.object({
  stepId: z.string(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  taskName: z.string(),
  serviceTime: z.string(),
  windowCode: z.string().nullable(),
  ratableUntil: z.string(),
  rated: z.boolean(),
});

/** GET /admin/api/assisted/service */
export const assistedFound = z.object({ service: assistedService.nullable() });

export const assistedAnswer = z.object({
  receipt: z.string(),
  /** false where the same form stands already */
  isNew: z.boolean(),
  service: assistedService,
});
export type AssistedAnswer = z.output<typeof assistedAnswer>;

/** POST /admin/api/assisted/batches. */
export const batchForm = z.strictObject({ note: z.string().trim().max(200).optional() });

export const batchFile = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
  uploadedAt: z.string(),
});

export const batchRow = z.object({
  id: z.string(),
  number: z.string(),
  note: z.string().nullable(),
  openedBy: z.string(),
  openedAt: z.string(),
  endedAt: z.string().nullable(),
  entries: z.number(),
});
export type BatchRow = z.output<typeof batchRow>;

export const batchPage = z.object({ items: z.array(batchRow), next: z.string().nullable() });

export const batchView = batchRow.extend({
  files: z.array(batchFile),
  /** the last first */
  lines: z.array(
    z.object({
      stepId: z.string(),
      projectNo: z.string(),
      serviceNumber: z.number(),
      taskName: z.string(),
      satisfaction: z.number(),
      page: z.number().nullable(),
      enteredBy: z.string(),
      enteredAt: z.string(),
    }),
  ),
});
export type BatchView = z.output<typeof batchView>;

export const batchQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export const batchParams = z.object({ id: z.uuid() });
export const batchFileParams = z.object({ id: z.uuid(), fileId: z.uuid() });

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);

/** GET /admin/api/assisted/counts: by days of entry, both included. */
export const assistedCountsQuery = z.object({
  from: day,
  to: day,
  lang: z.string().max(10).optional(),
});

const rate = z.object({ value: z.string().nullable(), numerator: z.number(), denominator: z.number() });

export const assistedCounts = z.array(
  z.object({
    source: z.enum(ASSISTED_SOURCES),
    entered: z.number(),
    /** as everywhere, what a verdict has excluded is in neither */
    goodRate: rate,
    excluded: z.number(),
  }),
);
export type AssistedCounts = z.output<typeof assistedCounts>;

/** Columns of a hotline file; each row is judged as if it had been typed. */
export const HOTLINE_COLUMNS = [
  { name: 'reference', required: true },
  { name: 'projectNo', required: true },
  { name: 'serviceNumber', required: true },
  { name: 'satisfaction', required: true },
  { name: 'assessTime', required: true },
  { name: 'evalDetail', required: false },
  { name: 'writingEvaluation', required: false },
] as const;

export const hotlineAnswer = z.object({
  entered: z.number(),
  repeated: z.number(),
  refused: z.array(z.object({ line: z.number(), code: z.string(), detail: z.string() })),
});
export type HotlineAnswer = z.output<typeof hotlineAnswer>;
