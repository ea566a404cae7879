import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { questionnaireContent } from './content-contract.ts';

defineRefusals({
  'questionnaire.unknown_batch': {
    status: 404,
    zh: '没有找到这一批纸质问卷，或它不在您的数据范围内。请返回列表重新选择。',
    en: 'There is no such batch of paper sheets within your reach. Go back to the list and choose again.',
  },
  'questionnaire.filled_in_future': {
    status: 422,
    zh: '填写日期晚于今天，没有保存。请核对日期。',
    en: 'The day on which the sheets were filled in lies ahead, so nothing was saved. Check the day.',
  },
  'questionnaire.not_typist': {
    status: 403,
    zh: '这一批由开批的人录入，您不能代录。请另开一批，或等录完后由您核对。',
    en: 'Only whoever began this batch types it. Begin another one, or check it once it is finished.',
  },
  'questionnaire.batch_ended': {
    status: 409,
    zh: '这一批已经录完，不能再加。请另开一批。',
    en: 'This batch is finished and takes nothing more. Begin another one.',
  },
  'questionnaire.batch_open': {
    status: 409,
    zh: '这一批还没有录完，不能核对。请录入人先结束录入。',
    en: 'This batch is still being typed and can’t be checked. Have it finished first.',
  },
  'questionnaire.batch_judged': {
    status: 409,
    zh: '这一批已经核对完，结论不变。如有疑问，请另开一批重录。',
    en: 'This batch has been checked; the outcome stands. Type it anew in another batch if it is wrong.',
  },
  'questionnaire.batch_empty': {
    status: 422,
    zh: '这一批还没有答卷，不能结束。请先录入。',
    en: 'This batch has no sheet yet, so it can’t be finished. Type one first.',
  },
  'questionnaire.number_taken': {
    status: 409,
    zh: '第 {number} 份已经录过，没有保存。请核对纸上的编号。',
    en: 'Sheet {number} has been typed already, so nothing was saved. Check the number on the paper.',
  },
  'questionnaire.same_person': {
    status: 403,
    zh: '录入人不能核对自己录的这一批。请由另一人核对。',
    en: 'Whoever typed a batch can’t check it. Have somebody else do it.',
  },
  'questionnaire.not_in_sample': {
    status: 422,
    zh: '第 {number} 份没有抽中，不用复录。请按列出的编号核对。',
    en: 'Sheet {number} wasn’t drawn. Type those whose numbers are listed.',
  },
  'questionnaire.checked_already': {
    status: 409,
    zh: '第 {number} 份已经复录过，没有保存。请核对下一份。',
    en: 'Sheet {number} has been typed again already, so nothing was saved. Go on with the next one.',
  },
  'questionnaire.nothing_differs': {
    status: 409,
    zh: '第 {number} 份没有待认定的差异。请刷新页面查看现状。',
    en: 'Nothing is to be decided about sheet {number}. Reload the page to see how it stands.',
  },
});

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);
const sheetNumber = z.number().int().min(1).max(9999);
/** Answers by question: codes of options, points, words. */
const answers = z.record(z.string().regex(/^[a-z][a-z0-9]{0,15}$/), z.array(z.string().max(2000)).max(60));

/** POST /admin/api/questionnaire-batches. `id` is the form's own: the same again is the same batch. */
export const sheetBatchForm = z.strictObject({
  id: z.uuid(),
  questionnaireId: z.uuid(),
  /** the newest where none is named */
  version: z.number().int().min(1).optional(),
  windowCode: z.string().trim().min(1).max(32),
  filledOn: day,
});
export type SheetBatchForm = z.output<typeof sheetBatchForm>;

/** POST /admin/api/questionnaire-batches/:id/sheets. */
export const paperSheetForm = z.strictObject({ id: z.uuid(), number: sheetNumber, answers });
export type PaperSheetForm = z.output<typeof paperSheetForm>;

/** POST /admin/api/questionnaire-batches/:id/checks: the same sheet, typed by somebody else. */
export const paperCheckForm = z.strictObject({ number: sheetNumber, answers });
export type PaperCheckForm = z.output<typeof paperCheckForm>;

/** POST /admin/api/questionnaire-batches/:id/settlements: which typing the paper bears out. */
export const settlementForm = z.strictObject({ number: sheetNumber, holds: z.enum(['first', 'second']) });
export type SettlementForm = z.output<typeof settlementForm>;

export const sheetBatchParams = z.object({ id: z.uuid() });
export const sheetBatchQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});

const words = z.object({ zh: z.string(), en: z.string() });

export const sheetBatchRow = z.object({
  id: z.string(),
  number: z.string(),
  title: words,
  version: z.number(),
  windowCode: z.string(),
  filledOn: z.string(),
  openedBy: z.string(),
  openedAt: z.string(),
  endedAt: z.string().nullable(),
  outcome: z.enum(['accepted', 'rejected']).nullable(),
  sheets: z.number(),
});
export type SheetBatchRow = z.output<typeof sheetBatchRow>;

export const sheetBatchPage = z.object({
  items: z.array(sheetBatchRow),
  next: z.string().nullable(),
  /** what a batch may be begun for */
  choices: z.array(z.object({ id: z.string(), number: z.string(), title: words, version: z.number() })),
});

/** GET /admin/api/questionnaire-batches/:id. */
export const sheetBatchView = sheetBatchRow.extend({
  content: questionnaireContent,
  /** sheets that were typed; their answers are shown to nobody before they differ from a check */
  numbers: z.array(z.number()),
  sample: z.array(z.number()),
  checks: z.array(
    z.object({
      number: z.number(),
      checkedBy: z.string(),
      differs: z.array(
        z.object({ question: z.string(), first: z.array(z.string()), second: z.array(z.string()) }),
      ),
      holds: z.enum(['first', 'second']).nullable(),
    }),
  ),
  may: z.object({ type: z.boolean(), check: z.boolean() }),
});
export type SheetBatchView = z.output<typeof sheetBatchView>;
