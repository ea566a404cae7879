import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'questionnaire.answers': {
    status: 422,
    zh: '有的题还没有答好，没有提交。请看标出的题。',
    en: 'Some answers are missing or wrong, so nothing was sent. See the questions that are marked.',
  },
  'questionnaire.answer_missing': {
    status: 422,
    zh: '这道题要回答。',
    en: 'This question needs an answer.',
  },
  'questionnaire.not_one': {
    status: 422,
    zh: '这道题只能有一个答案。',
    en: 'This question takes one answer.',
  },
  'questionnaire.unknown_answer': {
    status: 422,
    zh: '这道题没有这个答案。请重新选择。',
    en: 'The question has no such answer. Choose again.',
  },
  'questionnaire.too_many_ticked': {
    status: 422,
    zh: '这道题最多选{limit}项。',
    en: 'Choose at most {limit} here.',
  },
  'questionnaire.text_too_long': {
    status: 422,
    zh: '最多写{limit}个字，现在有{length}个。',
    en: 'Write at most {limit} characters; these are {length}.',
  },
  'questionnaire.unknown_question': {
    status: 422,
    zh: '问卷里没有这道题。请刷新页面后重新录入。',
    en: 'The questionnaire has no such question. Reload the page and enter the sheet again.',
  },
  'questionnaire.skipped': {
    status: 422,
    zh: '按前面的回答，这道题应当跳过。请清空它的答案。',
    en: 'After what was answered before, this question is skipped. Take its answer out.',
  },
  'questionnaire.none_here': {
    status: 404,
    zh: '这个窗口现在没有这份问卷，可能已经结束。感谢您的关注。',
    en: 'This window does not have this questionnaire now; it may be over. Thank you all the same.',
  },
  'questionnaire.wait': {
    status: 429,
    zh: '短时间内提交次数过多，这次没有保存。请一小时后再试。',
    en: 'Too many sheets in a short time; this one was not saved. Try again in an hour.',
  },
  'questionnaire.no_tablet': {
    status: 404,
    zh: '这个地址只供窗口平板使用。请扫描窗口上的码牌。',
    en: 'This address is for the windows’ tablets. Scan the sign at the window instead.',
  },
});

/** One field of a citizen's form: a box that is ticked several times comes as a list. */
const field = z.union([z.string().max(5000), z.array(z.string().max(5000)).max(60)]);

/** POST /q/:code/:number: answers by question, and the form's own fields, which begin with `_`. */
export const sheetForm = z.record(z.string().max(20), field);
export type SheetForm = z.output<typeof sheetForm>;
