import { z } from 'zod';
import { parseDay, parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

/** How a rating came in; channel (pf) tells where it was given. */
export const RATING_SOURCES = [
  'citizen',
  'key',
  'import',
  'demo',
  'tablet',
  'button',
  'phone',
  'paper',
  'hotline',
] as const;
export type RatingSource = (typeof RATING_SOURCES)[number];

export const ratingRefusals = defineRefusals({
  'rating.unknown_token': {
    status: 404,
    zh: '评价链接无效，没有对应的办理记录。请核对链接是否完整，或重新扫描窗口的二维码。',
    en:
      'This rating link belongs to no service. Check that the link is complete, or scan the code ' +
      'at the window again.',
  },
  'rating.unknown_code': {
    status: 404,
    zh: '没有找到对应的办理记录：窗口编号和评价码不相符，或已输错。请对照凭条重新输入。',
    en: 'No service fits this window number and code. Compare both with your slip and enter them again.',
  },
  'rating.unknown_receipt': {
    status: 404,
    zh: '没有找到这个回执编号。请核对16位编号后重新输入。',
    en: 'There is no receipt with this code. Check its 16 characters and enter them again.',
  },
  'rating.already_recorded': {
    status: 409,
    zh: '这次办理已经评价过，一次办理只能评价一次，原评价不变。如有新的意见，请联系大厅服务台。',
    en:
      'This service has already been rated. Each is rated once and the first rating stands. Tell ' +
      'the hall desk if there is more to say.',
  },
  'rating.expired': {
    status: 410,
    zh: '评价期限已过，这次办理不能再评价。如有意见，请联系大厅服务台或拨打12345。',
    en: 'The time for rating this service is over. If something is wrong, tell the hall desk or call 12345.',
  },
  'rating.staff_browser': {
    status: 403,
    zh:
      '这个浏览器正登录着工作人员账号，不能用来评价，没有保存。评价须由办事群众本人作出：请用自己的手机扫码，' +
      '或在窗口的评价器上评价。您若是办事群众，请换一个没有登录后台的浏览器。',
    en:
      'A member of staff is signed in to this browser, so nothing can be rated here and nothing was saved. ' +
      'Ratings are the citizens’ own: use your phone, the tablet at the window, or a browser where ' +
      'nobody of the staff is signed in.',
  },
  'rating.office_network': {
    status: 403,
    zh:
      '这台电脑在大厅的办公网络里，不能用来评价，没有保存。这是为了防止代评。请用自己的手机（移动网络或大厅公共' +
      'Wi-Fi）扫码，或在窗口的评价器上评价。',
    en:
      'This computer stands in the hall’s office network, so nothing can be rated here and nothing was ' +
      'saved; it keeps others from rating for you. Use your phone on mobile data or the public Wi-Fi, or ' +
      'the tablet at the window.',
  },
  'rating.too_many': {
    status: 429,
    zh: '短时间内提交次数过多，这次没有保存。请一分钟后再试。',
    en: 'Too many submissions in a short time; this one was not saved. Try again in a minute.',
  },
  'rating.tag_unknown': {
    status: 422,
    zh: '没有编号为{tag}的评价标签，没有保存。请从页面所列标签中选择。',
    en: 'There is no tag {tag}, so nothing was saved. Choose among the tags shown.',
  },
  'rating.tag_malformed': {
    status: 422,
    zh: '评价标签应为三位数字编号，没有保存。请从页面所列标签中选择。',
    en: 'Tags are codes of three digits, so nothing was saved. Choose among the tags shown.',
  },
  'rating.tag_retired': {
    status: 422,
    zh: '评价标签{tag}已停用，没有保存。请从现行标签中选择。',
    en: 'The tag {tag} has been retired, so nothing was saved. Choose among the present tags.',
  },
  'rating.tag_of_other_level': {
    status: 422,
    zh: '评价标签{tag}属于满意度{level}，与所选满意度不符，没有保存。请选择对应满意度下的标签。',
    en:
      'The tag {tag} belongs to level {level} and not to the level chosen, so nothing was saved. ' +
      'Choose tags of that level.',
  },
  'rating.level_missing': {
    status: 422,
    zh: '还没有选择满意度，没有保存。请从五个选项中选择一个。',
    en: 'No level was chosen, so nothing was saved. Choose one of the five.',
  },
  'rating.reason_missing': {
    status: 422,
    zh: '还没有说明哪里不满意，没有保存。请至少勾选一个标签或写几个字，便于核实改进。',
    en:
      'It does not say yet what went wrong, so nothing was saved. Tick at least one tag or write a ' +
      'few words.',
  },
  'rating.text_too_long': {
    status: 422,
    zh: '文字共{length}字，最多{limit}字，没有保存。请缩短后再提交。',
    en:
      'The text has {length} characters and may have {limit}, so nothing was saved. Shorten it and ' +
      'send it again.',
  },
  'rating.score_out_of_range': {
    status: 422,
    zh: '分项打分应为1至5，没有保存。请重新选择，或选“不评”。',
    en: 'Scores in detail go from 1 to 5, so nothing was saved. Choose again, or choose none.',
  },
  'rating.channel_unknown': {
    status: 422,
    zh: '没有编号为{channel}的评价渠道。请核对 pf。',
    en: 'There is no channel {channel}. Check pf.',
  },
  'rating.in_future': {
    status: 422,
    zh: '评价时间晚于当前时间。请核对 assessTime。',
    en: 'The time of the rating lies in the future. Check assessTime.',
  },
  'rating.same_person': {
    status: 422,
    zh: '核实人和批准人不能是同一个人。请由另一人批准。',
    en: 'Who verifies and who approves must be two people. Have somebody else approve it.',
  },
  'rating.two_persons_needed': {
    status: 422,
    zh: '认定误评或恶意评价须有核实人和批准人两个人。请补上 verified_by 和 approved_by。',
    en: 'To exclude a rating takes two people. Fill in verified_by and approved_by.',
  },
  'rating.exclusion_at_desk': {
    status: 403,
    zh: '群众自己提交的评价，不能由一个人用文件排除。请在“核实与排除”里提出，由另一人决定。',
    en:
      'A rating that a citizen gave can’t be excluded by one person with a file. Propose it at the ' +
      'verification desk, where somebody else decides.',
  },
  'rating.verdict_stands': {
    status: 409,
    zh: '这条评价已有核实结论，与这次不同，原结论不变。如原结论有误，请走申诉复核。',
    en:
      'This rating has a verdict already, and a different one; the first stands. Use the review if ' +
      'it is wrong.',
  },
  'rating.own_verdict': {
    status: 422,
    zh: '被评价的本人不能核实或批准自己的评价。请由他人办理；如是同名的另一人，请填工号。',
    en:
      'The person rated may neither verify nor approve the verdict. Let others do so; give the staff ' +
      'number of a namesake.',
  },
  'rating.attribution_stands': {
    status: 409,
    zh: '这条评价的归属已经确定，与这次不同，原归属不变。如原归属有误，请走申诉复核。',
    en: 'Whom this rating charges has been decided already, and otherwise. Use the review if it is wrong.',
  },
  'rating.unknown': {
    status: 404,
    zh: '没有找到这条评价，或它不在您的数据范围内。请返回列表重新选择。',
    en: 'There is no such rating within your data scope. Go back to the list and choose again.',
  },
  'rating.range_reversed': {
    status: 422,
    zh: '结束日期早于开始日期。请调整日期范围。',
    en: 'The last day lies before the first. Correct the range of days.',
  },
});

/** Printable, so that it can be kept as it is. */
export const clientId = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u);

const score = z.number().int().min(1).max(5);

/** POST /api/v1/ratings (contract §4). */
export const ratingSubmission = z.strictObject({
  token: z.string().max(200),
  satisfaction: score,
  /** tags of the chosen level */
  evalDetail: z.array(z.string().max(20)).max(20).nullish(),
  writingEvaluation: z.string().max(5000).nullish(),
  process: score.nullish(),
  efficiency: score.nullish(),
  attitude: score.nullish(),
  /** counts only with a key or from a paired device; else the link's own channel does */
  pf: z.number().int().min(1).max(99).nullish(),
  /** chosen by the sender: a repeat with the same id gets the same receipt */
  id: clientId.nullish(),
  anonymous: z.boolean().nullish(),
  /** left by whoever wants to be contacted; never kept with the rating */
  contact: z.strictObject({ name: z.string().max(100).nullish(), phone: z.string().max(40) }).nullish(),
  /** what the device's clock says; kept beside the server's time, never counts */
  deviceAt: z.iso
    .datetime({ offset: true })
    .refine((text) => parseMoment(text) !== undefined, { params: { code: 'field.moment' } })
    .nullish(),
});

export type RatingSubmission = z.output<typeof ratingSubmission>;

export const ratingReceipt = z.object({
  receipt: z.string(),
  recordedAt: z.string(),
  /** by which a wish to be contacted is followed; absent where none was left, or it comes a little later */
  contactNumber: z.string().optional(),
});

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);

/** GET /api/v1/ratings: days of the service, both included; newest recorded first. */
export const ratingsQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  lang: z.string().max(10).optional(),
});

/** A rating as other systems get it: the national names, no text, no device, no person. */
export const ratingItem = z.object({
  projectNo: z.string(),
  serviceNumber: z.number(),
  assessNumber: z.number(),
  pf: z.number(),
  satisfaction: z.number(),
  evalDetail: z.array(z.string()),
  process: z.number().nullable(),
  efficiency: z.number().nullable(),
  attitude: z.number().nullable(),
  assessTime: z.string(),
  recordedAt: z.string(),
  serviceTime: z.string(),
  taskCode: z.string(),
  taskName: z.string(),
  windowCode: z.string().nullable(),
  deptCode: z.string(),
  areaCode: z.string(),
  verdict: z.enum(['upheld', 'mistaken', 'malicious']).nullable(),
});

export const ratingItems = z.object({ items: z.array(ratingItem), next: z.string().nullable() });

export const verdicts = ['none', 'upheld', 'mistaken', 'malicious'] as const;

/** GET /admin/api/ratings. */
export const ratingFilter = z.object({
  level: z.coerce.number().int().min(1).max(5).optional(),
  tag: z.coerce.number().int().min(100).max(999).optional(),
  window: z.string().max(32).optional(),
  department: z.string().max(18).optional(),
  staff: z.string().max(32).optional(),
  channel: z.coerce.number().int().min(1).max(99).optional(),
  source: z.enum(RATING_SOURCES).optional(),
  from: day.optional(),
  to: day.optional(),
  hasText: z.enum(['true', 'false']).optional(),
  verdict: z.enum(verdicts).optional(),
  q: z.string().trim().max(100).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});

export type RatingFilter = z.output<typeof ratingFilter>;

export const ratingRow = z.object({
  stepId: z.string(),
  assessNumber: z.number(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  serviceName: z.string(),
  serviceTime: z.string(),
  taskName: z.string(),
  windowCode: z.string().nullable(),
  windowName: z.string().nullable(),
  deptCode: z.string(),
  deptName: z.string().nullable(),
  staffNo: z.string().nullable(),
  staffName: z.string().nullable(),
  satisfaction: z.number(),
  tags: z.array(z.number()),
  channel: z.number(),
  hasText: z.boolean(),
  realName: z.boolean(),
  source: z.enum(RATING_SOURCES),
  verdict: z.enum(['upheld', 'mistaken', 'malicious']).nullable(),
  assessedAt: z.string(),
  recordedAt: z.string(),
});

export type RatingRow = z.output<typeof ratingRow>;

export const ratingPage = z.object({ items: z.array(ratingRow), next: z.string().nullable() });

/** GET /admin/api/ratings/:stepId/:assessNumber. */
export const ratingDetail = ratingRow.extend({
  taskCode: z.string(),
  regionCode: z.string(),
  process: z.number().nullable(),
  efficiency: z.number().nullable(),
  attitude: z.number().nullable(),
  mode: z.enum(['onsite', 'online', 'public', 'inspect']),
  receipt: z.string(),
  /** what the rater wrote; null when nothing was written or it has been erased */
  text: z.string().nullable(),
  attribution: z.enum(['staff', 'window', 'department']).nullable(),
  verifiedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  decidedOn: z.string().nullable(),
  /** of a rating that staff entered for the citizen */
  entered: z
    .object({
      by: z.string(),
      at: z.string(),
      reference: z.string().nullable(),
      batchId: z.string().nullable(),
      batch: z.string().nullable(),
    })
    .nullable(),
});

export type RatingDetail = z.output<typeof ratingDetail>;

const wording = z.object({ 'zh-CN': z.string(), en: z.string() });

/** GET /admin/api/rating-words: the national words for levels, tags, dimensions and channels. */
export const ratingWords = z.object({
  levels: z.array(z.object({ code: z.number(), words: wording, good: z.boolean() })),
  tags: z.array(
    z.object({
      code: z.number(),
      level: z.number(),
      group: z.enum(['core', 'extended']),
      concerns: z.enum(['person', 'process']),
      words: wording,
    }),
  ),
  dimensions: z.array(z.object({ code: z.string(), words: wording })),
  channels: z.array(z.object({ code: z.number(), words: wording })),
  /** names of the figures, by their name in an answer */
  metrics: z.array(z.object({ code: z.string(), words: wording })),
});

const PLACES = ['city', 'county', 'township', 'department', 'window', 'item'] as const;
export const STATS_BY = [...PLACES, 'channel', 'source'] as const;
export type StatsBy = (typeof STATS_BY)[number];

/** GET /api/v1/stats: days of the service, both included. */
export const statsQuery = z.object({
  from: day,
  to: day,
  by: z.enum(STATS_BY).default('city'),
  lang: z.string().max(10).optional(),
});

const rate = z.object({ value: z.string().nullable(), numerator: z.number(), denominator: z.number() });

export const statsLine = z.object({
  by: z.enum(STATS_BY),
  code: z.string(),
  name: z.string(),
  ratable: z.number(),
  rated: z.number(),
  unrated: z.number(),
  good: z.number(),
  bad: z.number(),
  excluded: z.number(),
  active_good_rate: rate,
  active_rating_rate: rate,
});

export type StatsLine = z.output<typeof statsLine>;

export const statsLines = z.array(statsLine);
