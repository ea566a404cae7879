import { z } from 'zod';

/** What an inspection may find. A scheme gives each of these its points; their names are national to us. */
export const FINDING_RULES = [
  'stationing.item_outside',
  'stationing.running_outside',
  'stationing.authority_missing',
  'stationing.chief_absent',
  'daily.late',
  'daily.early_leave',
  'daily.absent_half_day',
  'daily.forged_leave',
  'daily.window_unmanned',
  'daily.dress',
  'daily.unrelated_activity',
  'daily.uncivil',
  'daily.refuse_answer',
  'daily.quarrel',
  'case.over_promise',
  'case.incomplete_notice',
  'case.not_accepted',
  'case.result_error',
  'case.illegal_fee',
  'case.false_data',
  'case.reform_task_missed',
  'conduct.media_exposure',
  'conduct.induced_rating',
  'conduct.political_discipline',
  'conduct.mass_line',
  'conduct.window_image',
  'conduct.taking_advantage',
  'conduct.disciplinary_offence',
  'conduct.data_leak',
  'conduct.retaliation',
] as const;

export const findingRuleSchema = z.enum(FINDING_RULES);
export type FindingRule = z.infer<typeof findingRuleSchema>;
