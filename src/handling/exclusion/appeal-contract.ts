import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'exclusion.not_rejected': {
    status: 409,
    zh: '这条提议没有被驳回，不需要申请复核。请刷新后按当前状态办理。',
    en: 'This proposal was not rejected, so there is nothing to appeal. Reload and go on from there.',
  },
  'exclusion.appealed_before': {
    status: 409,
    zh: '这条提议已经申请过一次复核，不能再申请。有新证据的，请另行提议。',
    en: 'This proposal was appealed before, and once is all. With new evidence, propose it anew.',
  },
  'exclusion.appeal_late': {
    status: 409,
    zh: '申请复核的时间已于 {until} 结束，没有提交。有新证据的，请另行提议。',
    en: 'The time to appeal ended on {until}, so nothing was handed in. With new evidence, propose it anew.',
  },
  'exclusion.supervisor_only': {
    status: 403,
    zh: '这条提议正在复核，须由督查部门决定，没有改动。请交由督查人员办理。',
    en: 'This proposal is under appeal and the supervisor decides. Leave it to the supervisor.',
  },
  'exclusion.took_part': {
    status: 403,
    zh: '您驳回过这条提议，不能再作复核决定，没有改动。请交由其他督查人员办理。',
    en: 'You rejected it before, so you don’t decide the appeal. Leave it to another supervisor.',
  },
});

/** POST /admin/api/exclusions/:id/appeal */
export const exclusionAppeal = z.strictObject({ note: z.string().trim().min(4).max(2000) });
