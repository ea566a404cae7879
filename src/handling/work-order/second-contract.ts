import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'order.not_sent_back': {
    status: 409,
    zh: '这张工单的答复没有被退回，没有可以申请复核的事项。请按当前状态办理。',
    en: 'No answer of this order was sent back, so there is nothing to appeal. Go on from where it stands.',
  },
  'order.appealed_before': {
    status: 409,
    zh: '这张工单已经申请过一次复核，不能再申请。请按审批意见办理后重新提交答复。',
    en: 'This order was appealed before, and once is all. Follow the decision and answer again.',
  },
  'order.appeal_late': {
    status: 409,
    zh: '申请复核的时间已于 {until} 结束，请按审批意见办理后重新提交答复。',
    en: 'The time to appeal ended on {until}; nothing was handed in. Follow the decision and answer again.',
  },
  'order.supervisor_only': {
    status: 403,
    zh: '这张工单正在复核，须由督查部门决定，没有改动。请交由督查人员办理。',
    en: 'This order is under appeal and the supervisor decides. Leave it to the supervisor.',
  },
  'order.took_part': {
    status: 403,
    zh: '退回或申请复核的人不能再作复核决定，没有改动。请交由其他督查人员办理。',
    en: 'Whoever sent it back or appealed doesn’t decide the appeal. Leave it to another supervisor.',
  },
});
