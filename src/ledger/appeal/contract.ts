import { z } from 'zod';
import { INDICATORS, LINE_KINDS } from '../../kernel/assessment.ts';

export const APPEAL_STATES = ['opinion', 'group', 'review', 'upheld', 'rejected', 'withdrawn'] as const;
export const appealStateSchema = z.enum(APPEAL_STATES);
export type AppealState = z.infer<typeof appealStateSchema>;

/** What the department says: the appeal is right, it isn't, or it said nothing in time. */
export const stanceSchema = z.enum(['agree', 'disagree', 'none']);
export type Stance = z.infer<typeof stanceSchema>;

const card = z.enum(['none', 'yellow', 'red']);
const words = z.object({ zh: z.string(), en: z.string() });
const plain = (least: number, most: number) => z.string().trim().min(least).max(most);

/** POST /admin/api/scores/:month/:kind/:code/appeals. `id` makes a repeat harmless. */
export const filingSchema = z.strictObject({
  id: z.uuid(),
  /** the line's `key` on the statement */
  line: z.string().min(1).max(300),
  text: plain(10, 2000),
});
export type FilingForm = z.infer<typeof filingSchema>;

export const opinionSchema = z.strictObject({
  stance: z.enum(['agree', 'disagree']),
  text: plain(4, 2000),
});
export const groupSchema = z.strictObject({
  /** accounts, the chair among them */
  members: z.array(z.string().min(1).max(60)).max(30),
  chair: z.string().min(1).max(60),
});
export const voteSchema = z.strictObject({
  vote: z.enum(['upheld', 'rejected']),
  reason: plain(4, 1000),
});
export const decisionSchema = z.strictObject({
  outcome: z.enum(['upheld', 'rejected']),
  /** told to the subject */
  reason: plain(10, 2000),
  /** points given back, where no entry is reversed: '1.00' */
  points: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,2})?$/)
    .optional(),
});
export type DecisionForm = z.infer<typeof decisionSchema>;
export const withdrawalSchema = z.strictObject({ reason: z.string().trim().max(500).optional() });

/** The line as it stood when the appeal was filed. */
export const appealedLineSchema = z.object({
  part: z.string(),
  kind: z.enum(LINE_KINDS),
  partName: words,
  text: words,
  points: z.string(),
  entryKind: z.string().nullable(),
  /** name, value, date and clause of the rule that the line rests on */
  rule: z
    .object({ name: words, value: z.string(), from: z.string(), source: z.string(), schemeHash: z.string() })
    .nullable(),
  occurredOn: z.string().nullable(),
  /** highest points of the part */
  highest: z.string(),
});
export type AppealedLine = z.infer<typeof appealedLineSchema>;

const fileView = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  uploadedBy: z.string(),
  uploadedAt: z.string(),
});
export type AppealFile = z.infer<typeof fileView>;
export const fileAnswerSchema = fileView;

const dutyView = z.object({
  step: z.enum(['opinion', 'review']),
  days: z.number().int(),
  openedAt: z.string(),
  dueAt: z.string(),
  doneAt: z.string().nullable(),
  card,
});

/** A row of the list. */
export const appealRowSchema = z.object({
  id: z.string(),
  number: z.string(),
  month: z.string(),
  subjectKind: z.enum(['staff', 'window', 'department']),
  subjectCode: z.string(),
  subjectName: z.string(),
  departmentCode: z.string(),
  line: appealedLineSchema,
  state: appealStateSchema,
  filedAt: z.string(),
  /** the step that is owed now */
  due: dutyView.nullable(),
  carried: z.boolean(),
});
export type AppealRow = z.infer<typeof appealRowSchema>;

export const appealPageSchema = z.object({ items: z.array(appealRowSchema), next: z.string().nullable() });

/** One thing that happened, by whom and when. */
export const stepSchema = z.object({
  what: z.enum(['filed', 'opinion', 'appointed', 'voted', 'carried', 'upheld', 'rejected', 'withdrawn']),
  at: z.string(),
  by: z.string().nullable(),
});

export const appealSchema = appealRowSchema.extend({
  filedBy: z.string(),
  text: z.string(),
  files: z.array(fileView),
  fileLimits: z.object({ megabytes: z.number(), count: z.number().int() }),
  opinion: z
    .object({ stance: stanceSchema, text: z.string().nullable(), by: z.string().nullable(), at: z.string() })
    .nullable(),
  /** votes are shown to the group and the office only */
  group: z.array(
    z.object({
      name: z.string(),
      chair: z.boolean(),
      voted: z.boolean(),
      vote: z.enum(['upheld', 'rejected']).nullable(),
      reason: z.string().nullable(),
      me: z.boolean(),
    }),
  ),
  votes: z
    .object({ upheld: z.number().int(), rejected: z.number().int(), missing: z.number().int() })
    .nullable(),
  outcome: z
    .object({
      reason: z.string().nullable(),
      by: z.string(),
      at: z.string(),
      /** what was given back, and where it counts */
      points: z.string().nullable(),
      entryId: z.string().nullable(),
      month: z.string().nullable(),
    })
    .nullable(),
  carriedOver: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  /** the fact behind the line; never says who rated, and to the rated clerk not which case either */
  fact: z
    .object({
      kind: z.string(),
      id: z.string().nullable(),
      projectNo: z.string().nullable(),
      evidence: z.string().nullable(),
      recordedBy: z.string().nullable(),
      confirmedBy: z.string().nullable(),
    })
    .nullable(),
  effect: z.enum(['reversal', 'adjustment', 'none']),
  /** most that can be given back where no entry is reversed */
  mostPoints: z.string(),
  course: z.array(stepSchema),
  duties: z.array(dutyView),
  /** what the reader can do now */
  may: z.object({
    opinion: z.boolean(),
    appoint: z.boolean(),
    vote: z.boolean(),
    decide: z.boolean(),
    withdraw: z.boolean(),
    attach: z.boolean(),
  }),
});
export type Appeal = z.infer<typeof appealSchema>;

export const appealQuerySchema = z.strictObject({
  state: z.enum(['open', ...APPEAL_STATES]).optional(),
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  part: z.enum(INDICATORS).optional(),
  card: z.enum(['yellow', 'red']).optional(),
  /** number, name or code of the subject */
  q: z.string().trim().max(60).optional(),
  /** only what waits for the reader's vote or decision */
  mine: z.enum(['1']).optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().optional(),
});
export type AppealQuery = z.infer<typeof appealQuerySchema>;

export const appealParamsSchema = z.strictObject({ id: z.uuid() });
export const appealFileParamsSchema = z.strictObject({ id: z.uuid(), fileId: z.uuid() });

/** GET /admin/api/appeals/:id/candidates */
export const candidatesSchema = z.object({
  least: z.number().int(),
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      username: z.string(),
      role: z.string(),
      /** why this person can't review; null when they can */
      barred: z.enum(['scorer', 'concerned']).nullable(),
    }),
  ),
});
