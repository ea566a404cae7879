import type { Lang } from '../../kernel/lang.ts';
import type { CommentSubject, Platform } from './contract.ts';

/** What the pages of signs and comments say, once in each language. */
export interface CommentWords {
  sign: {
    title: (window: string) => string;
    text: string;
    code: { heading: string; label: string; hint: string; submit: string };
    phone: {
      heading: string;
      tail: string;
      tailHint: string;
      phone: string;
      phoneHint: string;
      submit: string;
    };
    comment: { heading: string; text: string; go: string };
    questionnaire: { heading: string; text: string; go: string };
    /** for staff who are signed in on this phone */
    patrol: string;
    voice: { heading: string; text: string; go: string };
    choose: { title: string; text: string };
    ended: string;
    unknown: string;
    toCode: string;
  };
  comment: {
    title: string;
    heading: (subject: string) => string;
    about: string;
    kinds: Readonly<Record<Exclude<CommentSubject, 'staff'>, string>>;
    question: string;
    textHint: (limit: number) => string;
    apart: string;
    submit: string;
    privacy: string;
    choose: { title: string; text: string; platforms: string; departments: string };
    receipt: { title: string; heading: string; good: string; bad: string };
  };
  platforms: Readonly<Record<Platform, string>>;
  busy: string;
  broken: string;
}

const zh: CommentWords = {
  sign: {
    title: (window) => `${window} 窗口`,
    patrol: '工作人员：巡查这个窗口',
    text: '先找到您刚办理的事，再评价。三种方式任选一种。',
    code: {
      heading: '有凭条：输入评价码',
      label: '评价码',
      hint: '凭条上的6位字母和数字，不分大小写。',
      submit: '去评价',
    },
    phone: {
      heading: '没有凭条：用手机号查找',
      tail: '办件编号后四位',
      tailHint: '见受理通知书或短信。',
      phone: '手机号',
      phoneHint: '办理时留的11位手机号，只用来查找，不保存。',
      submit: '查找办理记录',
    },
    comment: {
      heading: '没有办件：点评窗口',
      text: '只是来咨询，或想说说窗口、部门、大厅的服务，不用办件也可以点评。',
      go: '去点评',
    },
    questionnaire: {
      heading: '现场问卷',
      text: '匿名填写，几分钟就好。',
      go: '去填写',
    },
    voice: {
      heading: '事情办不成，或要投诉、建议、表扬',
      text: '不用注册，提交后有编号，可以查办理进度。',
      go: '去反映',
    },
    choose: { title: '请选择要评价的办理', text: '找到多条办理记录，请选择一条。' },
    ended: '码牌已停用',
    unknown: '二维码无效',
    toCode: '输入凭条上的评价码',
  },
  comment: {
    title: '点评',
    heading: (subject) => `点评：${subject}`,
    about: '您要点评的是',
    kinds: { window: '这个窗口', department: '这个部门', item: '这个事项', platform: '整个大厅' },
    question: '总的来说，您满意吗？',
    textHint: (limit) => `可不填，最多 ${limit} 字。请不要写姓名、电话、证件号码，也不要点名工作人员。`,
    apart: '点评不对应某次办理，与“好差评”分开统计、分开公布，不计入任何人的成绩。',
    submit: '提交点评',
    privacy:
      '我们保存您的点评和提交时间；为防刷评，另存一个随机的设备标识（Cookie，有效一年）和加密处理的网络地址，不向办事人员显示。',
    choose: {
      title: '点评政务服务',
      text: '不对应某次办理的意见写在这里；评价某次办理请用凭条上的评价码。',
      platforms: '服务渠道',
      departments: '进驻部门',
    },
    receipt: {
      title: '点评回执',
      heading: '谢谢，您的点评已经收到',
      good: '点评会计入综合点评，与“好差评”分开公布；任何人都不能修改或删除。',
      bad: '您反映的问题会交给有关部门研究改进；因为没有留联系方式，我们不会回访。点评任何人都不能修改或删除。',
    },
  },
  platforms: {
    hall: '政务服务大厅',
    portal: '政务服务网',
    app: '移动端（App、小程序）',
    self_service: '自助终端',
    hotline: '12345热线',
  },
  busy: '现在不能再试，没有保存',
  broken: '没有完成',
};

const en: CommentWords = {
  sign: {
    title: (window) => `Window ${window}`,
    patrol: 'Staff: patrol this window',
    text: 'Find the service that you just had, then rate it. Choose one of three ways.',
    code: {
      heading: 'With a slip: enter the code',
      label: 'Code',
      hint: 'The 6 letters and digits on your slip, upper or lower case.',
      submit: 'Go to rating',
    },
    phone: {
      heading: 'Without a slip: find it by phone',
      tail: 'Last 4 digits of the case number',
      tailHint: 'On the notice or in the message that you got.',
      phone: 'Mobile number',
      phoneHint: 'The one with 11 digits that you left. It is only looked up, never kept.',
      submit: 'Find my service',
    },
    comment: {
      heading: 'No case: comment on the window',
      text: 'You only asked something, or want to speak of the window, the department or the hall.',
      go: 'Comment',
    },
    questionnaire: {
      heading: 'Questionnaire',
      text: 'Anonymous, and done in a few minutes.',
      go: 'Answer it',
    },
    voice: {
      heading: 'It can’t get done, or you have something to say',
      text: 'A problem, a complaint, an idea or praise: no account is needed, and you can follow it.',
      go: 'Tell us',
    },
    choose: { title: 'Which service do you want to rate?', text: 'Several were found. Choose one.' },
    ended: 'This sign is no longer used',
    unknown: 'This code is not valid',
    toCode: 'Enter the code on your slip',
  },
  comment: {
    title: 'Comment',
    heading: (subject) => `Comment on ${subject}`,
    about: 'What is it about?',
    kinds: {
      window: 'This window',
      department: 'This department',
      item: 'This item',
      platform: 'The hall as a whole',
    },
    question: 'All in all, how satisfied are you?',
    textHint: (limit) =>
      `Optional, up to ${limit} characters. Please leave out names, also of staff, and phone and identity ` +
      'numbers.',
    apart:
      'A comment belongs to no single service. It is counted and published apart from ratings and is part ' +
      'of nobody’s score.',
    submit: 'Send comment',
    privacy:
      'We keep your comment and its time and, against fraud, a random device mark (a cookie, one year) and ' +
      'a scrambled network address, which nobody at the counter sees.',
    choose: {
      title: 'Comment on public services',
      text: 'For what belongs to no single service. To rate a service, use the code on your slip.',
      platforms: 'Ways to the services',
      departments: 'Departments',
    },
    receipt: {
      title: 'Receipt of a comment',
      heading: 'Thank you, we have your comment',
      good: 'It is published among comments, apart from ratings. Nobody can change or delete it.',
      bad:
        'The department in charge will look into it; as you left no address, you will not be called. ' +
        'Nobody can change or delete your comment.',
    },
  },
  platforms: {
    hall: 'the service hall',
    portal: 'the service website',
    app: 'the app and mini programs',
    self_service: 'the self-service terminals',
    hotline: 'the hotline 12345',
  },
  busy: 'Not now; nothing was saved',
  broken: 'That did not work',
};

export function commentWords(lang: Lang): CommentWords {
  return lang === 'en' ? en : zh;
}
