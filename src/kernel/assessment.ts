/** The words in which every room downstream of the ledger speaks of an assessment. */

/** The five common indicators, in the order of every statement. */
export const INDICATORS = ['stationing', 'daily', 'case', 'rating', 'complaint'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** The seven bonus items. */
export const BONUS_ITEMS = [
  'innovation',
  'proactive_service',
  'honour',
  'public_praise',
  'once_done',
  'publicity',
  'skill_contest',
] as const;
export type BonusItem = (typeof BONUS_ITEMS)[number];

/** Where points can stand: an indicator, a bonus item, or the total itself. */
export type Part = Indicator | BonusItem | 'total';

/** Grades of a month, the highest first. */
export const GRADES = ['好', '较好', '一般', '较差'] as const;
export type Grade = (typeof GRADES)[number];

/** Whom staff work for: quotas and pay differ by it, scores do not. */
export const IDENTITIES = ['civil_servant', 'stationed', 'purchased'] as const;
export type Identity = (typeof IDENTITIES)[number];

/** How far a month of assessment has come. */
export const PERIOD_STATES = ['open', 'provisional', 'objection', 'sealed'] as const;
export type PeriodState = (typeof PERIOD_STATES)[number];

/** Steps of an entry in the book: a plain one, a pending one with its post or void, a reversal. */
export const ENTRY_KINDS = ['plain', 'pending', 'post', 'void', 'reversal'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What a line of a statement does: states a base, carries an entry, or follows from other lines. */
export const LINE_KINDS = [
  'base',
  'inherited',
  'mean',
  'good_rate',
  'entry',
  'one_event',
  'repeat',
  'chief_half',
  'floor',
  'cap',
  'highest_only',
  'item_cap',
  'bonus_cap',
  'total_cap',
  'superseded',
  'redress',
  'rescored',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** What a reader should know about a score before comparing it. */
export const SCORE_FLAGS = ['small_sample', 'pending', 'veto', 'over_quota'] as const;
export type ScoreFlag = (typeof SCORE_FLAGS)[number];

export function isIndicator(text: string): text is Indicator {
  return INDICATORS.some((one) => one === text);
}

export function isBonusItem(text: string): text is BonusItem {
  return BONUS_ITEMS.some((one) => one === text);
}
