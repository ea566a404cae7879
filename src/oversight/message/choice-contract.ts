import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';
import { MODES } from './choice.ts';
import { GROUPS } from './kind.ts';

export { MODES };

defineRefusals({
  'mail.not_set_up': {
    status: 409,
    zh: '本系统还没有设置邮件服务器，不能用邮件接收消息。请联系系统管理员。',
    en: 'This system has no mail server yet, so messages come by the inbox only. Ask its administrator.',
  },
  'mail.not_sent': {
    status: 502,
    zh: '验证码邮件没有发出（{code}），地址没有更改。请核对地址，稍后再试。',
    en: 'The code could not be sent ({code}), so the address stays as it was. Check it and try again later.',
  },
  'mail.too_soon': {
    status: 429,
    zh: '刚刚发送过验证码，没有再发。请等 {minutes} 分钟后重试。',
    en: 'A code was sent a moment ago, so none was sent now. Try again after {minutes} minutes.',
  },
  'mail.no_code': {
    status: 409,
    zh: '没有等待验证的邮箱，或验证码已失效。请重新发送验证码。',
    en: 'No address waits for a code, or the code has run out. Have another one sent.',
  },
  'mail.wrong_code': {
    status: 422,
    zh: '验证码不对，还可以再试 {left} 次。请核对邮件中的六位数字。',
    en: 'That is not the code; {left} more tries. Check the six digits in the mail.',
  },
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const mode = z.enum(MODES);
const byMail = z.strictObject(Object.fromEntries(GROUPS.map((group) => [group, mode])) as ModeShape);
type ModeShape = Readonly<Record<(typeof GROUPS)[number], typeof mode>>;
const quiet = z.strictObject({ from: time, to: time, restDays: z.boolean() });
const lang = z.enum(['zh-CN', 'en']);

/** POST /admin/api/me/messages; null: as the city's rule says */
export const choiceForm = z.strictObject({
  byMail,
  quiet: quiet.nullable(),
  digestAt: time.nullable(),
  lang,
});
export type ChoiceForm = z.output<typeof choiceForm>;

/** GET /admin/api/me/messages */
export const choiceView = z.object({
  /** whether this system can send e-mail at all */
  mail: z.boolean(),
  address: z.string().nullable(),
  /** an address that waits for its code */
  waiting: z.string().nullable(),
  byMail,
  quiet: quiet.nullable(),
  digestAt: time.nullable(),
  lang,
  /** what holds where nothing is chosen */
  rule: z.object({ quiet, digestAt: time }),
});
export type ChoiceView = z.infer<typeof choiceView>;

/** POST /admin/api/me/address, /address/confirm, /address/remove */
export const addressForm = z.strictObject({ address: z.email().max(200) });
export const codeForm = z.strictObject({ code: z.string().regex(/^\d{6}$/) });
