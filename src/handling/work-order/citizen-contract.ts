import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'word.withdrawn': {
    status: 409,
    zh: '这件事已经终止办理，不能再评价答复。还有问题的，请重新反映。',
    en: 'This matter was ended, so its answer can’t be judged any more. If it still stands, tell us again.',
  },
  'word.not_answered': {
    status: 409,
    zh: '这件事还没有答复，现在不能评价。请在收到答复后再来。',
    en: 'There is no answer yet, so there is nothing to judge. Come back when it is answered.',
  },
  'word.too_late': {
    status: 409,
    zh: '表示满意或不满意的时间已于 {until} 结束，没有保存。还有问题的，请重新反映。',
    en: 'The time to say so ended on {until}, so nothing was saved. If it still stands, tell us again.',
  },
  'word.given': {
    status: 409,
    zh: '您已经对这次答复表示过意见，没有重复保存。',
    en: 'You have said what you think of this answer already; it was not saved twice.',
  },
});
