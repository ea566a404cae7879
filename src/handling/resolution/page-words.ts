import type { VoiceKind } from '../../feedback/voice/index.ts';
import type { Lang } from '../../kernel/lang.ts';
import type { OrderState } from '../work-order/index.ts';

/** What the pages for speaking up and for following say, once in each language. */
export interface SayWords {
  say: {
    title: string;
    text: string;
    atWindow: (window: string) => string;
    question: string;
    kinds: Readonly<Record<VoiceKind, { name: string; hint: string }>>;
    category: string;
    categoryHint: string;
    none: string;
    about: string;
    aboutWindow: (window: string) => string;
    aboutDepartment: (name: string) => string;
    aboutNothing: string;
    department: string;
    departmentHint: string;
    discipline: string;
    disciplineHint: string;
    projectNo: string;
    projectNoHint: string;
    body: string;
    bodyHint: (limit: number) => string;
    name: string;
    nameHint: string;
    files: string;
    filesHint: (most: number, megabytes: number) => string;
    filesAgain: string;
    fileNamed: (name: string) => string;
    phone: string;
    phoneHint: string;
    submit: string;
    privacy: string;
    excluded: string;
    excludedText: string;
    wrong: string;
    toFollow: string;
  };
  receipt: {
    title: string;
    heading: string;
    number: string;
    code: string;
    keep: string;
    next: string;
    contact: (until: string) => string;
    answer: (until: string) => string;
    praise: string;
  };
  follow: {
    title: string;
    text: string;
    number: string;
    numberHint: string;
    phone: string;
    phoneHint: string;
    submit: string;
    heading: (kind: string, number: string) => string;
    received: string;
    signed: string;
    contacted: string;
    extended: (until: string) => string;
    answered: string;
    closed: string;
    uncalled: string;
    due: (until: string) => string;
    contactDue: (until: string) => string;
    states: Readonly<Record<OrderState | 'received' | 'told' | 'handed_over', string>>;
    by: (department: string) => string;
    again: string;
    answer: string;
    word: string;
    wordText: (until: string) => string;
    wordTextLast: string;
    note: string;
    noteHint: string;
    satisfied: string;
    dissatisfied: string;
    words: { satisfied: string; dissatisfied: string };
    saved: string;
    other: string;
    files: (count: number) => string;
  };
  failed: string;
  busy: string;
}

const zh: SayWords = {
  say: {
    title: '反映问题、提建议、表扬',
    text: '事情办不成、要投诉、有建议，或者想表扬，都可以写在这里。不用注册，提交后有编号，可以查办理进度。',
    atWindow: (window) => `您扫描的是 ${window} 的码牌。`,
    question: '您要说的是哪一种？',
    kinds: {
      stuck_matter: { name: '办不成事', hint: '材料齐、条件够，却办不了或一直没结果' },
      complaint: { name: '投诉', hint: '对服务、收费或工作人员不满意' },
      suggestion: { name: '建议', hint: '希望怎么改进' },
      praise: { name: '表扬', hint: '谁做得好，好在哪里' },
      contact_request: { name: '请求联系', hint: '' },
    },
    category: '办不成事属于哪一种（选填）',
    categoryHint: '只在选了“办不成事”时使用。',
    none: '不确定，由工作人员判断',
    about: '说的是哪里？',
    aboutWindow: (window) => `${window} 窗口`,
    aboutDepartment: (name) => name,
    aboutNothing: '其他，或说不清',
    department: '涉及哪个部门（选填）',
    departmentHint: '不清楚可以不选，我们会转给该管的部门。',
    discipline: '涉及索要财物等违纪违法问题',
    disciplineHint: '勾选后直接移交纪检机构，只有纪检专员能看到内容。',
    projectNo: '办件编号（选填）',
    projectNoHint: '受理通知书或短信上有。',
    body: '具体情况',
    bodyHint: (limit) => `时间、地点、经过和您的要求，最多 ${limit} 字。`,
    name: '怎么称呼您（选填）',
    nameHint: '可以匿名。',
    files: '照片或文件（选填）',
    filesHint: (most, megabytes) =>
      `PDF、JPG、PNG、不带宏的 docx 或 xlsx，最多 ${most} 个，每个不超过 ${megabytes} MB。被反映的人看不到。`,
    filesAgain: '附件没有保存，请重新选择。',
    fileNamed: (name) => `“${name}”：`,
    phone: '手机号（选填）',
    phoneHint: '留了手机号，我们能回电，您也能凭编号和手机号查进度；不留也照样办理。',
    submit: '提交',
    privacy:
      '姓名和手机号加密保存，只用于联系您，被反映的人看不到您是谁；每次查看都有记录。为防恶意提交，另存一个随机的设备标识（Cookie，有效一年）。',
    excluded: '哪些事不在这里办',
    excludedText: '下面这些事请按说明的办法解决：',
    wrong: '没有提交，请改正后再提交',
    toFollow: '查询办理进度',
  },
  receipt: {
    title: '提交回执',
    heading: '已经收到，谢谢您',
    number: '编号',
    code: '查询码',
    keep: '请记下编号和查询码，或拍照保存。查进度时输入编号，再输入您留的手机号或查询码。',
    next: '接下来',
    contact: (until) => `${until} 前，承办部门签收，并联系留了电话的人。`,
    answer: (until) => `${until} 前答复。需要更长时间的，会在到期前告诉您原因和新的日期。`,
    praise: '核实后会转告被表扬的人和部门，并记入他们的成绩。',
  },
  follow: {
    title: '查询办理进度',
    text: '输入提交时得到的编号，再输入您留的手机号；没有留手机号的，输入查询码。',
    number: '编号',
    numberHint: '如 TS2026-000123。',
    phone: '手机号或查询码',
    phoneHint: '只用来核对，不会显示。',
    submit: '查询',
    heading: (kind, number) => `${kind} ${number}`,
    received: '收到',
    signed: '承办部门签收',
    contacted: '联系群众',
    extended: (until) => `延长办理时间，新的期限是 ${until}`,
    answered: '答复',
    closed: '办结',
    uncalled: '没有可以回访的电话，或您不希望再被联系，所以不回访，直接办结。',
    due: (until) => `应在 ${until} 前答复`,
    contactDue: (until) => `应在 ${until} 前联系您`,
    states: {
      received: '已经收到。表扬核实后会转告被表扬的人和部门。',
      told: '这件事不在这里办，已经告诉您解决的办法：',
      handed_over: '已经移交纪检机构依法处理，内容只有纪检专员可以看到。',
      unassigned: '已经登记，正在确定由哪个部门办理。',
      unsigned: '已经转给承办部门，等待签收。',
      handling: '承办部门正在办理。',
      paused: '等待补充情况或其他机关的结果，办理时间暂停计算。',
      approval: '承办部门已经提出答复，正在审核。',
      call_back: '已经答复。',
      closed: '已经办结。',
      withdrawn: '已经终止办理。原因请向大厅服务台或12345咨询；还有问题的，可以重新反映。',
    },
    by: (department) => `承办部门：${department}`,
    again: '您对上一次答复不满意，现在重新办理。',
    answer: '答复',
    word: '您对这次答复满意吗？',
    wordText: (until) => `请在 ${until} 24时前告诉我们。不满意的，重新办理一次。`,
    wordTextLast: '已经重新办理过一次。不满意的会记录下来，交督查部门研究。',
    note: '还想说什么（选填）',
    noteHint: '不满意的，请写明哪里没有解决。',
    satisfied: '满意',
    dissatisfied: '不满意',
    words: { satisfied: '您对答复表示满意。', dissatisfied: '您对答复表示不满意。' },
    saved: '已经记下您的意见。',
    other: '查询另一件',
    files: (count) => `已收到附件 ${count} 个`,
  },
  failed: '没有完成',
  busy: '现在不能再试',
};

const en: SayWords = {
  say: {
    title: 'Report a problem, suggest, praise',
    text:
      'Something cannot get done, a complaint, an idea, or praise: write it here. No account is needed; ' +
      'you get a number by which you can follow it.',
    atWindow: (window) => `You scanned the sign of ${window}.`,
    question: 'What do you have to say?',
    kinds: {
      stuck_matter: {
        name: 'Something can’t get done',
        hint: 'Papers and conditions are met, yet nothing happens',
      },
      complaint: { name: 'Complaint', hint: 'About service, fees or staff' },
      suggestion: { name: 'Suggestion', hint: 'What could be better' },
      praise: { name: 'Praise', hint: 'Who did well, and how' },
      contact_request: { name: 'Wish to be contacted', hint: '' },
    },
    category: 'Which case of “can’t get done” (optional)',
    categoryHint: 'Only used if you chose “something can’t get done”.',
    none: 'Not sure; the staff will tell',
    about: 'What is it about?',
    aboutWindow: (window) => `Window ${window}`,
    aboutDepartment: (name) => name,
    aboutNothing: 'Something else, or hard to tell',
    department: 'Which department (optional)',
    departmentHint: 'Leave it if you are not sure; we pass it to the right one.',
    discipline: 'It is about bribes or another breach of law or discipline',
    disciplineHint: 'It goes straight to the discipline inspection, and only its officer reads it.',
    projectNo: 'Case number (optional)',
    projectNoHint: 'It stands on your notice or in the message.',
    body: 'What happened',
    bodyHint: (limit) => `When, where, what, and what you ask for; up to ${limit} characters.`,
    name: 'Your name (optional)',
    nameHint: 'You may stay anonymous.',
    files: 'Pictures or papers (optional)',
    filesHint: (most, megabytes) =>
      `PDF, JPG, PNG, docx or xlsx without macros; at most ${most}, each up to ${megabytes} MB. Whom it is ` +
      'about never sees them.',
    filesAgain: 'The files were not kept. Please choose them again.',
    fileNamed: (name) => `“${name}”: `,
    phone: 'Phone (optional)',
    phoneHint:
      'With it we can call you, and you can follow by number and phone. It is handled just the same ' +
      'without.',
    submit: 'Send',
    privacy:
      'Name and phone are kept encrypted and used only to reach you; whom it is about never sees who you ' +
      'are, and each look is recorded. Against abuse we keep a random device mark (a cookie, one year).',
    excluded: 'What is not handled here',
    excludedText: 'Please take these as it says:',
    wrong: 'Not sent. Please correct this and send again',
    toFollow: 'Follow my matter',
  },
  receipt: {
    title: 'Receipt',
    heading: 'Thank you, we have it',
    number: 'Number',
    code: 'Code',
    keep:
      'Note down number and code, or keep a picture. To follow it, enter the number and then the phone ' +
      'that you left, or the code.',
    next: 'What happens next',
    contact: (until) => `By ${until} the department signs for it and contacts you if you left a phone.`,
    answer: (until) =>
      `By ${until} it is answered. If more time is needed, you are told why and until when before that.`,
    praise:
      'Once it is confirmed, whom you praised and their department hear of it, and it counts for ' + 'them.',
  },
  follow: {
    title: 'Follow my matter',
    text: 'Enter the number that you got, and the phone that you left; without a phone, enter the code.',
    number: 'Number',
    numberHint: 'Such as TS2026-000123.',
    phone: 'Phone or code',
    phoneHint: 'It is only compared, never shown.',
    submit: 'Look it up',
    heading: (kind, number) => `${kind} ${number}`,
    received: 'Received',
    signed: 'Signed for by the department',
    contacted: 'Contact with you',
    extended: (until) => `Given more time, now until ${until}`,
    answered: 'Answered',
    closed: 'Closed',
    uncalled: 'It was closed without a call, since nobody may be called.',
    due: (until) => `To be answered by ${until}`,
    contactDue: (until) => `To contact you by ${until}`,
    states: {
      received: 'Received. Once it is confirmed, whom you praised and their department hear of it.',
      told: 'This is not handled here; you were told what to do:',
      handed_over: 'With the discipline inspection; only its officer reads what you said.',
      unassigned: 'Registered; we are finding out which department handles it.',
      unsigned: 'Passed to the department, which has to sign for it.',
      handling: 'The department is working on it.',
      paused: 'Waiting for something more, or for another authority; the time stands still.',
      approval: 'The department has written an answer, which is being checked.',
      call_back: 'Answered.',
      closed: 'Closed.',
      withdrawn:
        'Ended without an answer. Ask the hall desk or 12345 why; if it still stands, tell us again.',
    },
    by: (department) => `Department: ${department}`,
    again: 'You were not satisfied with the last answer; it is being handled once more.',
    answer: 'Answer',
    word: 'Are you satisfied with the answer?',
    wordText: (until) => `Tell us by the end of ${until}. If you are not, it is handled once more.`,
    wordTextLast: 'It was handled once more already. If you are not satisfied, supervision hears of it.',
    note: 'Anything to add (optional)',
    noteHint: 'If you are not satisfied, say what is still open.',
    satisfied: 'Satisfied',
    dissatisfied: 'Not satisfied',
    words: {
      satisfied: 'You were satisfied with the answer.',
      dissatisfied: 'You were not satisfied with the answer.',
    },
    saved: 'We have noted what you think.',
    other: 'Look up another one',
    files: (count) => (count === 1 ? 'We have your file' : `We have your ${count} files`),
  },
  failed: 'Not done',
  busy: 'Please wait',
};

const byLang: Readonly<Record<Lang, SayWords>> = { 'zh-CN': zh, en };

export function sayWords(lang: Lang): SayWords {
  return byLang[lang];
}
