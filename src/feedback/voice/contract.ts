import { z } from 'zod';
import { isPhone } from '../../kernel/codes.ts';
import { parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'voice.unknown_subject': {
    status: 422,
    zh: '名录中没有这个被反映的人员、窗口或部门，来件没有登记。请核对代码；不清楚时留空，由工作人员确定。',
    en:
      'The register has no such member of staff, window or department, so nothing was registered. Check ' +
      'the code, or leave it empty and the office will find out.',
  },
  'voice.unknown_case': {
    status: 422,
    zh: '没有这个办件编号的办理记录，来件没有登记。请核对 projectNo，不清楚时留空。',
    en:
      'No service record has this case number, so nothing was registered. Check projectNo, or leave it ' +
      'empty.',
  },
  'voice.in_future': {
    status: 422,
    zh: '收到时间晚于现在，来件没有登记。请核对时间。',
    en: 'The time of receipt lies in the future, so nothing was registered. Check the time.',
  },
  'voice.phone': {
    status: 422,
    zh: '不是有效的电话号码。手机请填 11 位，座机请带区号；不愿留电话可以留空。',
    en: 'This is not a phone number. Give 11 digits, a landline with its area code, or nothing.',
  },
  'voice.subject_incomplete': {
    status: 422,
    zh: 'subjectKind 与 subjectCode 要么都填，要么都不填。',
    en: 'Give both subjectKind and subjectCode, or neither.',
  },
  'voice.unknown_category': {
    status: 422,
    zh: '没有这个“办不成事”类别，或来件不是“办不成事”，没有登记。请从列表中选择，或留空。',
    en:
      'There is no such case of a stuck matter, or it is none, so nothing was registered. Choose from the ' +
      'list, or leave it empty.',
  },
  'voice.unknown': {
    status: 404,
    zh: '没有这件来件，或它不在您的数据范围内。请从来件登记簿重新打开。',
    en: 'There is no such voice within your data scope. Open it from the register.',
  },
  'voice.own_matter': {
    status: 403,
    zh: '这件来件涉及您本人，您不能查看或办理。请交由他人办理。',
    en: 'This is about you, so you can neither read nor handle it. Leave it to somebody else.',
  },
  'voice.discipline': {
    status: 403,
    zh: '这件举报已经移交纪检机构，只有纪检专员可以查看内容。其他人只能看到编号和状态。',
    en: 'This report is with the discipline inspection: only its officer reads it, others see its number.',
  },
  'voice.not_discipline': {
    status: 409,
    zh: '这件来件不在纪检机构，没有改动。请刷新后查看。',
    en: 'This is not with the discipline inspection, so nothing changed. Reload to see how it stands.',
  },
  'voice.beyond_scope': {
    status: 403,
    zh: '被反映的对象不在您的数据范围内，来件没有登记。请交由其所在地或部门的系统登记。',
    en:
      'Whom this is about lies outside your data scope, so nothing was registered. Have it registered ' +
      'where it belongs.',
  },
});

/** What somebody comes with (contract §4); praise asks for no answer. */
export const SPOKEN_KINDS = ['stuck_matter', 'complaint', 'suggestion', 'praise'] as const;
/** The same, and who asked on a rating page to be contacted. */
export const VOICE_KINDS = [...SPOKEN_KINDS, 'contact_request'] as const;
export type VoiceKind = (typeof VOICE_KINDS)[number];

/** How it came in (contract §4). */
export const VOICE_CHANNELS = ['desk', 'phone', 'letter', 'box', 'web', '12345'] as const;
export type VoiceChannel = (typeof VOICE_CHANNELS)[number];

/** An empty cell of another system is as good as none. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());

const fields = {
  id: z.string().trim().min(1).max(64),
  channel: z.enum(VOICE_CHANNELS),
  kind: z.enum(SPOKEN_KINDS),
  subjectKind: optional(z.enum(['staff', 'window', 'department'])),
  subjectCode: optional(z.string().trim().max(60)),
  projectNo: optional(z.string().trim().max(64)),
  text: z.string().trim().min(1).max(5000),
  name: optional(z.string().trim().max(60)),
  phone: optional(
    z
      .string()
      .trim()
      .refine(isPhone, { params: { code: 'voice.phone' } }),
  ),
  receivedAt: z
    .string()
    .refine((text) => parseMoment(text) !== undefined, { params: { code: 'field.moment' } }),
  /** which case of a stuck matter, by the rules of the desk */
  category: optional(z.string().trim().max(40)),
};

interface Subject {
  subjectKind?: string | undefined;
  subjectCode?: string | undefined;
}

/** Told beside the faults of single fields; what isn't a form at all has no fields. */
const complete = {
  path: ['subjectCode'],
  params: { code: 'voice.subject_incomplete' },
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
};
const isComplete = (form: Subject) => (form.subjectKind === undefined) === (form.subjectCode === undefined);

/** POST /api/v1/voices. `id` is the sender's own: the same again is the same voice. */
export const voiceForm = z.strictObject(fields).refine(isComplete, complete);

/** POST /admin/api/voices: what the hall takes down; what the desk can't take up is told at once. */
export const deskVoiceForm = z
  .strictObject({
    ...fields,
    exclusion: optional(z.string().trim().max(40)),
    /** a report of discipline or corruption: only its officer reads it */
    discipline: z.boolean().optional(),
  })
  .refine(isComplete, complete);
export type VoiceForm = Omit<z.output<typeof deskVoiceForm>, 'kind'> & { readonly kind: VoiceKind };

/** GET /admin/api/voices */
export const voiceFilter = z.object({
  kind: z.enum(VOICE_KINDS).optional(),
  channel: z.enum(VOICE_CHANNELS).optional(),
  category: z.string().max(40).optional(),
  q: z.string().trim().max(64).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
  lang: z.string().max(10).optional(),
});
export type VoiceFilter = z.output<typeof voiceFilter>;
