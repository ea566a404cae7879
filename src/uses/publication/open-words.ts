import type { Lang } from '../../kernel/lang.ts';
import type { RankedBy } from './contract.ts';
import type { Unit } from './dictionary.ts';

/** The public pages, in the order of their links. */
export const PLACES = {
  figures: '/public',
  rankings: '/public/rankings',
  handling: '/public/handling',
  archive: '/public/archive',
  data: '/public/data',
} as const;
export type Place = keyof typeof PLACES;

interface Column {
  readonly name: string;
  readonly means: string;
}

/** What the pages beside the figures say, once in each language. */
export interface OpenWords {
  places: Readonly<Record<Place, string>> & { label: string };
  ranking: {
    heading: (city: string) => string;
    by: string;
    of: Readonly<Record<RankedBy, string>>;
    table: Readonly<Record<'place' | 'name' | 'rate' | 'shrunk' | 'open', string>>;
    place: (place: number, tied: boolean) => string;
    open: (from: number, to: number) => string;
    prior: (mean: string, people: string) => string;
    withheld: (count: number) => string;
    unrated: (count: number) => string;
    more: (count: number) => string;
    empty: string;
    method: readonly string[];
  };
  handling: {
    heading: (city: string) => string;
    span: (from: string, to: string) => string;
    rates: Readonly<Record<'answered' | 'called' | 'satisfied', Column>>;
    departments: string;
    nobody: string;
    none: string;
    few: string;
    wholeWithheld: (least: number) => string;
    hidden: (count: number) => string;
    method: readonly string[];
  };
  archive: {
    heading: string;
    about: string;
    none: string;
    at: (day: string) => string;
    month: (city: string, month: string) => string;
    kept: (at: string) => string;
    same: string;
    corrections: (count: number) => string;
    why: string;
    show: string;
    few: (least: number) => string;
    digest: string;
  };
  data: { heading: string; about: readonly string[]; units: Readonly<Record<Unit, string>> };
}

const zh: OpenWords = {
  places: {
    label: '公开数据',
    figures: '总体数据',
    rankings: '排名',
    handling: '差评办理',
    archive: '按月存档',
    data: '开放数据',
  },
  ranking: {
    heading: (city) => `${city}政务服务好评率排名`,
    by: '排名对象',
    of: {
      window: '窗口',
      department: '部门',
      item: '事项',
      county: '县（市、区）',
      township: '乡镇（街道）',
    },
    table: { place: '位次', name: '名称', rate: '好评率', shrunk: '排名用的好评率', open: '可能的位次' },
    place: (place, tied) => `第${place}位${tied ? '（并列）' : ''}`,
    open: (from, to) => (from === to ? `第${from}位` : `第${from}至${to}位`),
    prior: (mean, people) => `本组平均好评率 ${mean}；计算时每一行都按另有 ${people} 人给出平均好评率处理。`,
    withheld: (count) => `另有 ${count} 行人数过少或可由合计推算，不参加排名。`,
    unrated: (count) => `另有 ${count} 行没有人评价，不参加排名。`,
    more: (count) => `另有 ${count} 行，见下载文件。`,
    empty: '这段时间没有可以排名的数据。',
    method: [
      '人数少的，好评率向本组平均值靠拢：（好评数 + 平均值 × 人数）÷（主动评价数 + 人数）。三个人的满分不会排在三千人的99 %前面。',
      '“人数”由本组各行的差异算出（贝塔-二项模型，矩估计）：各行差异越小，靠拢得越多。',
      '“可能的位次”来自95%置信区间：区间互相重叠的，先后不能肯定；数值相同的并列。',
      '排名只用公开的行计算，不含人数过少的行；每一个数都可由下载的数据重算。',
      '排名不涉及工作人员个人。',
    ],
  },
  handling: {
    heading: (city) => `${city}差评办理情况`,
    span: (from, to) => `差评时间 ${from} 至 ${to}`,
    rates: {
      answered: { name: '差评回复率', means: '按时答复的差评 ÷ 有效差评' },
      called: { name: '回访整改率', means: '已答复并完成回访的差评 ÷ 有效差评' },
      satisfied: { name: '回访整改满意率', means: '回访满意 ÷ 回访到的人；整改后再次评价的，以再次评价为准' },
    },
    departments: '按办理部门',
    nobody: '尚未确定办理部门',
    none: '这段时间没有差评。',
    few: '回访到的人过少，不公布',
    wholeWithheld: (least) => `这段时间的有效差评少于${least}件，不公布。`,
    hidden: (count) => `另有 ${count} 个部门差评过少或可由合计推算，不单独公布。`,
    method: [
      '每一条差评自动生成工单，由“谁办理谁负责”的部门答复；差评给出的那一天决定它计入哪段时间。',
      '有效差评不含经两人核实剔除的误评和恶意评价；正在办理、还没有答复的也在分母里。',
      '没有差评时比率写“—”，不写100 %。',
    ],
  },
  archive: {
    heading: '公开数据按月存档',
    about: '每月结束后过几天，系统把当月公开的数据原样存档，以后不再改动；之后的更正另行列出。',
    none: '还没有存档的月份。',
    at: (day) => `${day} 存档`,
    month: (city, month) => `${city}${month}公开数据（存档）`,
    kept: (at) => `以下是 ${at} 存档时公开的数据，一字未改。`,
    same: '存档以后没有更正。',
    corrections: (count) => `存档以后的更正：${count} 行`,
    why: '更正来自存档后才核实剔除的评价、补录的纸质评价、补报或更正的办件。左为存档时的数，右为现在的数。',
    show: '查看更正',
    few: (least) => `有更正，涉及不足${least}人，不列数字`,
    digest: '校验值（SHA-256：figures.json 与 handling.json 的内容，中间一个换行符）：',
  },
  data: {
    heading: '开放数据与数据字典',
    about: [
      'CSV为UTF-8编码（带BOM），第一行是列名；JSON内容相同，字段见接口说明。默认为近30天；加参数 period 选择月份（2026-05）、年份（2026）。',
      '数据可以自由使用，请注明来源和统计时刻。人数过少的行只有名称。',
    ],
    units: {
      text: '文字',
      code: '代码',
      flag: 'true 或 false',
      count: '个数',
      share: '比率，四位小数；分母为0时为空',
      place: '位次',
      day: '日期',
      moment: '时刻，+08:00',
    },
  },
};

const en: OpenWords = {
  places: {
    label: 'Public figures',
    figures: 'Figures',
    rankings: 'Rankings',
    handling: 'Bad ratings answered',
    archive: 'Archive by month',
    data: 'Open data',
  },
  ranking: {
    heading: (city) => `Good rates ranked: ${city}`,
    by: 'Ranking of',
    of: {
      window: 'windows',
      department: 'departments',
      item: 'items',
      county: 'counties',
      township: 'townships',
    },
    table: {
      place: 'Place',
      name: 'Name',
      rate: 'Good rate',
      shrunk: 'Rate for the ranking',
      open: 'Possible places',
    },
    place: (place, tied) => `${place}${tied ? ' (tied)' : ''}`,
    open: (from, to) => (from === to ? `${from}` : `${from} to ${to}`),
    prior: (mean, people) =>
      `The mean good rate is ${mean}; each line is counted as if ${people} more people had given it.`,
    withheld: (count) =>
      `${count} further lines are of too few people, or could be worked out from the sum: not ranked.`,
    unrated: (count) => `${count} further lines were rated by nobody: not ranked.`,
    more: (count) => `${count} further lines are in the downloads.`,
    empty: 'There is nothing to rank in this period.',
    method: [
      'Where few people rated, the rate is drawn towards the mean: (good + mean × people) ÷ (rated + ' +
        'people). So three happy people don’t stand before 99 % of three thousand.',
      '“People” follows from how much the lines differ (beta-binomial model, method of moments): the less, ' +
        'the more they are drawn.',
      '“Possible places” come from 95 % intervals: where they overlap, the order is not certain. Equal ' +
        'rates are ties.',
      'Only lines that are shown to everybody are ranked; each number can be computed from the downloads.',
      'Nobody who works here is ranked.',
    ],
  },
  handling: {
    heading: (city) => `How bad ratings were answered: ${city}`,
    span: (from, to) => `Bad ratings from ${from} to ${to}`,
    rates: {
      answered: { name: 'Answered in time', means: 'bad ratings answered in time ÷ valid bad ratings' },
      called: { name: 'Put right and called back', means: 'answered and called back ÷ valid bad ratings' },
      satisfied: {
        name: 'Satisfied when called back',
        means: 'satisfied ÷ people reached; a second rating is the last word',
      },
    },
    departments: 'By answering department',
    nobody: 'No department yet',
    none: 'There were no bad ratings in this period.',
    few: 'too few people were reached to be shown',
    wholeWithheld: (least) => `There were fewer than ${least} valid bad ratings: nothing is shown.`,
    hidden: (count) =>
      `${count} further departments have too few, or could be worked out from the sum: not shown alone.`,
    method: [
      'Each bad rating opens an order by itself, answered by the department that served; the day on which ' +
        'it was given decides where it counts.',
      'Valid bad ratings are without those that two people found mistaken or malicious; those not answered ' +
        'yet are among them.',
      'Where there are none it says “—”, never 100 %.',
    ],
  },
  archive: {
    heading: 'Public figures, archived by month',
    about:
      'Some days after its end, what is public of a month is archived as it stands and never changed; ' +
      'later corrections are listed beside it.',
    none: 'No month is archived yet.',
    at: (day) => `archived on ${day}`,
    month: (city, month) => `${month}, archived: ${city}`,
    kept: (at) => `This is what was public on ${at}, to the letter.`,
    same: 'Nothing has been corrected since.',
    corrections: (count) => `Corrected since: ${count} ${count === 1 ? 'line' : 'lines'}`,
    why:
      'Corrections come from ratings excluded later, paper forms entered later, and services reported or ' +
      'put right later. Archived number first, present number second.',
    show: 'Show corrections',
    few: (least) => `corrected; of fewer than ${least} people, so no numbers`,
    digest: 'Check sum (SHA-256 of figures.json, a line feed, and handling.json):',
  },
  data: {
    heading: 'Open data and dictionary',
    about: [
      'CSV is UTF-8 with a byte order mark, names of columns in the first line; JSON holds the same. The ' +
        'last 30 days unless period says a month (2026-05) or a year (2026).',
      'Free to use; name the source and the moment of counting. Lines of too few people have a name only.',
    ],
    units: {
      text: 'text',
      code: 'code',
      flag: 'true or false',
      count: 'count',
      share: 'share with four decimals; empty where the denominator is 0',
      place: 'place',
      day: 'day',
      moment: 'moment, +08:00',
    },
  },
};

export function openWords(lang: Lang): OpenWords {
  return lang === 'en' ? en : zh;
}
