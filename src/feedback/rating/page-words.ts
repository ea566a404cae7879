import { dayOf, formatTime } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import type { Level } from './rating.ts';

/** What the citizen's pages say, once in each language. */
export interface PageWords {
  rate: { title: string; question: string; more: string; privacy: string; realName: string; submit: string };
  tagQuestion: Readonly<Record<Level, string>>;
  reasonHint: string;
  dimensions: { summary: string; hint: string; none: string };
  text: { label: string; hint: (limit: number) => string };
  anonymous: string;
  contact: { summary: string; hint: string; name: string; phone: string; asked: string; follow: string };
  error: { title: string; heading: string };
  receipt: {
    title: string;
    heading: string;
    code: string;
    keep: string;
    given: string;
    at: string;
    good: string;
    badRealName: string;
    badAnonymous: string;
    back: (host: string) => string;
    proof: string;
  };
  used: { heading: string; text: string; yours: string; mended: string; again: string };
  expired: { heading: string };
  barred: { heading: string };
  unknown: { heading: string };
  unknownReceipt: { heading: string };
  busy: { heading: string };
  broken: { heading: string };
  enter: {
    title: string;
    text: string;
    window: string;
    windowHint: string;
    code: string;
    codeHint: string;
    submit: string;
  };
  home: {
    title: string;
    text: string;
    figures: string;
    figuresText: string;
    say: string;
    sayText: string;
    toSay: string;
    toFollow: string;
    toFigures: string;
    toProof: string;
    staff: string;
  };
  toEnter: string;
}

const zh: PageWords = {
  rate: {
    title: '评价这次办理',
    question: '这次办理，您满意吗？',
    more: '更多',
    privacy:
      '我们保存您的评价和提交时间；为防刷评，另存一个随机的设备标识（Cookie，有效一年）和加密处理的网络地址，不向办事人员显示。',
    realName:
      '办理时留过手机号、又没有勾选匿名的，是实名评价：只有评价管理部门可以就差评回访您，办事人员看不到您是谁。勾选匿名的，不会回访，差评照样核实整改。',
    submit: '提交评价',
  },
  tagQuestion: {
    5: '哪些地方让您非常满意？（可多选，可不选）',
    4: '哪些地方让您满意？（可多选，可不选）',
    3: '哪些地方做到了？（可多选，可不选）',
    2: '哪里让您不满意？（可多选）',
    1: '哪里让您非常不满意？（可多选）',
  },
  reasonHint: '请至少勾选一项，或在下面写几个字。',
  dimensions: { summary: '分项打分（可不填）', hint: '1 最低，5 最高。', none: '不评' },
  text: {
    label: '还想说些什么？',
    hint: (limit) => `可不填，最多 ${limit} 字。请不要写姓名、电话、证件号码。`,
  },
  anonymous: '匿名评价',
  contact: {
    summary: '希望得到答复？请联系我（可不填）',
    hint: '姓名和电话加密保存，只用于联系您，不给被评价的工作人员看。',
    name: '姓名（可不填）',
    phone: '电话',
    asked: '您希望我们联系您，编号',
    follow: '凭编号和电话查询进度',
  },
  error: { title: '没有保存', heading: '没有保存，请改正后再提交' },
  receipt: {
    title: '评价回执',
    heading: '谢谢，您的评价已经收到',
    code: '回执编号',
    keep: '凭这个编号可以随时打开本页，请截图或抄下。',
    given: '您的评价',
    at: '提交时间',
    good: '您的评价会计入窗口和工作人员的考核，任何人都不能修改或删除。',
    badRealName:
      '您反映的问题会交给专人核实，属实的限期整改；因为是实名评价，评价管理部门会就处理结果回访您。评价任何人都不能修改或删除。',
    badAnonymous:
      '您反映的问题会交给专人核实，属实的限期整改；因为无法或不便联系您，我们不会回访。评价任何人都不能修改或删除。',
    proof: '查看封缄证明：您的评价每晚封缄，之后改动一字都会被发现',
    back: (host) => `返回 ${host}`,
  },
  used: {
    heading: '这次办理已经评价过了',
    text: '一次办理只能评价一次，评价不能修改。如果还有问题要反映，请到大厅服务台或“办不成事”反映窗口，或拨打 12345。',
    yours: '这是用本设备提交的，回执在这里：',
    mended: '您的差评已经整改并答复。您可以再评价一次，第二次评价与第一次一并保留。',
    again: '进行第二次评价',
  },
  expired: { heading: '评价期限已过' },
  barred: { heading: '不能在这里评价' },
  unknown: { heading: '评价链接无效' },
  unknownReceipt: { heading: '没有这个回执' },
  busy: { heading: '现在比较繁忙，没有保存' },
  broken: { heading: '没有完成' },
  enter: {
    title: '输入评价码',
    text: '凭条上有窗口编号和6位评价码，两项都填写才能打开评价页。',
    window: '窗口编号',
    windowHint: '例如 T01，见凭条或窗口标牌。',
    code: '评价码',
    codeHint: '6位字母和数字，不分大小写。',
    submit: '去评价',
  },
  home: {
    title: '评价政务服务',
    text: '每次办理都可以评价一次，自愿评价，好坏都请直说。可以扫描窗口的二维码、点开短信里的链接，或在这里输入凭条上的评价码。',
    figures: '公开数据',
    figuresText: '好评率和主动评价率由系统从记录直接统计，随时公布，附分子和分母。',
    say: '事情办不成，或有话要说',
    sayText: '办不成事、投诉、建议、表扬都可以写，不用注册，提交后可以查进度。',
    toSay: '反映问题、提建议、表扬',
    toFollow: '查询办理进度',
    toFigures: '查看公开数据',
    toProof: '凭回执编号查询评价是否已封缄',
    staff: '工作人员登录',
  },
  toEnter: '输入窗口编号和评价码',
};

const en: PageWords = {
  rate: {
    title: 'Rate this service',
    question: 'How satisfied are you with this service?',
    more: 'More',
    privacy:
      'We keep your rating and its time and, against fraud, a random device mark (a cookie, one ' +
      'year) and a scrambled network address, which nobody at the counter sees.',
    realName:
      'If you left a phone number and do not tick “anonymous”, only the rating office may call ' +
      'you back about a bad rating; the clerk never learns who you are. Anonymous raters are ' +
      'never called, and bad ratings are looked into all the same.',
    submit: 'Send rating',
  },
  tagQuestion: {
    5: 'What was very good? (optional, any number)',
    4: 'What was good? (optional, any number)',
    3: 'What was done right? (optional, any number)',
    2: 'What went wrong? (any number)',
    1: 'What went very wrong? (any number)',
  },
  reasonHint: 'Tick at least one, or write a few words below.',
  dimensions: { summary: 'Scores in detail (optional)', hint: '1 is lowest, 5 is highest.', none: 'None' },
  text: {
    label: 'Anything to add?',
    hint: (limit) =>
      `Optional, up to ${limit} characters. Please leave out names, phone and identity numbers.`,
  },
  anonymous: 'Rate anonymously',
  contact: {
    summary: 'Want an answer? Please contact me (optional)',
    hint: 'Name and phone are encrypted, used only to contact you, and never shown to whom you rate.',
    name: 'Name (optional)',
    phone: 'Phone',
    asked: 'You asked to be contacted; your number is',
    follow: 'Follow it with number and phone',
  },
  error: { title: 'Not saved', heading: 'Not saved. Please correct this and send again' },
  receipt: {
    title: 'Receipt',
    heading: 'Thank you, we have your rating',
    code: 'Receipt code',
    keep: 'This code opens this page again at any time: keep a picture or note it down.',
    given: 'Your rating',
    at: 'Sent at',
    good: 'It counts in the assessment of the window and the clerk. Nobody can change or delete it.',
    badRealName:
      'Somebody will look into what you said and, if it is right, have it put right in a fixed ' +
      'time. As you did not choose to be anonymous, the rating office will call you about the ' +
      'result. Nobody can change or delete your rating.',
    badAnonymous:
      'Somebody will look into what you said and, if it is right, have it put right in a fixed ' +
      'time. As we cannot or may not reach you, you will not be called. Nobody can change or ' +
      'delete your rating.',
    proof: 'Proof: your rating is sealed each night, after which no change to it goes unseen',
    back: (host) => `Back to ${host}`,
  },
  used: {
    heading: 'This service has already been rated',
    text:
      'Each service is rated once and a rating cannot be changed. If there is more to say, go to ' +
      'the hall desk or the “can’t get it done” window, or call 12345.',
    yours: 'It was sent from this device; here is the receipt:',
    mended:
      'What you rated badly was mended and answered. You may rate once more; it is kept beside the first.',
    again: 'Give the second rating',
  },
  expired: { heading: 'The time for rating is over' },
  barred: { heading: 'Not from this browser' },
  unknown: { heading: 'This rating link is not valid' },
  unknownReceipt: { heading: 'There is no such receipt' },
  busy: { heading: 'We are busy; nothing was saved' },
  broken: { heading: 'That did not work' },
  enter: {
    title: 'Enter your code',
    text:
      'Your slip shows the window number and a code of 6 characters. Both are needed to open the ' +
      'rating page.',
    window: 'Window number',
    windowHint: 'Such as T01; on the slip and on the window’s sign.',
    code: 'Code',
    codeHint: '6 letters and digits, upper or lower case.',
    submit: 'Go to rating',
  },
  home: {
    title: 'Rate public services',
    text:
      'Each service can be rated once, if you like. Good or bad, please say it plainly. Scan the ' +
      'code at the window, open the link in your message, or enter the code on your slip here.',
    figures: 'Public figures',
    figuresText: 'Rates are counted from the records at any time, each with its numerator and denominator.',
    say: 'Something can’t get done, or you have something to say',
    sayText: 'A problem, a complaint, an idea or praise: no account is needed, and you can follow it.',
    toSay: 'Report a problem, suggest, praise',
    toFollow: 'Follow my matter',
    toFigures: 'See the public figures',
    toProof: 'See by your receipt whether your rating is sealed',
    staff: 'Staff sign in',
  },
  toEnter: 'Enter window number and code',
};

export function pageWords(lang: Lang): PageWords {
  return lang === 'en' ? en : zh;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** "您 6月1日 10:20 在 T01 窗口办理的“企业设立登记”". */
export function matterLine(
  lang: Lang,
  matter: {
    serviceTime: Date;
    windowCode: string | null;
    taskName: string;
    online: boolean;
    second?: boolean;
  },
): string {
  if (matter.second === true) return secondLine(lang, matterLine(lang, { ...matter, second: false }));
  const { serviceTime, windowCode, taskName, online } = matter;
  const [, month = '', date = ''] = dayOf(serviceTime).split('-');
  const time = formatTime(serviceTime);
  if (lang === 'en') {
    const place = windowCode === null ? (online ? ', online' : '') : `, at window ${windowCode}`;
    return `Your service ‘${taskName}’ on ${Number(date)} ${MONTHS[Number(month) - 1]} at ${time}${place}`;
  }
  const place = windowCode === null ? (online ? ' 在网上' : ' ') : ` 在 ${windowCode} 窗口`;
  return `您 ${Number(month)}月${Number(date)}日 ${time}${place}办理的“${taskName}”`;
}

/** Says that it is the second rating, which the answer to the first one led to. */
function secondLine(lang: Lang, line: string): string {
  return lang === 'en'
    ? `${line}. It was mended after your first rating: this is your second one, kept beside the first`
    : `${line}，您评价后已经整改。这是第二次评价，与第一次评价一并保留`;
}
