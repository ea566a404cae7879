import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'contact.phone': {
    status: 422,
    zh: '希望我们联系您的，请填有效的电话号码；不需要联系的，请把姓名和电话都留空。评价还没有提交。',
    en: 'To be contacted, give a phone number; else leave name and phone empty. Nothing was sent yet.',
  },
  'say.kind_missing': {
    status: 422,
    zh: '请先选择您要说的是哪一种。',
    en: 'Choose first what it is that you have to say.',
  },
  'say.text_missing': {
    status: 422,
    zh: '请写下具体情况。',
    en: 'Write down what happened.',
  },
  'say.text_long': {
    status: 422,
    zh: '内容最多 {limit} 字，现在有 {length} 字，没有提交。请写短一些。',
    en: 'At most {limit} characters; yours has {length} and was not sent. Please shorten it.',
  },
  'say.name_long': {
    status: 422,
    zh: '姓名最多 {limit} 字，没有提交。请核对，或留空。',
    en: 'A name has at most {limit} characters, so nothing was sent. Correct it, or leave it empty.',
  },
  'say.wait': {
    status: 429,
    zh: '短时间内提交次数过多，这次没有保存。请一小时后再试，或拨打12345。',
    en: 'Too many were sent in a short time; this one was not saved. Try again in an hour, or call 12345.',
  },
  'say.unknown_receipt': {
    status: 404,
    zh: '没有这份回执。请用编号和手机号查询办理进度。',
    en: 'There is no such receipt. Follow your matter by its number and your phone.',
  },
  'follow.unknown': {
    status: 404,
    zh: '编号与手机号（或查询码）对不上，查不到。请核对后再试；没有留手机号的请用查询码。',
    en:
      'Number and phone (or code) do not belong together, so nothing was found. Check them; use the code ' +
      'if you left no phone.',
  },
  'follow.tries': {
    status: 429,
    zh: '查询失败的次数过多，暂时不能再查。请一小时后再试，或到大厅服务台查询。',
    en: 'There were too many wrong tries. Try again in an hour, or ask at the hall desk.',
  },
  'follow.expired': {
    status: 410,
    zh: '为了保护您的信息，查询页面过一段时间就会失效。请重新输入编号和手机号。',
    en: 'To protect you, this page closes after a while. Enter number and phone again.',
  },
});

/** Characters of what is said and of a name on the page. */
export const MOST = { text: 2000, name: 60 } as const;

const line = z.string().max(200).optional();

/** POST /say, as a browser sends it; what is wrong with it is told on the page. */
export const sayForm = z.strictObject({
  id: z.string().max(40).optional(),
  kind: z.string().max(40).optional(),
  category: z.string().max(40).optional(),
  /** a report of discipline or corruption */
  discipline: z.string().max(5).optional(),
  about: z.string().max(20).optional(),
  department: z.string().max(20).optional(),
  projectNo: line,
  text: z.string().max(20_000).optional(),
  name: line,
  phone: line,
});
export type SayForm = z.output<typeof sayForm>;

/** POST /follow */
export const followForm = z.strictObject({ number: line, phone: line });

/** POST /follow/:token */
export const wordForm = z.strictObject({
  word: z.enum(['satisfied', 'dissatisfied']),
  note: z.string().max(2000).optional(),
});
