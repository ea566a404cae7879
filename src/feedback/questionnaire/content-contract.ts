import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'questionnaire.no_question': {
    status: 422,
    zh: '至少要有一道题。请先添加题目，再发布。',
    en: 'There is no question yet. Add one before you publish.',
  },
  'questionnaire.too_many_questions': {
    status: 422,
    zh: '一份问卷最多{limit}题。请删减，或分成两份问卷。',
    en: 'A questionnaire has at most {limit} questions. Leave some out or make two of it.',
  },
  'questionnaire.title_missing': {
    status: 422,
    zh: '这里还没有中文文字。请填写后再发布。',
    en: 'The Chinese text is missing here. Write it before you publish.',
  },
  'questionnaire.duplicate_question': {
    status: 422,
    zh: '两道题的编号相同。请删除其中一道，重新添加。',
    en: 'Two questions have the same code. Remove one of them and add it again.',
  },
  'questionnaire.few_options': {
    status: 422,
    zh: '选择题至少要有两个选项。请补充选项。',
    en: 'A choice needs at least two options. Add some.',
  },
  'questionnaire.too_many_options': {
    status: 422,
    zh: '一道题最多{limit}个选项。请合并选项。',
    en: 'A question has at most {limit} options. Join some of them.',
  },
  'questionnaire.same_option': {
    status: 422,
    zh: '有两个选项相同。请修改其中一个。',
    en: 'Two of the options are the same. Change one of them.',
  },
  'questionnaire.skip_unknown': {
    status: 422,
    zh: '跳题规则指向的题目不存在。请重新选择。',
    en: 'The skip rule leads to a question that there is none of. Choose another.',
  },
  'questionnaire.skip_backward': {
    status: 422,
    zh: '跳题只能向后，不能回到本题或前面的题。请重新选择目标。',
    en: 'A skip leads forward only, never to its own question or an earlier one. Choose another target.',
  },
  'questionnaire.skip_value': {
    status: 422,
    zh: '跳题规则用了本题没有的答案。请重新选择答案。',
    en: 'The skip rule names an answer that the question doesn’t have. Choose again.',
  },
});

/** How a question is answered. `nps`: 0 to 10, how likely one is to recommend. */
export const QUESTION_KINDS = ['single', 'multiple', 'scale', 'nps', 'text'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** Where a skip leads besides questions: the questionnaire is done. */
export const END = 'end';

const id = z.string().regex(/^[a-z][a-z0-9]{0,15}$/);
/** Chinese, and English where it was written; a reader of English sees the Chinese where it wasn't. */
const words = (most: number) =>
  z.strictObject({
    zh: z.string().trim().max(most),
    en: z
      .string()
      .trim()
      .max(2 * most),
  });
export type Words = { readonly zh: string; readonly en: string };

/** With one of these answers the next question is another than the following one. */
const skip = z.strictObject({
  values: z.array(z.string().max(16)).min(1).max(20),
  to: z.union([id, z.literal(END)]),
});

const asked = {
  id,
  title: words(200),
  required: z.boolean(),
};
const options = z.array(z.strictObject({ id, label: words(100) })).max(40);
const skips = z.array(skip).max(10);

const question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('single'), options, skips }),
  z.strictObject({
    ...asked,
    kind: z.literal('multiple'),
    options,
    /** how many may be ticked; null for any number */
    most: z.number().int().min(1).max(40).nullable(),
    skips,
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('scale'),
    points: z.number().int().min(3).max(10),
    low: words(30),
    high: words(30),
    skips,
  }),
  z.strictObject({ ...asked, kind: z.literal('nps'), skips }),
  z.strictObject({
    ...asked,
    kind: z.literal('text'),
    /** What is written has to be answered like a suggestion. */
    suggestion: z.boolean(),
  }),
]);
export type Question = z.output<typeof question>;

/** A questionnaire as it is written and frozen. */
export const questionnaireContent = z.strictObject({
  title: words(100),
  intro: words(500),
  sections: z
    .array(z.strictObject({ title: words(100), questions: z.array(question).max(200) }))
    .min(1)
    .max(30),
});
export type Content = z.output<typeof questionnaireContent>;
