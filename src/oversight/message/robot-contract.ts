import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'robot.unknown': {
    status: 404,
    zh: '没有这个机器人，可能已被移除。请刷新列表。',
    en: 'There is no such robot; it may have been removed. Refresh the list.',
  },
  'robot.known': {
    status: 409,
    zh: '已有同名的机器人，没有保存。请换一个名称。',
    en: 'Another robot has this name, so nothing changed. Choose another one.',
  },
  'robot.address': {
    status: 422,
    zh: '这不是允许的机器人地址，没有保存。请粘贴群机器人的完整 Webhook 地址；可用的来源：{origins}。',
    en:
      'This is no address of a robot that may be called, so nothing changed. Paste the whole webhook; ' +
      'it begins with one of {origins}.',
  },
  'robot.scope': {
    status: 422,
    zh: '范围不是本市的区划代码或统一社会信用代码，没有保存。请核对，或留空表示全市。',
    en: 'The scope is neither a region of this city nor a USCC. Check it, or leave it empty for the city.',
  },
  'robot.secret': {
    status: 422,
    zh: '企业微信机器人没有加签密钥，没有保存。请留空。',
    en: 'Robots of WeCom have no secret to sign with, so nothing changed. Leave it empty.',
  },
  'robot.busy': {
    status: 409,
    zh: '这个机器人一分钟内已发满，或正在被限流，没有发送。请过几分钟再试。',
    en: 'The robot has sent all it may within the minute, or rests. Try again in some minutes.',
  },
  'delivery.not_dead': {
    status: 409,
    zh: '这条消息没有发送失败，或已重新排队。请刷新列表。',
    en: 'This message was not given up, or waits again already. Refresh the list.',
  },
});

export const PROVIDERS = ['dingtalk', 'wecom'] as const;
/** Groups that a robot may tell: nothing about one person. */
export const ROBOT_GROUPS = ['order', 'card', 'month'] as const;

const phone = z.string().regex(/^1\d{10}$/);

/** POST /admin/api/robots, and /robots/:id, where an address or secret left out stays as it is */
export const robotForm = z.strictObject({
  provider: z.enum(PROVIDERS),
  name: z.string().trim().min(2).max(60),
  /** region or USCC; null: the whole city */
  scope: z.string().trim().max(18).nullable(),
  url: z.string().trim().max(500).optional(),
  /** empty text takes the secret away */
  secret: z.string().trim().max(200).optional(),
  groups: z.array(z.enum(ROBOT_GROUPS)).min(1).max(ROBOT_GROUPS.length),
  /** whether everybody in the group is called when it is urgent */
  everybody: z.boolean(),
  /** phones of those who are called when it is urgent; left out: as it is */
  phones: z.array(phone).max(10).optional(),
  enabled: z.boolean(),
});
export type RobotForm = z.output<typeof robotForm>;
export const robotParams = z.strictObject({ id: z.uuid() });

export const robotView = z.object({
  id: z.string(),
  provider: z.enum(PROVIDERS),
  name: z.string(),
  scope: z.string().nullable(),
  /** host and the end of the token */
  address: z.string(),
  signed: z.boolean(),
  groups: z.array(z.string()),
  everybody: z.boolean(),
  /** masked */
  phones: z.array(z.string()),
  enabled: z.boolean(),
  restsUntil: z.string().nullable(),
  sentAt: z.string().nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: z.string().nullable(),
});
export type RobotView = z.infer<typeof robotView>;
export const robotList = z.object({
  items: z.array(robotView),
  /** whether e-mail is set up */
  mail: z.boolean(),
});
/** POST /admin/api/robots/:id/test */
export const robotTested = z.object({ accepted: z.boolean(), code: z.string().nullable() });

export const DELIVERY_STATES = ['waiting', 'sending', 'sent', 'dropped', 'dead'] as const;

/** GET /admin/api/deliveries: what goes out, the newest first */
export const deliveryQuery = z.object({
  state: z.enum(DELIVERY_STATES).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type DeliveryQuery = z.output<typeof deliveryQuery>;
export const deliveryView = z.object({
  id: z.string(),
  channel: z.enum(['mail', 'robot']),
  /** username or robot, never an address */
  target: z.string().nullable(),
  text: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  dueAt: z.string(),
  createdAt: z.string(),
  lastError: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryView>;
export const deliveryPage = z.object({ items: z.array(deliveryView), next: z.string().nullable() });
