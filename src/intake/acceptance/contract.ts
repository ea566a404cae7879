import { z } from 'zod';
import { isMobile, residentIdFault, usccFault } from '../../kernel/codes.ts';
import { parseDay } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

export const acceptanceRefusals = defineRefusals({
  'acceptance.not_your_window': {
    status: 403,
    zh: '今天您不在这个窗口，没有办理。请在自己的窗口办理，或联系考核办维护岗位。',
    en: 'You are not posted to this window today, so nothing was done. Work at your own window.',
  },
  'acceptance.not_offered': {
    status: 422,
    zh: '这个窗口不受理该事项，没有收件。请选择本窗口的事项，或引导到对应窗口。',
    en: 'This window does not offer that item, so nothing was taken in. Choose another item or window.',
  },
  'acceptance.unknown_paper': {
    status: 422,
    zh: '所选材料不在该事项的清单中，没有保存。请重新打开材料清单。',
    en: 'A paper that was ticked is not in the list of the item, so nothing was saved. Open the list again.',
  },
  'acceptance.papers_missing': {
    status: 422,
    zh: '还缺材料：{papers}。请一次告知，或在允许时容缺受理。',
    en: 'Papers are missing: {papers}. Give a one-time notice, or accept with what may follow.',
  },
  'acceptance.may_not_follow': {
    status: 422,
    zh: '这些材料不能后补：{papers}。请一次告知申请人。',
    en: 'These papers may not follow later: {papers}. Give the applicant a one-time notice.',
  },
  'acceptance.nothing_missing': {
    status: 422,
    zh: '材料已经齐全，没有需要告知或后补的内容。请直接受理。',
    en: 'Nothing is missing, so there is nothing to tell or to follow. Accept the case.',
  },
  'acceptance.until_wrong': {
    status: 422,
    zh: '补齐日期应当晚于今天、不晚于{latest}。请重新选择日期。',
    en: 'The day for the papers must lie after today and not after {latest}. Choose another day.',
  },
  'acceptance.told_once': {
    status: 422,
    zh: '补正内容应当一次告知，上次告知书没有写：{papers}。不能再次要求，请按已告知的内容办理。',
    en: 'What is missing is told once, and the notice did not name: {papers}. It cannot be asked for now.',
  },
  'acceptance.unknown': {
    status: 404,
    zh: '没有找到这个办件，或不在您的大厅。请核对办件编号。',
    en: 'There is no such case in your hall. Check the case number.',
  },
  'acceptance.state': {
    status: 409,
    zh: '办件已经是“{state}”状态，不能这样办理。请刷新后再看。',
    en: 'The case is already {state}, so this cannot be done. Look at it again.',
  },
  'acceptance.joint_unknown': {
    status: 422,
    zh: '没有找到要关联的办件，没有收件。请核对第一个办件的编号。',
    en: 'There is no such first case to join, so nothing was taken in. Check its number.',
  },
  'acceptance.staff_only': {
    status: 403,
    zh: '只有登记为工作人员的账号才能办理，没有保存。请联系安全管理员核对账号的人员编号。',
    en: 'Only accounts of registered staff work cases, so nothing was saved. Have the staff number checked.',
  },
});

/** Fine states within the national three (domain §2). */
export const APPLICATION_STATES = [
  'consulted',
  'noticed',
  'accepted',
  'paused',
  'refused',
  'withdrawn',
  'approved',
  'rejected',
  'handed_out',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What is done with a case, one after the other; each is a line of its course. */
export const VERBS = [
  'consult',
  'notice',
  'accept',
  'accept_lacking',
  'refuse',
  'supplement',
  'withdraw',
  'pause',
  'resume',
  'extend',
  'pass',
  'return',
  'approve',
  'reject',
  'hand_out',
  'mail',
] as const;
export type Verb = (typeof VERBS)[number];

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text));
const blank = (value: unknown): unknown => (value === '' || value === null ? undefined : value);
const maybe = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional());
const handed = z.array(z.number().int().min(1).max(999)).max(200);
const dayText = z.iso.date().refine((text) => parseDay(text) !== undefined);

/** What the clerk decides on what lies on the counter. */
export const decisionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accept'), handed }),
  z.strictObject({ kind: z.literal('accept_lacking'), handed, until: dayText }),
  z.strictObject({ kind: z.literal('notice'), handed, remark: maybe(line(300)) }),
  z.strictObject({ kind: z.literal('refuse'), reason: line(300), ground: line(200) }),
  z.strictObject({ kind: z.literal('consult'), remark: maybe(line(300)) }),
]);
export type Decision = z.output<typeof decisionSchema>;

const userProps = [1, 2, 3, 4, 5, 6, 9] as const;

export const applicantForm = z
  .strictObject({
    userProp: z.number().refine((value) => userProps.some((one) => one === value)),
    userName: line(100),
    certKey: maybe(line(50)),
    mobile: maybe(
      z
        .string()
        .trim()
        .refine(isMobile, { params: { code: 'field.mobile' } }),
    ),
    agentName: maybe(line(60)),
  })
  .superRefine(({ userProp, certKey }, issues) => {
    if (certKey === undefined) return;
    const fault = userProp === 1 ? residentIdFault(certKey) : usccFault(certKey);
    if (fault === undefined) return;
    const code = userProp === 1 ? `field.resident_id_${fault}` : `field.uscc_${fault}`;
    issues.addIssue({ code: 'custom', path: ['certKey'], params: { code } });
  });
export type ApplicantForm = z.output<typeof applicantForm>;

/** POST /admin/api/applications */
export const applicationForm = z.strictObject({
  /** Drawn by the form: sent twice, it is one case. */
  id: z.uuid(),
  window: z.string().trim().min(1).max(32),
  item: z.string().trim().max(33),
  applicant: applicantForm,
  decision: decisionSchema,
  /** Another case that was handed in with it. */
  joint: maybe(z.string().trim().max(64)),
});
export type ApplicationForm = z.output<typeof applicationForm>;

/** POST /admin/api/applications/{projectNo}/supplement */
export const supplementForm = z.strictObject({
  window: z.string().trim().min(1).max(32),
  decision: decisionSchema,
});
export type SupplementForm = z.output<typeof supplementForm>;

/** POST /admin/api/applications/{projectNo}/withdraw */
export const withdrawForm = z.strictObject({ window: z.string().trim().min(1).max(32), reason: line(300) });
export type WithdrawForm = z.output<typeof withdrawForm>;

/** GET /admin/api/applications/papers */
export const paperQuery = z.object({
  item: z.string().trim().max(33),
  userProp: z.coerce.number().int().min(1).max(9),
});

export const paperView = z.object({
  number: z.number().int(),
  name: z.string(),
  form: z.enum(['original', 'copy', 'electronic']),
  copies: z.number().int(),
  mayFollow: z.boolean(),
  handed: z.boolean(),
});
export type PaperView = z.output<typeof paperView>;
export const paperList = z.object({
  items: z.array(paperView),
  /** The last day that may be given for papers which follow. */
  latest: z.string(),
});

const stateSchema = z.enum(APPLICATION_STATES);

/** GET /admin/api/applications/windows: where whoever asks sits today. */
export const deskList = z.object({
  items: z.array(z.object({ code: z.string(), name: z.string(), kind: z.string() })),
});

/** A case in a list: nothing of it tells who the applicant is. */
export const applicationRow = z.object({
  projectNo: z.string(),
  itemName: z.string(),
  departmentName: z.string().nullable(),
  windowCode: z.string(),
  state: stateSchema,
  receivedAt: z.string(),
  /** The last day of the promise; none before acceptance and after the end. */
  dueDay: z.string().nullable(),
  overdue: z.boolean(),
  /** The year whose holidays aren't published yet, where the promise runs into it: weekends are assumed. */
  yearMissing: z.string().nullable(),
  lackingUntil: z.string().nullable(),
});
export type ApplicationRow = z.output<typeof applicationRow>;

export const applicationQuery = z.object({
  q: z.string().trim().max(64).optional(),
  state: stateSchema.optional(),
  /** `own`: received by whoever asks, and not ended. */
  of: z.enum(['own', 'hall']).default('own'),
});
export type ApplicationQuery = z.output<typeof applicationQuery>;
export const applicationList = z.object({ items: z.array(applicationRow) });

export const applicationView = applicationRow.extend({
  itemCode: z.string(),
  userProp: z.number().int(),
  /** In masked form. */
  applicant: z.string().nullable(),
  proStatus: z.number().int(),
  promisedDays: z.number().int(),
  extendedDays: z.number().int(),
  pausedDays: z.number().int(),
  papers: z.array(paperView),
  notices: z.array(
    z.object({
      noticeNo: z.string(),
      givenAt: z.string(),
      missing: z.array(z.string()),
      remark: z.string().nullable(),
    }),
  ),
  course: z.array(
    z.object({
      number: z.number().int(),
      verb: z.enum(VERBS),
      by: z.string(),
      at: z.string(),
      remark: z.string().nullable(),
      /** It can be printed with its rating code. */
      slip: z.boolean(),
    }),
  ),
  joint: z.array(z.object({ projectNo: z.string(), itemName: z.string(), state: stateSchema })),
});
export type ApplicationView = z.output<typeof applicationView>;

export const caseParams = z.object({ projectNo: z.string().max(64) });
export const slipParams = caseParams.extend({ number: z.coerce.number().int().min(1).max(9999) });
export const langQuery = z.object({ lang: z.string().max(10).optional() });
