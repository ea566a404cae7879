import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'fault.not_a_complaint': {
    status: 409,
    zh: '只有投诉和受理的办不成事反映可以认定有责或无责，请核对类别。',
    en: 'Only a complaint, or a stuck matter that was taken up, is found at fault or not. Check its kind.',
  },
  'fault.rating_waiting': {
    status: 409,
    zh: '同一办件的差评还没有核实，一件事只扣一次分，没有审定。请先在差评整改工单中预审核实。',
    en: 'A bad rating of the same case waits for its verdict; one event is charged once. Judge that first.',
  },
  'praise.not_praise': {
    status: 409,
    zh: '这件来件不是表扬，不能提出加分。请先核对类别。',
    en: 'This voice is no praise, so no bonus was proposed. Check its kind.',
  },
  'praise.unknown_staff': {
    status: 422,
    zh: '名录中没有这名工作人员，没有保存。请核对工号。',
    en: 'The register has no such member of staff, so nothing was saved. Check the number.',
  },
  'praise.own_praise': {
    status: 403,
    zh: '这件表扬涉及您本人，不能由您提出加分。请由他人办理。',
    en: 'You are the one who is praised. Leave it to somebody else to propose the bonus.',
  },
  'fault.pending': {
    status: 409,
    zh: '这件来件已有认定意见，没有重复提交。请先审定原意见。',
    en: 'This voice has been proposed or decided already. Decide what stands first.',
  },
  'fault.none_waiting': {
    status: 409,
    zh: '没有等待审定的认定意见。请先由一人提出有责或无责。',
    en: 'Nothing waits to be decided. One person proposes at fault or not first.',
  },
  'fault.same_person': {
    status: 403,
    zh: '认定意见是您提出的，须由另一人审定，没有改动。请交给其他有权限的人。',
    en: 'You proposed it, and somebody else decides. Leave it to another person who may.',
  },
  'fault.own_matter': {
    status: 403,
    zh: '这件来件认定的对象涉及您本人，您不能提出或审定。请交由他人办理。',
    en: 'Whom this is about concerns you, so you can neither propose nor decide. Leave it to somebody else.',
  },
  'fault.unknown_subject': {
    status: 422,
    zh: '名录中没有这个人员、窗口或部门，没有保存。请核对代码。',
    en: 'The register has no such member of staff, window or department. Check the code.',
  },
});

const code = z.string();
const subjectKind = z.enum(['staff', 'window', 'department']);

/** A line of the register of voices; never who spoke. */
export const deskVoiceRow = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.string(),
  channel: z.string(),
  category: code.nullable(),
  exclusion: code.nullable(),
  subjectKind: subjectKind.nullable(),
  subjectCode: code.nullable(),
  subjectName: z.string().nullable(),
  departmentName: z.string().nullable(),
  projectNo: z.string().nullable(),
  receivedAt: z.string(),
  recordedBy: z.string(),
  named: z.boolean(),
  /** with the discipline inspection: only its officer reads it */
  discipline: z.boolean(),
  orderId: z.string().nullable(),
  /** of its order; null where none answers it */
  state: z.string().nullable(),
  dueAt: z.string().nullable(),
});
export type DeskVoiceRow = z.output<typeof deskVoiceRow>;
export const deskVoicePage = z.object({ items: z.array(deskVoiceRow), next: z.string().nullable() });

const decision = z.object({
  outcome: z.enum(['at_fault', 'not_at_fault']),
  subjectKind,
  subjectCode: code,
  reason: z.string(),
  state: z.enum(['proposed', 'approved', 'rejected']),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
  /** at fault and not charged, since this has charged the same event */
  chargedWith: z.string().nullable(),
});

export const deskVoiceView = deskVoiceRow.extend({
  /** null where the reader may not read it, or it has been erased */
  text: z.string().nullable(),
  /** what the person was told where the desk can't take it up */
  remedy: z.string().nullable(),
  files: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.string(),
      size: z.number().int(),
      uploadedBy: z.string(),
      uploadedAt: z.string(),
    }),
  ),
  decisions: z.array(decision),
  may: z.object({
    attach: z.boolean(),
    propose: z.boolean(),
    decide: z.boolean(),
    handOver: z.boolean(),
    praise: z.boolean(),
    openSpeaker: z.boolean(),
    giveBack: z.boolean(),
  }),
});
export type DeskVoiceView = z.output<typeof deskVoiceView>;

export const deskVoiceParams = z.strictObject({ id: z.uuid() });
export const deskVoiceFileParams = z.strictObject({ id: z.uuid(), fileId: z.uuid() });

const note = z.string().trim().min(4).max(2000);

/** POST /admin/api/voices/:id/fault */
export const faultProposal = z.strictObject({
  outcome: z.enum(['at_fault', 'not_at_fault']),
  subjectKind,
  subjectCode: z.string().trim().min(1).max(60),
  reason: note,
});
export type FaultProposal = z.output<typeof faultProposal>;

/** POST /admin/api/voices/:id/fault/decision */
export const faultDecision = z.strictObject({ approve: z.boolean(), note });
export type FaultDecision = z.output<typeof faultDecision>;

/** POST /admin/api/voices/:id/praise */
export const praiseForm = z.strictObject({ staffNo: z.string().trim().min(1).max(40), evidence: note });
export type PraiseForm = z.output<typeof praiseForm>;

/** POST /admin/api/voices/:id/discipline, /discipline/return and /speaker */
export const reasonForm = z.strictObject({ reason: z.string().trim().min(4).max(500) });

/** GET /admin/api/voice-words: the lists of the desk in the reader's language. */
export const deskWords = z.object({
  categories: z.array(z.object({ code, name: z.string() })),
  exclusions: z.array(z.object({ code, name: z.string(), remedy: z.string() })),
});
export type DeskWords = z.output<typeof deskWords>;
