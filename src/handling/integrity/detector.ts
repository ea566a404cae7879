/** What can be suspicious about ratings, and how it is told. */
export const DETECTORS = [
  'device_burst',
  'address_burst',
  'tablet_haste',
  'before_service',
  'outside_hours',
  'same_text',
  'one_phone',
  'uniform_clerk',
  'channel_gap',
  'denied_by_call',
  'month_end_jump',
] as const;
export type Detector = (typeof DETECTORS)[number];

export const SUBJECT_KINDS = ['device', 'address', 'text', 'phone', 'staff', 'window', 'rating'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Subjects that only the detectors know: people see a made-up name, never the mark itself. */
export const VEILED: ReadonlySet<SubjectKind> = new Set(['device', 'address', 'text', 'phone']);

/** Figures of a finding by name, counted or computed; texts are already as they are shown. */
export type Numbers = Readonly<Record<string, number | string>>;

const SENTENCES: Readonly<Record<Detector, { zh: string; en: string }>> = {
  device_burst: {
    zh:
      '同一台设备在 {period} 评价 {day_ratings} 次，其中 {burst} 次处在“{limit_minutes} 分钟内不少于 {limit_ratings} 次”的时段；' +
      '一天的界限是 {limit_day} 次。涉及 {windows} 个窗口，好评 {good} 次。',
    en:
      'One device rated {day_ratings} times on {period}, {burst} of them where at least ' +
      '{limit_ratings} fall within {limit_minutes} minutes; the limit of a day is {limit_day}. ' +
      'Windows: {windows}, good: {good}.',
  },
  address_burst: {
    zh:
      '同一网络地址在 {period} 评价 {day_ratings} 次，来自 {devices} 台设备，' +
      '其中 {burst} 次处在“{limit_minutes} 分钟内不少于 {limit_ratings} 次”的时段；一天的界限是 {limit_day} 次，公共网络只按窗口计。' +
      '涉及 {windows} 个窗口，好评 {good} 次。',
    en:
      'One network address rated {day_ratings} times on {period} from {devices} devices, {burst} of ' +
      'them where at least {limit_ratings} fall within {limit_minutes} minutes; the limit of a day is ' +
      '{limit_day}, and on a public network only single windows are looked at. Windows: {windows}, ' +
      'good: {good}.',
  },
  tablet_haste: {
    zh: '{period} 有 {ratings} 次评价在评价器显示后不到 {limit_seconds} 秒就提交，最快 {fastest} 秒，好评 {good} 次。',
    en:
      'On {period}, {ratings} ratings came less than {limit_seconds} seconds after the tablet had ' +
      'shown the invitation, the fastest after {fastest} s; good: {good}.',
  },
  before_service: {
    zh: '{period} 有 {ratings} 次评价早于办理时间 {limit_minutes} 分钟以上，最多早 {earliest} 分钟，好评 {good} 次。',
    en:
      'On {period}, {ratings} ratings were given more than {limit_minutes} minutes before the service, ' +
      'up to {earliest} minutes; good: {good}.',
  },
  outside_hours: {
    zh: '{period} 有 {ratings} 次大厅设备上的评价在窗口开放时间以外（前后 {limit_minutes} 分钟不算），好评 {good} 次。',
    en:
      'On {period}, {ratings} ratings were given on a device of the hall outside its window’s hours ' +
      '(give or take {limit_minutes} minutes); good: {good}.',
  },
  same_text: {
    zh: '{period} 有 {ratings} 次评价写了完全相同的 {letters} 个字，界限是 {limit_times} 次；涉及 {windows} 个窗口。',
    en:
      'In {period}, {ratings} ratings carry the very same text of {letters} characters; the limit is ' +
      '{limit_times}. Windows: {windows}.',
  },
  one_phone: {
    zh: '同一手机号 {period} 在 {windows} 个窗口办件并评价 {ratings} 次，界限是 {limit_windows} 个窗口。',
    en:
      'One phone number was served and rated at {windows} windows on {period}, {ratings} ratings in ' +
      'all; the limit is {limit_windows}.',
  },
  uniform_clerk: {
    zh: '{period} 评价 {ratings} 次，好评 {good} 次，标签几乎不变（熵 {entropy} 比特，界限 {limit_entropy}）；最常见的选择占 {top} 次。',
    en:
      'In {period}, {good} of {ratings} ratings are good and their tags hardly differ (entropy ' +
      '{entropy} bits, limit {limit_entropy}); the commonest choice has {top}.',
  },
  channel_gap: {
    zh: '{period} 大厅设备好评 {hall_good}/{hall}，手机扫码和短信好评 {phone_good}/{phone}，相差的 z 值为 {z}，界限 {limit_z}。',
    en:
      'In {period}, devices of the hall gave {hall_good}/{hall} good ratings, phones by QR code and ' +
      'SMS {phone_good}/{phone}: z = {z}, limit {limit_z}.',
  },
  denied_by_call: {
    zh: '回访（{called}）时本人说没有评价过，而系统里有这条评价：满意度 {level}。',
    en:
      'Called back on {called}, the person says that they never rated, yet there is a rating of level ' +
      '{level}.',
  },
  month_end_jump: {
    zh:
      '{period} 最后 {limit_days} 天评价率 {last_rated}/{last_ratable}，此前 {rated}/{ratable}，' +
      'z 值 {z}（界限 {limit_z}），升为 {times} 倍（界限 {limit_times} 倍）。',
    en:
      'In the last {limit_days} days of {period}, {last_rated} of {last_ratable} services were rated, ' +
      'before that {rated} of {ratable}: z = {z} (limit {limit_z}), {times} times as many (limit ' +
      '{limit_times}).',
  },
};

/** The explanation of a finding in both languages, each of its figures named. */
export function explain(detector: Detector, numbers: Numbers): { 'zh-CN': string; en: string } {
  const filled = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (place, name: string) => String(numbers[name] ?? place));
  const { zh, en } = SENTENCES[detector];
  return { 'zh-CN': filled(zh), en: filled(en) };
}
