import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'deputy.unknown_account': {
    status: 422,
    zh: '没有这个可用账号，或其本身不办理工单，没有设置。请从列表中选择。',
    en: 'There is no such account that handles orders, so nothing was set. Choose one from the list.',
  },
  'deputy.overlap': {
    status: 409,
    zh: '这几天已经设置了代办人，没有重复设置。请先收回原来的设置。',
    en: 'A deputy stands in on some of these days already. Take that back first.',
  },
  'deputy.days': {
    status: 422,
    zh: '起止日期不对：结束不能早于开始，也不能在今天以前。请改正。',
    en: 'The days are wrong: the last is neither before the first nor before today. Correct them.',
  },
  'deputy.unknown': {
    status: 404,
    zh: '没有这条代办设置，或已经收回。请刷新页面。',
    en: 'There is no such deputy, or it was taken back. Reload the page.',
  },
  'deputy.decides_only': {
    status: 403,
    zh: '代办人只能代为审批，不能代为提出，没有提交。请切换回本人后提出。',
    en: 'A deputy decides for somebody but proposes in their own name. Switch back to yourself and propose.',
  },
  'deputy.not_standing_in': {
    status: 403,
    zh: '您今天不是这个账号的代办人，没有办理。请切换回本人后重试。',
    en: 'You do not stand in for this account today, so nothing was done. Switch back to yourself.',
  },
});

/** Sent with a request: the account for which the reader stands in. */
export const ON_BEHALF = 'x-on-behalf-of';

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);

/** POST /admin/api/deputies: for oneself, or by the office for another account */
export const deputyForm = z.strictObject({
  userId: z.string().max(60).optional(),
  standInId: z.string().min(1).max(60),
  from: day,
  until: day,
});
export type DeputyForm = z.output<typeof deputyForm>;

export const deputyParams = z.object({ id: z.uuid() });

const line = z.object({
  id: z.string(),
  userId: z.string(),
  userName: z.string(),
  standInId: z.string(),
  standInName: z.string(),
  from: z.string(),
  until: z.string(),
});

/** GET /admin/api/deputies: who stands in for the reader, and for whom the reader does, now or later. */
export const deputyList = z.object({
  mine: z.array(line),
  /** `active`: today */
  standingIn: z.array(line.extend({ active: z.boolean() })),
  choices: z.array(z.object({ id: z.string(), name: z.string(), username: z.string() })),
});
export type DeputyList = z.infer<typeof deputyList>;
