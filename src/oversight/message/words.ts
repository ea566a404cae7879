import { formatMoment, parseMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { kindOf, type MessageKind, type Params } from './kind.ts';

type Words = readonly [zh: string, en: string];

const SENTENCES: Readonly<Record<MessageKind, Words>> = {
  order_opened: [
    '新工单 {number} 待签收，办结期限 {due}。',
    'New order {number} is to be signed for; it is due by {due}.',
  ],
  order_unassigned: [
    '新工单 {number} 待分派，办结期限 {due}。',
    'New order {number} has to be assigned; it is due by {due}.',
  ],
  order_assigned: [
    '工单 {number} 转到贵部门，请签收，办结期限 {due}。',
    'Order {number} was given to your department to sign for; it is due by {due}.',
  ],
  order_entrusted: [
    '工单 {number} 交由您承办，办结期限 {due}。',
    'Order {number} was given to you in person; it is due by {due}.',
  ],
  order_returned: [
    '工单 {number} 被退回，请重新分派，办结期限 {due}。',
    'Order {number} was returned and has to be assigned anew; it is due by {due}.',
  ],
  order_extension_asked: [
    '工单 {number} 申请延期，等待审批，现期限 {due}。',
    'An extension of order {number} waits for a decision; it is due by {due}.',
  ],
  order_extension_approved: [
    '工单 {number} 的延期已获批准，新期限 {due}。',
    'Order {number} was extended; it is now due by {due}.',
  ],
  order_extension_refused: [
    '工单 {number} 的延期未获批准，期限仍是 {due}。',
    'The extension of order {number} was refused; it stays due by {due}.',
  ],
  order_answered: [
    '工单 {number} 已提交答复，等待审批。',
    'The answer to order {number} waits for approval.',
  ],
  order_sent_back: [
    '工单 {number} 的答复被退回，请改正后重新提交，期限 {due}。',
    'The answer to order {number} was sent back; hand it in again by {due}.',
  ],
  order_call_back: [
    '工单 {number} 已答复，请回访，回访期限 {due}。',
    'Order {number} is answered; call the person back by {due}.',
  ],
  order_reopened: [
    '工单 {number} 因群众不满意重新办理，新期限 {due}。',
    'Order {number} was reopened, since the person is not satisfied; it is due by {due}.',
  ],
  order_closed: ['工单 {number} 已办结。', 'Order {number} is closed.'],
  order_withdrawn: [
    '工单 {number} 已撤销，不必再办。',
    'Order {number} was withdrawn; nothing more is owed.',
  ],
  order_supervised: [
    '工单 {number} 已列入督办，期限 {due}。',
    'Order {number} is under supervision; it is due by {due}.',
  ],
  duty_yellow: [
    '黄牌提醒：{number} 的“{step}”期限 {due}。',
    'Yellow card: “{step}” of {number} is due by {due}.',
  ],
  duty_red: [
    '红牌警示：{number} 的“{step}”已超期，期限是 {due}。',
    'Red card: “{step}” of {number} is overdue; it was due by {due}.',
  ],
  order_escalated: [
    '{number} 的“{step}”超期，已上报，请督促办理。',
    '“{step}” of {number} is overdue and comes up to you; see that it is done.',
  ],
  voice_discipline: ['举报件 {number} 已移交，请查收。', 'Report {number} was handed over to you.'],
  voice_fault: [
    '投诉 {number} 的责任认定等待第二人决定。',
    'Whether complaint {number} is at fault waits for a second person.',
  ],
  exclusion_proposed: [
    '一条评价的排除申请等待第二人决定。',
    'A proposal to exclude a rating waits for a second person.',
  ],
  integrity_found: ['诚信审查有新的疑点，请审查。', 'Integrity has a new finding to review.'],
  integrity_proposed: [
    '一个诚信疑点的审查意见等待第二人决定。',
    'The review of an integrity finding waits for a second person.',
  ],
  finding_confirmed: [
    '一项关于您的督查发现已经确认，请在本人考核记录中查看；有异议可就该笔提出申诉。',
    'A finding about you was confirmed; see your own record, where you can appeal against its line.',
  ],
  merit_proposed: ['有加分事项等待第二人确认。', 'A merit waits for a second person to confirm it.'],
  scheme_proposed: [
    '考核方案草案已提交，等待审定。',
    'A draft of the assessment scheme waits for a decision.',
  ],
  appeal_opinion: [
    '申诉 {number} 请部门出具意见，期限 {due}。',
    'Appeal {number} asks for your department’s opinion by {due}.',
  ],
  appeal_group: [
    '申诉 {number} 待组成复核小组并作出决定，期限 {due}。',
    'Appeal {number} needs a review group; the decision is due by {due}.',
  ],
  appeal_named: [
    '您是申诉 {number} 的复核小组成员，请表决，期限 {due}。',
    'You are on the review group of appeal {number}; vote by {due}.',
  ],
  appeal_upheld: ['您的申诉 {number} 成立。', 'Your appeal {number} was upheld.'],
  appeal_rejected: [
    '您的申诉 {number} 未成立，理由见申诉页。',
    'Your appeal {number} was rejected; see why.',
  ],
  month_published: [
    '{month} 的结果单已公示，可在 {until} 前提出申诉。',
    'The statements of {month} are on notice; appeals are possible until {until}.',
  ],
  month_sealed: ['{month} 的结果已封存。', 'The results of {month} are sealed.'],
};

const STEPS: Readonly<Record<string, Words>> = {
  sign: ['签收', 'signing'],
  contact: ['联系群众', 'contact'],
  answer: ['办结答复', 'the answer'],
  call_back: ['回访', 'the call-back'],
  opinion: ['部门意见', 'the department’s opinion'],
  review: ['复核决定', 'the review'],
};

const UNKNOWN: Words = ['有一条新消息。', 'There is a new message.'];

/** The message as one sentence in the reader's language. */
export function messageText(kind: string, params: Params, lang: Lang): string {
  const at = lang === 'en' ? 1 : 0;
  const known = kindOf(kind);
  const words = known === undefined ? UNKNOWN : SENTENCES[known];
  return words[at].replace(/\{(\w+)\}/g, (_, name: keyof Params) => placed(name, params, at));
}

function placed(name: keyof Params, params: Params, at: 0 | 1): string {
  const given = params[name] ?? '—';
  if (name === 'step') return STEPS[given]?.[at] ?? given;
  if (name !== 'due' && name !== 'until') return given;
  const instant = parseMoment(given);
  return instant === undefined ? given : formatMoment(instant);
}

/** Headings of what goes out, and where to change it. */
export const TITLES = {
  many: {
    'zh-CN': (count: number) => `一评：${count} 条消息`,
    en: (count: number) => `Yiping: ${count} messages`,
  },
  foot: {
    'zh-CN': '本邮件由系统发送，请勿回复。接收方式可在“个人设置”中更改。',
    en: 'Sent by the system; please do not reply. Change what you receive under “My settings”.',
  },
  robot: {
    'zh-CN': (count: number) => (count === 1 ? '一评消息' : `一评消息（${count} 条）`),
    en: (count: number) => (count === 1 ? 'Yiping message' : `Yiping: ${count} messages`),
  },
  test: {
    'zh-CN': '这是一条测试消息，收到即表示机器人设置正确。',
    en: 'This is a test: whoever reads it, the robot is set up.',
  },
  code: {
    'zh-CN': {
      subject: (code: string) => `一评：邮箱验证码 ${code}`,
      text: (code: string, minutes: number) =>
        `您的验证码是 ${code}，${minutes} 分钟内有效。不是您本人操作的，请忽略本邮件。`,
    },
    en: {
      subject: (code: string) => `Yiping: code ${code} for your address`,
      text: (code: string, minutes: number) =>
        `Your code is ${code}, valid for ${minutes} minutes. If you did not ask for it, ignore this mail.`,
    },
  },
} as const;
