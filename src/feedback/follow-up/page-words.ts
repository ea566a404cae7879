import type { Lang } from '../../kernel/lang.ts';
import type { DrawLine } from './contract.ts';

/** What the page of the draws says to everybody, once in each language. */
interface DrawWords {
  readonly title: string;
  readonly text: string;
  readonly how: string;
  readonly steps: readonly string[];
  readonly next: string;
  readonly nextLine: (of: { week: string; at: string }) => string;
  readonly none: string;
  readonly week: (monday: string) => string;
  readonly counts: (of: DrawLine) => string;
  readonly rule: (of: DrawLine) => string;
  readonly drawnAt: string;
  readonly committedAt: string;
  readonly seed: string;
  readonly seedHash: string;
  readonly listHash: string;
  readonly file: string;
  readonly older: string;
  readonly newest: string;
}

const zh: DrawWords = {
  title: '电话回访的抽样',
  text: '大厅每周从上一周办结的事项中随机抽取一部分，由不在该窗口工作的人员打电话回访。抽到谁由随机种子决定，不由人挑选。种子的校验值提前一周公布，抽样后公布种子本身，任何人都可以复核。',
  how: '怎样复核',
  steps: [
    '取该周的清单：每件一行，依次为办件编号、环节号、窗口代码、工号，用制表符隔开，没有的写“-”；各行按字节顺序排列，用换行符连接。它的 SHA-256 应与公布的清单校验值一致。',
    '每件的签号为 SHA-256（种子的32个字节，后接“办件编号/环节号”），用十六进制小写表示。',
    '各窗口按签号由小到大抽取：件数乘以百分比，向上取整，且不少于每窗口的最少件数。',
    '工作人员被抽中的件数不足的，从其余件中按签号由小到大补足。',
    '全市不足最少件数的，从其余件中按签号由小到大补足。',
  ],
  next: '下一次抽样的种子校验值',
  nextLine: ({ week, at }) => `${week} 开始的一周，${at} 公布`,
  none: '还没有抽样。',
  week: (monday) => `${monday} 开始的一周`,
  counts: (of) =>
    `办结 ${of.finished} 件；其中差评或另有来件、全部回访的 ${of.others} 件；没有电话、匿名评价或不愿被联系的 ${of.unreachable} 件；` +
    `列入清单 ${of.listed} 件，涉及 ${of.windows} 个窗口、${of.clerks} 名工作人员；抽中 ${of.sampled} 件。`,
  rule: (of) =>
    `每窗口 ${of.percent}%，每窗口至少 ${of.perWindow} 件，每人至少 ${of.perClerk} 件，全市至少 ${of.least} 件。`,
  drawnAt: '抽样时间',
  committedAt: '校验值公布时间',
  seed: '种子',
  seedHash: '种子的校验值（SHA-256）',
  listHash: '清单的校验值（SHA-256）',
  file: '数据文件',
  older: '更早的抽样',
  newest: '最近的抽样',
};

const en: DrawWords = {
  title: 'The draw of call-backs',
  text:
    'Every week the hall draws some of the cases finished the week before, and somebody who ' +
    'doesn’t work at their window calls back. A random seed decides who is called, nobody ' +
    'picks. The hash of the seed is published a week before and the seed itself after the ' +
    'draw, so that anybody can repeat it.',
  how: 'How to repeat a draw',
  steps: [
    'Take the list of the week: a line a case with case number, step, window and staff number' +
      ', apart by tabs, “-” where there is none; lines in the order of their bytes, joined by l' +
      'ine feeds. Its SHA-256 is the published hash of the list.',

    'The lot of a case is SHA-256 over the 32 bytes of the seed followed by “case number/step' +
      '”, in lower-case hex.',

    'From each window the lowest lots are taken: the percentage of its cases, rounded up, ' +
      'and at least so many.',
    'A clerk with too few cases among them gets more from the rest, the lowest lots first.',
    'If the city has too few, the lowest lots of the rest are added.',
  ],
  next: 'Hash of the seed of the next draw',
  nextLine: ({ week, at }) => `week from ${week}, published ${at}`,
  none: 'Nothing has been drawn yet.',
  week: (monday) => `Week from ${monday}`,
  counts: (of) =>
    `Finished: ${of.finished}; called anyway after a bad rating or a complaint: ` +
    `${of.others}; without a phone, rated anonymously or wanting no contact: ` +
    `${of.unreachable}; on the list: ${of.listed}, of ${of.windows} windows and ${of.clerks} ` +
    `clerks; drawn: ${of.sampled}.`,
  rule: (of) =>
    `${of.percent}% of each window, at least ${of.perWindow} of a window, ${of.perClerk} of ` +
    `a clerk, ${of.least} in the city.`,
  drawnAt: 'Drawn at',
  committedAt: 'Hash published at',
  seed: 'Seed',
  seedHash: 'Hash of the seed (SHA-256)',
  listHash: 'Hash of the list (SHA-256)',
  file: 'Data file',
  older: 'Earlier draws',
  newest: 'Latest draws',
};

const words: Readonly<Record<Lang, DrawWords>> = { 'zh-CN': zh, en };

export function drawWords(lang: Lang): DrawWords {
  return words[lang];
}
