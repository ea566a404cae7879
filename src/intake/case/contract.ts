import { z } from 'zod';
import { isMobile, parseItemCode, parseRegionCode, residentIdFault, usccFault } from '../../kernel/codes.ts';
import { parseDay, parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

export const caseRefusals = defineRefusals({
  'service_record.own_service': {
    status: 403,
    zh: '这是您本人办理的事项，不能查看办事人的身份。如有需要，请由其他有权限的人员查看。',
    en: 'You served this person yourself, so the identity stays closed to you. Let somebody else look.',
  },
  'service_record.anonymous': {
    status: 403,
    zh: '评价人选择了匿名，不能查看其身份，也不作回访；差评照常核实办理。',
    en: 'Whoever rated chose to be anonymous: the identity stays closed and nobody calls back.',
  },
  'service_record.differs': {
    status: 409,
    zh: '这条服务记录（办件编号加环节号）已经收到过，内容与这次不同，原记录未改动。如原记录有误，请提交更正。',
    en:
      'This service record was received before with other content; the first one stands. Submit a ' +
      'correction if it is wrong.',
  },
  'service_record.unknown': {
    status: 404,
    zh: '没有找到这条服务记录。请核对办件编号和环节号。',
    en: 'There is no such service record. Check the case number and the step number.',
  },
  'service_record.in_future': {
    status: 422,
    zh: '办理时间晚于当前时间，没有接收。请核对 serviceTime 后重新提交。',
    en:
      'The service time lies in the future, so the record was not taken. Check serviceTime and send it ' +
      'again.',
  },
  'service_record.too_old': {
    status: 422,
    zh: '办理时间早于2020年，系统不接收这样的记录。请核对 serviceTime。',
    en: 'The service time lies before 2020, which the system does not hold. Check serviceTime.',
  },
  'service_record.not_ratable': {
    status: 422,
    zh: '行政处罚、强制、征收、检查类事项不参加评价，没有接收。请核对 taskCode 中的事项类型。',
    en:
      'Penalties, coercion, levies and inspections are not rated, so it was not taken. Check the item type ' +
      'in taskCode.',
  },
  'service_record.dates_reversed': {
    status: 422,
    zh: '办结时间早于受理时间。请核对 acceptDate 和 resultDate。',
    en: 'The result date lies before the acceptance date. Check acceptDate and resultDate.',
  },
  'service_record.unknown_region': {
    status: 422,
    zh: '行政区划代码不在名录中，或不属于本系统的城市。请核对 areaCode。',
    en: 'The region is not in the register, or not in a city of this system. Check areaCode.',
  },
  'service_record.unknown_department': {
    status: 422,
    zh: '部门不在名录中。请先导入该部门，或核对 deptCode。',
    en: 'The department is not in the register. Import it first, or check deptCode.',
  },
  'service_record.unknown_window': {
    status: 422,
    zh: '窗口不在名录中。请先导入该窗口，或核对 windowCode。',
    en: 'The window is not in the register. Import it first, or check windowCode.',
  },
  'service_record.unknown_staff': {
    status: 422,
    zh: '工作人员不在名录中。请先导入，或核对 staffNo。',
    en: 'The clerk is not in the register. Import the person first, or check staffNo.',
  },
  'service_record.out_of_scope': {
    status: 403,
    zh: '这条记录的地区或部门不在您的数据范围内，没有接收。请使用相应范围的密钥。',
    en: 'The region or department of this record lies outside your data scope. Use a key of that scope.',
  },
});

const blank = (value: unknown): unknown =>
  value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value;

/** Absent, null and empty mean the same. */
export function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess(blank, schema.optional());
}

const required = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema);

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value));

/** A number, or the same in digits. */
const whole = (min: number, max: number) =>
  z
    .union([
      z.number().int(),
      z
        .string()
        .trim()
        .refine((value) => /^\d{1,9}$/.test(value), { params: { code: 'field.whole_number' }, abort: true })
        .transform(Number),
    ])
    .pipe(z.number().min(min).max(max));

const moment = z
  .string()
  .refine((value) => parseMoment(value) !== undefined, { params: { code: 'field.moment' } });

const code = (max: number) =>
  z
    .string()
    .trim()
    .regex(new RegExp(`^[A-Za-z0-9._\\-/()（）〔〕号\\p{Script=Han}]{1,${max}}$`, 'u'));

/** A text that is judged: the code of what is wrong with it. */
const coded = (faultOf: (value: string) => string | undefined) =>
  z
    .string()
    .trim()
    .superRefine((value, issues) => {
      const fault = faultOf(value);
      if (fault) issues.addIssue({ code: 'custom', params: { code: fault } });
    });

const itemCode = coded((value) => {
  const read = parseItemCode(value);
  return read.kind === 'item' ? undefined : `field.item_code_${read.reason}`;
});

/** Who the user is by law: 1 person to 6 agency, 9 other (domain §2). */
const userKinds = [1, 2, 3, 4, 5, 6, 9];

/** A service record as other systems send it (contract §3, domain §2); unknown fields are refused. */
export const serviceRecord = z
  .strictObject({
    projectNo: required(code(64)),
    serviceNumber: required(whole(1, 999_999)),
    serviceName: required(text(200)),
    areaCode: required(
      z
        .string()
        .trim()
        .refine((value) => parseRegionCode(value) !== undefined, { params: { code: 'field.region' } }),
    ),
    deptCode: required(
      coded((value) => {
        const fault = usccFault(value);
        return fault && `field.uscc_${fault}`;
      }),
    ),
    taskCode: required(itemCode),
    taskName: required(text(300)),
    windowCode: optional(code(32)),
    staffNo: optional(code(32)),
    proStatus: required(whole(1, 3)),
    proChannel: required(whole(1, 2)),
    serviceTime: required(moment),
    acceptDate: optional(moment),
    resultDate: optional(moment),
    promiseDay: optional(whole(0, 9999)),
    userProp: optional(
      whole(0, 999_999_999).refine((value) => userKinds.includes(value), {
        params: { code: 'field.wrong_value', values: userKinds.join(', ') },
      }),
    ),
    userName: optional(text(100)),
    userPageType: optional(code(10)),
    certKey: optional(text(50)),
    mobile: optional(
      z
        .string()
        .trim()
        .refine(isMobile, { params: { code: 'field.mobile' } }),
    ),
    projectName: optional(text(300)),
    projectType: optional(code(10)),
    taskHandleItem: optional(itemCode),
    subMatter: optional(text(300)),
    taskType: optional(code(10)),
    promiseTime: optional(code(10)),
    promiseDayType: optional(whole(0, 3)),
    anticipateDay: optional(whole(0, 9999)),
    anticipateDayType: optional(whole(0, 3)),
    proManager: optional(text(100)),
    dataSource: optional(code(20)),
    handleUserName: optional(text(100)),
    handleUserPageType: optional(code(10)),
    handleUserPageCode: optional(text(50)),
  })
  .superRefine(({ userPageType, certKey }, issues) => {
    const fault = userPageType === '111' && certKey ? residentIdFault(certKey) : undefined;
    if (fault === undefined) return;
    issues.addIssue({ code: 'custom', path: ['certKey'], params: { code: `field.resident_id_${fault}` } });
  });

export type ServiceRecord = z.output<typeof serviceRecord>;

const fieldError = z.object({ field: z.string(), code: z.string(), detail: z.string().optional() });

/** What became of one record of a batch, in the order of the batch. */
export const recordOutcome = z.object({
  projectNo: z.string().nullable(),
  serviceNumber: z.number().nullable(),
  outcome: z.enum(['created', 'exists', 'refused']),
  ratingUrl: z.string().nullable(),
  shortCode: z.string().nullable(),
  refusal: z
    .object({
      code: z.string(),
      title: z.string(),
      detail: z.string(),
      errors: z.array(fieldError).optional(),
    })
    .optional(),
});

export type RecordOutcome = z.output<typeof recordOutcome>;

/** A step as the API and the office show it: no personal field. */
export const recordViewSchema = z.object({
  stepId: z.string(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  serviceName: z.string(),
  areaCode: z.string(),
  deptCode: z.string(),
  deptName: z.string().nullable(),
  taskCode: z.string(),
  taskName: z.string(),
  windowCode: z.string().nullable(),
  windowName: z.string().nullable(),
  staffNo: z.string().nullable(),
  staffName: z.string().nullable(),
  proStatus: z.number(),
  proChannel: z.number(),
  serviceTime: z.string(),
  acceptDate: z.string().nullable(),
  resultDate: z.string().nullable(),
  promiseDay: z.number().nullable(),
  ratableUntil: z.string(),
  hasMobile: z.boolean(),
  source: z.enum(['api', 'file', 'demo', 'hall']),
  ratingUrl: z.string(),
  shortCode: z.string(),
});

export type RecordView = z.output<typeof recordViewSchema>;

const day = z.iso.date().refine((text) => parseDay(text) !== undefined);

export const recordQuery = z.object({
  q: z.string().trim().max(100).optional(),
  from: day.optional(),
  to: day.optional(),
  window: z.string().max(32).optional(),
  staff: z.string().max(32).optional(),
  department: z.string().max(18).optional(),
  channel: z.coerce.number().int().min(1).max(2).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});

export type RecordQuery = z.output<typeof recordQuery>;

export const recordPage = z.object({ items: z.array(recordViewSchema), next: z.string().nullable() });

export const identityRequest = z.strictObject({ reason: z.string().trim().min(4).max(500) });

/** Personal fields, shown once to a person with the right and a reason; each view is audited. */
export const identityView = z.object({
  userName: z.string().nullable(),
  userPageType: z.string().nullable(),
  certKey: z.string().nullable(),
  mobile: z.string().nullable(),
  agentName: z.string().nullable(),
  pseudonymisedAt: z.string().nullable(),
});

export type IdentityView = z.output<typeof identityView>;

/** Masked forms, shown beside the record to whoever may read it. */
export const maskedIdentity = z.object({
  userName: z.string().nullable(),
  certKey: z.string().nullable(),
  mobile: z.string().nullable(),
});

export type MaskedIdentity = z.output<typeof maskedIdentity>;

export const recordDetail = z.object({
  record: recordViewSchema,
  masked: maskedIdentity,
  /** SVG of the rating link's QR code, as a data: address. */
  qr: z.string(),
});

/** POST /api/v1/rating-links */
export const ratingLinkWish = z.strictObject({
  projectNo: z.string().trim().min(1).max(64),
  serviceNumber: z.coerce.number().int().min(1).max(999_999),
  /** the portal's own channel: 1 PC, 2 mobile */
  pf: z.union([z.literal(1), z.literal(2)]).default(2),
  /** where the citizen is led back to after rating; on a site that is allowed */
  returnUrl: z.string().trim().max(500).nullish(),
});
export type RatingLinkWish = z.output<typeof ratingLinkWish>;

export const ratingLink = z.object({ url: z.string(), expiresAt: z.string(), embedUrl: z.string() });
export type RatingLink = z.output<typeof ratingLink>;
