import type { Lang } from '../../kernel/lang.ts';

/** What the citizen's pages of questionnaires say, once in each language. */
export interface SheetWords {
  title: string;
  here: (window: string) => string;
  privacy: string;
  answered: string;
  page: (page: number) => string;
  optional: string;
  most: (most: number) => string;
  pass: string;
  suggestion: string;
  textHint: (limit: number) => string;
  nps: { low: string; high: string };
  point: (value: string, low: string, high: string) => string;
  next: string;
  back: string;
  send: string;
  wrong: string;
  none: { title: string; text: string };
  choose: { title: string; text: string };
  thanks: { title: string; text: string; more: string };
  toSign: string;
  toKiosk: string;
  broken: string;
  busy: string;
  ended: string;
  preview: {
    note: string;
    skip: (values: string, to: string) => string;
    end: string;
    kinds: Readonly<Record<'single' | 'multiple' | 'scale' | 'nps' | 'text', string>>;
  };
}

const zh: SheetWords = {
  title: '现场问卷',
  here: (window) => `${window} 窗口`,
  privacy: '匿名填写：只记录窗口号和日期，不记录您是谁。',
  answered: '这部手机今天已经填过。您仍可再填，内容会保存，但不重复计数。',
  page: (page) => `第 ${page} 页`,
  optional: '（可不答）',
  most: (most) => `最多选 ${most} 项`,
  pass: '不想回答',
  suggestion: '这里写的会转给有关部门处理。请不要写姓名和电话。',
  textHint: (limit) => `最多 ${limit} 字。请不要写姓名和电话。`,
  nps: { low: '0 = 完全不会', high: '10 = 一定会' },
  point: (value, low, high) => `${value} 分（${[low, high].filter((one) => one !== '').join('，')}）`,
  next: '下一页',
  back: '上一页',
  send: '提交问卷',
  wrong: '还有题没有答好',
  none: { title: '现在没有问卷', text: '这个窗口目前没有正在进行的问卷。您可以评价刚办理的事。' },
  choose: { title: '请选择问卷', text: '这个窗口有几份问卷正在进行，任选一份即可。' },
  thanks: { title: '谢谢您填写问卷', text: '您的回答已经匿名保存。', more: '还可以评价刚办理的事。' },
  toSign: '去评价这个窗口的服务',
  toKiosk: '返回',
  broken: '没有完成',
  busy: '请稍后再试',
  ended: '码牌已停用',
  preview: {
    note: '预览：所有题目依次列出，市民按跳题规则分页看到。',
    skip: (values, to) => `选“${values}”时，转到${to}`,
    end: '结束',
    kinds: { single: '单选', multiple: '多选', scale: '量表', nps: '推荐度', text: '文字' },
  },
};

const en: SheetWords = {
  title: 'Questionnaire',
  here: (window) => `Window ${window}`,
  privacy: 'Anonymous: only the window and the day are kept, never who you are.',
  answered: 'This phone has answered today. You may answer again; it is kept and not counted twice.',
  page: (page) => `Page ${page}`,
  optional: ' (optional)',
  most: (most) => `Choose at most ${most}`,
  pass: 'No answer',
  suggestion: 'What you write here is passed on and dealt with. Leave out names and phone numbers.',
  textHint: (limit) => `At most ${limit} characters. Leave out names and phone numbers.`,
  nps: { low: '0 = never', high: '10 = certainly' },
  point: (value, low, high) => `${value} (${[low, high].filter((one) => one !== '').join(', ')})`,
  next: 'Next page',
  back: 'Page before',
  send: 'Send',
  wrong: 'Some questions are not answered yet',
  none: {
    title: 'No questionnaire now',
    text: 'Nothing is asked at this window at the moment. You can rate the service that you just had.',
  },
  choose: { title: 'Choose a questionnaire', text: 'Several are open at this window; take any of them.' },
  thanks: {
    title: 'Thank you',
    text: 'Your answers are kept without your name.',
    more: 'You can also rate the service that you just had.',
  },
  toSign: 'Rate the service of this window',
  toKiosk: 'Back',
  broken: 'Not done',
  busy: 'Please try again later',
  ended: 'This sign is no longer used',
  preview: {
    note: 'Preview: all questions in a row; citizens see them page by page as the skip rules say.',
    skip: (values, to) => `After “${values}” go to ${to}`,
    end: 'the end',
    kinds: { single: 'one', multiple: 'several', scale: 'scale', nps: 'recommend', text: 'text' },
  },
};

export function sheetWords(lang: Lang): SheetWords {
  return lang === 'en' ? en : zh;
}
