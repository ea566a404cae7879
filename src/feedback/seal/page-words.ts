import type { Lang } from '../../kernel/lang.ts';

/** What the pages on seals say to citizens, once in each language. */
export interface SealWords {
  proof: {
    title: string;
    sealed: string;
    sealedText: (of: { number: number; day: string; place: number; size: number }) => string;
    waiting: string;
    waitingText: (at: string) => string;
    broken: string;
    brokenText: (of: { number: number; day: string }) => string;
    receipt: string;
    given: string;
    at: string;
    counted: string;
    excluded: string;
    root: string;
    hash: string;
    download: string;
    how: string;
    script: string;
    compare: string;
    toSeals: string;
    toReceipt: string;
    enter: string;
    code: string;
    codeHint: string;
    submit: string;
  };
  seals: {
    title: string;
    text: string;
    keep: string;
    none: string;
    line: (of: { number: number; day: string; size: number }) => string;
    sealedAt: string;
    root: string;
    hash: string;
    older: string;
    newest: string;
    files: string;
  };
  failed: string;
  unknownReceipt: string;
  busy: string;
}

const zh: SealWords = {
  proof: {
    title: '评价的封缄证明',
    sealed: '您的评价已经封缄',
    sealedText: ({ number, day, place, size }) =>
      `它在 ${day} 的第 ${number} 号封缄里，排在 ${size} 条评价中的第 ${place} 条。封缄以后，谁改动、删除或补入任何一条评价，都会对不上下面的校验值。`,
    waiting: '您的评价已经收到，等待封缄',
    waitingText: (at) => `将于 ${at} 封缄。之后再打开本页，可以看到封缄编号，并下载证明。`,
    broken: '这条评价与封缄时的记录不一致',
    brokenText: ({ number, day }) =>
      `它应当在 ${day} 的第 ${number} 号封缄里，但现在的内容对不上。这不应发生，请把回执编号告诉大厅服务台或拨打 12345。`,
    receipt: '回执编号',
    given: '您的评价',
    at: '收到时间',
    counted: '已计入统计；差评核实后才计入考核。',
    excluded: '经两人核实，这条评价不计入统计，列在剔除数里；评价本身仍原样保留。',
    root: '当次全部评价的校验值（根）',
    hash: '封缄的校验值（含之前所有封缄）',
    download: '下载证明（JSON）',
    how: '证明可以在任何电脑上离线核验，不依赖本系统：用 Node.js 运行核验脚本，再把结果与公布的校验值比对。',
    script: '核验脚本（不到 60 行）',
    compare: '请与您以前从公布页、每月通知或信函上抄下的校验值比对。',
    toSeals: '查看公布的每日封缄',
    toReceipt: '查看评价回执',
    enter: '查询评价是否已封缄',
    code: '回执编号',
    codeHint: '16位字母和数字，见评价回执，不分大小写。',
    submit: '查询',
  },
  seals: {
    title: '评价的每日封缄',
    text: '每天晚上，当天收到的评价按先后顺序算成一个校验值（默克尔树的根，RFC 9162），并与前一次封缄连成一条链，在这里公布。没有评价的日子也有封缄，所以链上没有缺口。',
    keep: '请抄下或下载任何一天的校验值：以后只要有一条评价被改动、删除或补入，或者有一次封缄被更换，都与您留下的对不上。',
    none: '还没有封缄。第一次封缄在今晚。',
    line: ({ number, day, size }) => `第 ${number} 号 · ${day} · ${size} 条评价`,
    sealedAt: '封缄时间',
    root: '根',
    hash: '封缄校验值',
    older: '更早的封缄',
    newest: '最新的封缄',
    files: '下载全部封缄',
  },
  failed: '没有完成',
  unknownReceipt: '没有这个回执',
  busy: '现在比较繁忙',
};

const en: SealWords = {
  proof: {
    title: 'Proof of your rating',
    sealed: 'Your rating is sealed',
    sealedText: ({ number, day, place, size }) =>
      `It stands in seal ${number} of ${day}, at place ${place} among ${size} ratings. Whoever changes, ` +
      'removes or slips in a rating now no longer matches the values below.',
    waiting: 'We have your rating; it will be sealed',
    waitingText: (at) =>
      `That happens at ${at}. Open this page again afterwards to see its seal and to download the proof.`,
    broken: 'This rating is not what was sealed',
    brokenText: ({ number, day }) =>
      `It should stand in seal ${number} of ${day}, but what is there now does not match. This must not ` +
      'happen: give the receipt code to the hall desk or call 12345.',
    receipt: 'Receipt code',
    given: 'Your rating',
    at: 'Received at',
    counted: 'It counts in the figures; in the assessment a bad rating counts once it is verified.',
    excluded:
      'Two persons have decided that it does not count; it is listed among the excluded ratings. The ' +
      'rating itself stays as it is.',
    root: 'Value of all ratings of that seal (root)',
    hash: 'Value of the seal, with all seals before it',
    download: 'Download the proof (JSON)',
    how:
      'The proof can be checked on any computer, offline and without this system: run the script with ' +
      'Node.js and compare what it prints with the published value.',
    script: 'Script (less than 60 lines)',
    compare: 'Compare with a value that you noted earlier from the public page, a notice or a letter.',
    toSeals: 'The published daily seals',
    toReceipt: 'Your receipt',
    enter: 'Is my rating sealed?',
    code: 'Receipt code',
    codeHint: '16 letters and digits from your receipt, upper or lower case.',
    submit: 'Look up',
  },
  seals: {
    title: 'Daily seals of ratings',
    text:
      'Each night the ratings of the day, in the order in which they came, become one value (the root of a ' +
      'Merkle tree, RFC 9162), chained to the seal before and published here. A day without ratings has ' +
      'its seal too, so that the chain has no gap.',
    keep:
      'Note or download the value of any day. If ever a rating is changed, removed or slipped in, or a ' +
      'seal replaced, it no longer matches what you have kept.',
    none: 'There is no seal yet. The first one is made tonight.',
    line: ({ number, day, size }) => `Seal ${number} · ${day} · ${size} ratings`,
    sealedAt: 'Sealed at',
    root: 'Root',
    hash: 'Value of the seal',
    older: 'Earlier seals',
    newest: 'Newest seals',
    files: 'Download all seals',
  },
  failed: 'That did not work',
  unknownReceipt: 'There is no such receipt',
  busy: 'We are busy',
};

export function sealWords(lang: Lang): SealWords {
  return lang === 'en' ? en : zh;
}
