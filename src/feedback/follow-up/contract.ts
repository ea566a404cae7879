import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { CALL_ENDS, CALL_OUTCOMES, CALL_SOURCES, type CallOutcome } from './call.ts';

defineRefusals({
  'call.unknown': {
    status: 404,
    zh: '没有这件回访，或它不在您的数据范围内。请从列表重新打开。',
    en: 'There is no such call-back within your data scope. Open it from the list.',
  },
  'call.own_window': {
    status: 403,
    zh: '这件回访涉及您本人或您派驻的窗口，您不能查看或拨打。请交由其他回访员。',
    en: 'This call-back concerns you or a window at which you are posted. Leave it to another caller.',
  },
  'call.closed': {
    status: 409,
    zh: '这件回访已经结束，没有再登记。请刷新列表。',
    en: 'This call-back has ended, so nothing more was recorded. Refresh the list.',
  },
  'call.another_day': {
    status: 409,
    zh: '最多拨打 {most} 次，且至少分布在 {days} 天。今天不能再拨打，请换一天。',
    en: 'There are {most} attempts, spread over {days} days at least. Call again on another day, not today.',
  },
  'call.no_phone': {
    status: 409,
    zh: '没有可拨打的电话：来人没有留下，或保存期已满。请登记为“号码有误”。',
    en: 'There is no phone to call: none was left, or its retention is over. Record it as a wrong number.',
  },
  'call.unknown_draw': {
    status: 404,
    zh: '这一周没有抽样。请从列表中选择。',
    en: 'Nothing was drawn for this week. Choose one from the list.',
  },
});

export type { CallOutcome };
export { CALL_ENDS, CALL_OUTCOMES, CALL_SOURCES };

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);
const source = z.enum(CALL_SOURCES);
const outcome = z.enum(CALL_OUTCOMES);
const ending = z.enum(CALL_ENDS);
const grade = z.enum(['good', 'fair', 'poor']);
const words = z.string().trim().max(2000);

export const callParams = z.object({ id: z.uuid() });

export const callQuery = z.object({
  state: z.enum(['open', 'closed']).optional(),
  source: source.optional(),
  card: z.enum(['yellow', 'red']).optional(),
  outcome: ending.optional(),
  q: z.string().trim().max(64).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type CallQuery = z.output<typeof callQuery>;

export const callLine = z.object({
  id: z.string(),
  number: z.string(),
  source,
  projectNo: z.string().nullable(),
  serviceNumber: z.number().nullable(),
  taskName: z.string().nullable(),
  windowCode: z.string().nullable(),
  windowName: z.string().nullable(),
  servedOn: z.string(),
  dueAt: z.string(),
  card: z.enum(['none', 'yellow', 'red']),
  attempts: z.number().int(),
  outcome: ending.nullable(),
  closedAt: z.string().nullable(),
  satisfied: z.boolean().nullable(),
});
export type CallLine = z.infer<typeof callLine>;
export const callPage = z.object({ items: z.array(callLine), next: z.string().nullable() });

/** What is asked on the phone; what wasn't asked stays null. */
export const callAnswers = z.strictObject({
  /** content on the whole */
  satisfied: z.boolean(),
  attitude: grade.nullable().default(null),
  efficiency: grade.nullable().default(null),
  /** told once of everything that was needed */
  toldOnce: z.boolean().nullable().default(null),
  /** done in one go */
  oneGo: z.boolean().nullable().default(null),
  onTime: z.boolean().nullable().default(null),
  askedMoney: z.boolean().nullable().default(null),
  /** whether the person says that they rated */
  rated: z.boolean().nullable().default(null),
  praised: z.boolean().default(false),
  /** suggestions and whatever else was said */
  remark: words.default(''),
});
export type CallAnswers = z.output<typeof callAnswers>;

/** GET /admin/api/call-backs/:id */
export const callDetail = callLine.extend({
  stepId: z.string().nullable(),
  staffNo: z.string().nullable(),
  openedAt: z.string(),
  caller: z.string().nullable(),
  most: z.number().int(),
  days: z.number().int(),
  tries: z.array(
    z.object({ outcome, calledAt: z.string(), caller: z.string(), note: z.string().nullable() }),
  ),
  answers: callAnswers.nullable(),
  may: z.array(z.enum(['phone', 'attempt'])),
});
export type CallDetail = z.infer<typeof callDetail>;

/** POST /admin/api/call-backs/:id/phone: opened for the call, with a reason that the audit keeps */
export const phoneRequest = z.strictObject({ reason: z.string().trim().min(4).max(500) });
export const phoneAnswer = z.object({ name: z.string().nullable(), phone: z.string() });

/** POST /admin/api/call-backs/:id/attempts */
export const attemptForm = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('reached'), answers: callAnswers, note: words.default('') }),
  z.strictObject({
    outcome: z.enum(['no_answer', 'refused', 'wrong_number']),
    note: words.default(''),
  }),
]);
export type AttemptForm = z.output<typeof attemptForm>;

export const figureQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  lang: z.string().max(10).optional(),
});
const rate = z.object({
  value: z.string().nullable(),
  numerator: z.number().int(),
  denominator: z.number().int(),
});
const figures = z.object({
  closed: z.number().int(),
  noAnswer: z.number().int(),
  refused: z.number().int(),
  wrongNumber: z.number().int(),
  reached: rate,
  dissatisfied: rate,
  satisfied: rate,
});
/** GET /admin/api/call-figures: call-backs that ended on these days, else in the present month */
export const callFigures = z.object({
  from: z.string(),
  to: z.string(),
  all: figures,
  bySource: z.array(figures.extend({ source })),
});
export type CallFigures = z.infer<typeof callFigures>;

export const drawQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export const drawParams = z.object({ week: day });
export const drawLine = z.object({
  week: z.string(),
  drawnAt: z.string(),
  seed: z.string(),
  seedHash: z.string(),
  committedAt: z.string(),
  percent: z.number().int(),
  perWindow: z.number().int(),
  perClerk: z.number().int(),
  least: z.number().int(),
  finished: z.number().int(),
  others: z.number().int(),
  unreachable: z.number().int(),
  listed: z.number().int(),
  windows: z.number().int(),
  clerks: z.number().int(),
  sampled: z.number().int(),
  listHash: z.string(),
});
export type DrawLine = z.infer<typeof drawLine>;
export const drawPage = z.object({ items: z.array(drawLine), next: z.string().nullable() });
/** POST /admin/api/call-draws/:week/check: the draw repeated from its kept list and seed */
export const drawCheck = z.object({ week: z.string(), reproduced: z.boolean(), sampled: z.number().int() });
