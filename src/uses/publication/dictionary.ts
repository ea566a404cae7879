/**
 * What each column of the open data means, in both languages, with its unit and where its definition comes
 * from. A test keeps it complete.
 */
interface Entry {
  readonly zh: string;
  readonly en: string;
  readonly unit: Unit;
  readonly source?: string;
}

export type Unit = 'text' | 'code' | 'flag' | 'count' | 'share' | 'place' | 'day' | 'moment';

const GB = 'GB/T 39735-2020';

export const DICTIONARY: Readonly<Record<string, Entry>> = {
  by: { zh: '这一行统计的是什么', en: 'What the line counts', unit: 'text' },
  code: {
    zh: '行政区划代码、统一社会信用代码、窗口编号、事项编码、渠道或来源代码',
    en: 'Code of the region, department (USCC), window, item, channel or source',
    unit: 'code',
  },
  name: { zh: '名称', en: 'Name, in Chinese', unit: 'text' },
  withheld: {
    zh: '人数过少或可由合计推算，只写名称',
    en: 'Too few people, or could be worked out from the sum: the name and nothing else',
    unit: 'flag',
  },
  ratable: { zh: '可评价服务数', en: 'Services that could be rated', unit: 'count', source: GB },
  rated: {
    zh: '主动评价数，不含已剔除的；每次服务的第一次评价',
    en: 'Services rated, without excluded ratings; the first rating of each',
    unit: 'count',
    source: GB,
  },
  unrated: {
    zh: '未评价的服务数，不计为满意',
    en: 'Services not rated; never taken for satisfied',
    unit: 'count',
  },
  good: {
    zh: '好评数：非常满意、满意、基本满意',
    en: 'Good ratings: levels 5, 4 and 3',
    unit: 'count',
    source: GB,
  },
  bad: {
    zh: '差评数：不满意、非常不满意，含尚未核实的',
    en: 'Bad ratings: levels 2 and 1, verified or not',
    unit: 'count',
    source: GB,
  },
  excluded: {
    zh: '经两人核实为误评或恶意评价的，服务仍计入可评价服务数',
    en: 'Ratings that two people found mistaken or malicious; the services stay ratable',
    unit: 'count',
  },
  active_good_rate: { zh: '主动评价好评率 = good ÷ rated', en: 'good ÷ rated', unit: 'share', source: GB },
  active_rating_rate: {
    zh: '主动评价率 = rated ÷ ratable',
    en: 'rated ÷ ratable',
    unit: 'share',
    source: GB,
  },
  good_rate_low: {
    zh: '好评率95%置信区间下限（Wilson）',
    en: 'Lower end of Wilson’s 95 % interval',
    unit: 'share',
  },
  good_rate_high: { zh: '好评率95%置信区间上限', en: 'Upper end of that interval', unit: 'share' },
  place: { zh: '位次；数值相同的位次相同', en: 'Place; equal rates share one', unit: 'place' },
  tied: { zh: '是否并列', en: 'Whether others share the place', unit: 'flag' },
  place_from: { zh: '置信区间允许的最前位次', en: 'Best place that the intervals leave open', unit: 'place' },
  place_to: { zh: '置信区间允许的最后位次', en: 'Worst place that the intervals leave open', unit: 'place' },
  shrunk_rate: {
    zh: '向本组平均值靠拢后的好评率，用于排名',
    en: 'Good rate drawn towards the mean of the list, by which it is ranked',
    unit: 'share',
  },
  shrunk_low: { zh: '排名用好评率的95%区间下限', en: 'Lower end of its 95 % interval', unit: 'share' },
  shrunk_high: { zh: '排名用好评率的95%区间上限', en: 'Upper end of its 95 % interval', unit: 'share' },
  valid_bad: {
    zh: '有效差评：按差评给出的日期，不含剔除的',
    en: 'Valid bad ratings, by the day on which they were given, without excluded ones',
    unit: 'count',
  },
  bad_answered: { zh: '按时答复的差评', en: 'Bad ratings answered in time', unit: 'count' },
  bad_answered_rate: {
    zh: '差评回复率 = bad_answered ÷ valid_bad',
    en: 'bad_answered ÷ valid_bad',
    unit: 'share',
    source: GB,
  },
  called_back: { zh: '已答复并回访的差评', en: 'Bad ratings answered and called back', unit: 'count' },
  called_back_rate: {
    zh: '回访整改率 = called_back ÷ valid_bad',
    en: 'called_back ÷ valid_bad',
    unit: 'share',
    source: GB,
  },
  reached: { zh: '回访到的人（含再次评价的）', en: 'People reached, or who rated again', unit: 'count' },
  satisfied: { zh: '其中满意的', en: 'Those satisfied', unit: 'count' },
  call_back_satisfaction_rate: {
    zh: '回访整改满意率 = satisfied ÷ reached',
    en: 'satisfied ÷ reached',
    unit: 'share',
    source: GB,
  },
  from: { zh: '统计的第一天', en: 'First day counted', unit: 'day' },
  to: { zh: '统计的最后一天', en: 'Last day counted', unit: 'day' },
  as_of: { zh: '统计的时刻', en: 'When it was counted', unit: 'moment' },
};

/** The files of the open data, with what their lines are. */
export const FILES = [
  { name: 'figures', zh: '总体数据与各项列表', en: 'Figures and lists' },
  { name: 'rankings', zh: '好评率排名', en: 'Rankings' },
  { name: 'handling', zh: '差评办理情况', en: 'How bad ratings were answered' },
] as const;
