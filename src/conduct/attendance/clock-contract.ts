import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'clock.unknown_staff': {
    status: 422,
    zh: '名录中没有这个工号。请核对编号，或先在名录中导入该人员；机器编号与工号不同时，请在列对应中选上姓名列。',
    en:
      'The register has no such staff number. Check it, or import the person first; where machines have ' +
      'numbers of their own, name the column of names too.',
  },
  'clock.ambiguous_name': {
    status: 422,
    zh: '名录中没有这个工号，同名的人不止一个，无法确定是谁。请在文件中改用工号。',
    en: 'The number is not known and several people bear the name. Put the staff number into the file.',
  },
  'clock.name_differs': {
    status: 422,
    zh: '这个工号在名录中是另一个人。请核对机器里登记的编号和姓名。',
    en: 'In the register this number is somebody else’s. Check number and name in the machine.',
  },
  'clock.day': {
    status: 422,
    zh: '不是真实的日期。请写成 2026-06-01 或 2026/6/1 这样。',
    en: 'This is not a real day. Write it like 2026-06-01 or 2026/6/1.',
  },
  'clock.time': {
    status: 422,
    zh: '不是时刻。请写成 08:30 这样；没有打卡请留空。',
    en: 'This is not a time of day. Write it like 08:30; leave it empty where nobody clocked in.',
  },
  'clock.moment': {
    status: 422,
    zh: '不是日期加时间。请写成 2026-06-01 08:30:00 这样。',
    en: 'This is not a day with a time. Write it like 2026-06-01 08:30:00.',
  },
  'clock.reversed': {
    status: 422,
    zh: '下班早于上班。请核对这一行的时间。',
    en: 'The way out lies before the way in. Check the times of this line.',
  },
  'clock.in_future': {
    status: 422,
    zh: '日期晚于今天。请核对机器的时钟。',
    en: 'The day lies in the future. Check the clock of the machine.',
  },
  'clock.too_old': {
    status: 422,
    zh: '日期早于 {days} 天以前，多半是机器时钟错误。请核对后改正。',
    en: 'The day lies more than {days} days back, most likely by a wrong clock. Check and correct it.',
  },
  'clock.unknown_source': {
    status: 404,
    zh: '没有这个考勤机来源。请先在列对应中保存。',
    en: 'There is no such source. Save its columns first.',
  },
  'clock.source_name': {
    status: 409,
    zh: '已经有同名的来源。请换一个名称，或修改原来的那一个。',
    en: 'There is a source of this name. Choose another name or change that one.',
  },
  'clock.columns_lacking': {
    status: 422,
    zh: '列对应不完整，还缺：{columns}。请逐项选择文件中的列。',
    en: 'Columns are still to be named: {columns}. Choose a column of the file for each.',
  },
  'clock.column_twice': {
    status: 422,
    zh: '同一列被用了两次：{columns}。请为每一项选择不同的列。',
    en: 'A column is used twice: {columns}. Choose another column for each.',
  },
  'clock.columns_absent': {
    status: 422,
    zh: '文件里没有这些列：{columns}。请核对文件，或修改这个来源的列对应。',
    en: 'The file lacks these columns: {columns}. Check the file, or change the columns of the source.',
  },
});

/** What the columns of each layout may mean, in the order of the editor. */
export const CLOCK_COLUMNS = {
  punches: ['staff', 'name', 'moment', 'day', 'time', 'device'],
  daily: ['staff', 'name', 'day', 'arrive', 'noonOut', 'noonIn', 'leave'],
} as const;
export const clockLayouts = z.enum(['punches', 'daily']);
export type ClockLayout = z.infer<typeof clockLayouts>;
export const clockColumns = z.enum([
  ...CLOCK_COLUMNS.punches,
  'arrive',
  'noonOut',
  'noonIn',
  'leave',
] as const);
export type ClockColumn = z.infer<typeof clockColumns>;
/** Meaning → title of the file's column. */
export const clockMapping = z.partialRecord(clockColumns, z.string().trim().min(1).max(200));
export type ClockMapping = Readonly<z.infer<typeof clockMapping>>;

/** POST /admin/api/attendance/sources: `id` is the form's own, so that sending it twice saves it once. */
export const clockSourceForm = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(60),
  layout: clockLayouts,
  mapping: clockMapping,
});
export type ClockSourceForm = z.output<typeof clockSourceForm>;

export const clockSource = z.object({
  id: z.string(),
  name: z.string(),
  layout: clockLayouts,
  mapping: clockMapping,
  changedBy: z.string(),
  changedAt: z.string(),
  /** the last file that was taken */
  last: z
    .object({
      fileName: z.string(),
      firstDay: z.string().nullable(),
      lastDay: z.string().nullable(),
      created: z.number().int(),
      badRows: z.number().int(),
      loadedBy: z.string(),
      loadedAt: z.string(),
    })
    .nullable(),
});
export type ClockSource = z.infer<typeof clockSource>;
export const clockSources = z.object({ items: z.array(clockSource) });

/** POST /admin/api/attendance/preview: titles and first lines of a file, and what they most likely mean. */
export const clockPreview = z.object({
  header: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  layout: clockLayouts,
  mapping: clockMapping,
});
export type ClockPreview = z.infer<typeof clockPreview>;

export const clockFileQuery = z.object({
  dryRun: z.enum(['0', '1']).default('0'),
  lang: z.string().max(10).optional(),
});
export const idParams = z.object({ id: z.uuid() });
