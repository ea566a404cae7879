import type { Lang } from '../../kernel/lang.ts';
import type { ListBy } from './contract.ts';

/** What the public page says, once in each language. */
export interface PageWords {
  title: string;
  heading: (city: string) => string;
  period: { label: string; last30: string; submit: string; month: (code: string) => string; year: string };
  span: (from: string, to: string) => string;
  good: string;
  active: string;
  interval: (low: string, high: string) => string;
  nobody: string;
  counts: Readonly<Record<'ratable' | 'rated' | 'unrated' | 'good' | 'bad' | 'excluded', string>>;
  asOf: (at: string) => string;
  lists: Readonly<Record<ListBy, string>>;
  noCode: Readonly<Partial<Record<ListBy, string>>>;
  own: string;
  sources: Readonly<Record<string, string>>;
  line: {
    unrated: (count: string) => string;
    excluded: (count: string) => string;
    good: (rate: string) => string;
    rated: (count: string) => string;
  };
  withheld: string;
  wholeWithheld: (least: number) => string;
  more: (count: number) => string;
  hidden: (count: number) => string;
  empty: string;
  apart: { heading: string; public: string; inspect: string; note: string; count: (count: string) => string };
  downloads: { heading: string; seals: string; portal: string };
  method: { heading: string; points: (least: number) => readonly string[] };
  back: string;
  rate: string;
  say: string;
  follow: string;
}

const zh: PageWords = {
  title: '好差评公开数据',
  heading: (city) => `${city}政务服务“好差评”公开数据`,
  period: {
    label: '时间范围',
    last30: '近30天',
    submit: '查看',
    month: (code) => `${code.slice(0, 4)}年${Number(code.slice(5))}月`,
    year: '年',
  },
  span: (from, to) => `服务时间 ${from} 至 ${to}`,
  good: '主动评价好评率',
  active: '主动评价率',
  interval: (low, high) => `把评价者看作随机抽样，好评率的95%置信区间为 ${low} 至 ${high}（Wilson区间）。`,
  nobody: '这段时间还没有评价，所以没有好评率。',
  counts: {
    ratable: '可评价服务',
    rated: '主动评价',
    unrated: '未评价',
    good: '好评',
    bad: '差评',
    excluded: '剔除',
  },
  asOf: (at) => `数据截至 ${at}`,
  lists: {
    county: '按县（市、区）',
    township: '按乡镇（街道）',
    department: '按部门',
    item: '按事项',
    window: '按窗口',
    channel: '按评价渠道',
    source: '按评价来源',
  },
  noCode: { window: '没有窗口（如网上办理）', channel: '未评价', source: '未评价' },
  own: '（本级）',
  sources: {
    citizen: '群众本人提交',
    key: '其他系统转来',
    tablet: '大厅平板',
    button: '按键评价器',
    phone: '电话回访，工作人员录入',
    paper: '纸质评价表，工作人员录入',
    hotline: '12345热线，工作人员录入',
    import: '批量导入',
    demo: '虚构的演示数据',
  },
  line: {
    unrated: (count) => `未评 ${count}`,
    excluded: (count) => `剔除 ${count}`,
    good: (rate) => `好评率 ${rate}`,
    rated: (count) => `主动评价 ${count}`,
  },
  withheld: '人数过少，不单独公布',
  wholeWithheld: (least) => `每一行的人数都少于${least}人，或可由合计推算，不公布。`,
  more: (count) => `另有 ${count} 行，见下载文件。`,
  hidden: (count) => `另有 ${count} 行人数过少，不单独公布。`,
  empty: '这段时间没有数据。',
  apart: {
    heading: '另行统计',
    public: '社会综合点评',
    inspect: '政府监督查评',
    note: '这两类没有对应的办件，不计入上面的任何一个数。',
    count: (count) => `${count} 条`,
  },
  downloads: {
    heading: '下载与核对',
    seals: '每日封缄：证明评价没有被改动',
    portal: '供其他系统使用的接口说明',
  },
  method: {
    heading: '这些数字怎么来的',
    points: (least) => [
      '好评率 = 好评数 ÷ 主动评价数；主动评价率 = 主动评价数 ÷ 可评价服务数。每个比率都附分子和分母，没有评价就写“—”，不写100 %。',
      '没有默认好评，没有预选项，五个选项同样大小；到时间没有评价的算“未评价”，不算满意。',
      '每次服务只能评价一次，评价链接与这次服务绑定；办理人自己不能评价。时间以服务器为准。',
      '差评在核实之前就已计入。经两个人核实为误评或恶意评价的才剔除，剔除数单独列出，这次服务仍算在可评价服务数里。',
      '数字由系统从每条记录直接统计，没有人工填报；服务属于哪一天、哪个月，就计入哪一天、哪个月，晚到的评价也一样。',
      '只统计到昨天办理的服务：当天的数字会随每次评价变动，窗口人员看了就能猜出是谁评的。',
      `一行涉及不足${least}人的不公布；为了不让人用合计减出来，会同时隐去人数次少的行。`,
    ],
  },
  back: '返回近30天的数据',
  rate: '我要评价',
  say: '反映问题、提建议、表扬',
  follow: '查询办理进度',
};

const en: PageWords = {
  title: 'Public figures of ratings',
  heading: (city) => `Public figures of service ratings: ${city}`,
  period: {
    label: 'Period',
    last30: 'Last 30 days',
    submit: 'Show',
    month: (code) => code,
    year: '',
  },
  span: (from, to) => `Services from ${from} to ${to}`,
  good: 'Active good rate',
  active: 'active rating rate',
  interval: (low, high) =>
    `If those who rated were drawn by chance, the good rate lies between ${low} and ${high} with 95 % ` +
    'confidence (Wilson interval).',
  nobody: 'Nobody has rated in this period yet, so there is no good rate.',
  counts: {
    ratable: 'Ratable services',
    rated: 'Rated',
    unrated: 'Not rated',
    good: 'Good',
    bad: 'Bad',
    excluded: 'Excluded',
  },
  asOf: (at) => `Figures as of ${at}`,
  lists: {
    county: 'By county',
    township: 'By township',
    department: 'By department',
    item: 'By item',
    window: 'By window',
    channel: 'By channel of rating',
    source: 'By source of rating',
  },
  noCode: { window: 'Without a window (such as online)', channel: 'Not rated', source: 'Not rated' },
  own: ' (own hall)',
  sources: {
    citizen: 'By citizens themselves',
    key: 'From another system',
    tablet: 'Tablet in the hall',
    button: 'Button device',
    phone: 'Telephone call-back, entered by staff',
    paper: 'Paper form, entered by staff',
    hotline: 'Hotline 12345, entered by staff',
    import: 'Imported in bulk',
    demo: 'Invented demonstration data',
  },
  line: {
    unrated: (count) => `not rated ${count}`,
    excluded: (count) => `excluded ${count}`,
    good: (rate) => `good rate ${rate}`,
    rated: (count) => `rated ${count}`,
  },
  withheld: 'Too few people to be shown alone',
  wholeWithheld: (least) =>
    `Each line is of fewer than ${least} people or could be worked out from the sum: none is shown.`,
  more: (count) => `${count} further lines are in the downloads.`,
  hidden: (count) => `${count} further lines are of too few people to be shown alone.`,
  empty: 'There is nothing in this period.',
  apart: {
    heading: 'Counted apart',
    public: 'Public comments',
    inspect: 'Inspections',
    note: 'Neither has a service behind it, and none of the figures above contains them.',
    count: (count) => count,
  },
  downloads: {
    heading: 'Downloads and proof',
    seals: 'Daily seals: proof that no rating was changed',
    portal: 'For other systems: the interface',
  },
  method: {
    heading: 'How these figures come about',
    points: (least) => [
      'Good rate = good ÷ rated; active rating rate = rated ÷ ratable services. Each stands with its ' +
        'numerator and denominator; where nobody rated it says “—”, never 100 %.',
      'No rating is given by default, none is chosen beforehand, and the five choices are equal. Whoever ' +
        'doesn’t rate counts as “not rated”, never as satisfied.',
      'Each service is rated once, by a link that belongs to it; whoever handled it can’t. The ' +
        'server’s clock counts.',
      'Bad ratings count before they are verified. Only what two people found mistaken or malicious is ' +
        'excluded; it is listed, and its service stays among the ratable ones.',
      'The figures are counted from the records, nobody types them in. A service counts on its own day ' +
        'and in its own month, however late it is rated.',
      'Services up to yesterday are counted: today’s figures move with each rating, and whoever served ' +
        'could tell by them who rated.',
      `Lines of fewer than ${least} people are not shown; so that nobody can work them out from the sum, ` +
        'the next smallest ones are left out with them.',
    ],
  },
  back: 'Back to the last 30 days',
  rate: 'Rate a service',
  say: 'Report a problem, suggest, praise',
  follow: 'Follow my matter',
};

export function pageWords(lang: Lang): PageWords {
  return lang === 'en' ? en : zh;
}
