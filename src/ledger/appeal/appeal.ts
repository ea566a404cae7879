import type { LineKind, PeriodState } from '../../kernel/assessment.ts';
import { dayOf } from '../../kernel/day.ts';
import { deadline, type WorkingDays } from '../../kernel/deadline.ts';
import type { Subject } from '../../kernel/ids.ts';
import type { Month } from '../../kernel/month.ts';
import type { Centi } from '../../kernel/points.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import type { AppealState } from './contract.ts';

defineRefusals({
  'appeal.unknown': {
    status: 404,
    zh: '没有找到这件申诉，或不在您可以查看的范围内。请核对编号。',
    en: 'There is no such appeal, or it does not concern you. Check its number.',
  },
  'appeal.line_unknown': {
    status: 404,
    zh: '成绩单上已经没有这一行，可能刚刚重新结算过。请刷新后重新选择。',
    en:
      'This line is no longer on the statement; it may just have been computed anew. Refresh and choose ' +
      'again.',
  },
  'appeal.not_subject': {
    status: 403,
    zh: '只有被记分的本人可以申诉；窗口和部门由所属部门的联络员申诉。',
    en: 'Only the person charged may appeal; for windows and departments, the liaison of the department.',
  },
  'appeal.line_follows': {
    status: 422,
    zh: '这一行只是按办法把分数限定在范围内，或对您有利，不能单独申诉。请对它所依据的那一行申诉。',
    en:
      'This line only keeps points within the bounds of the scheme, or is in your favour. Appeal against ' +
      'the line that it follows from.',
  },
  'appeal.too_late': {
    status: 409,
    zh: '申诉期限已于 {until} 届满，不能再提出。如有新的证据，请向考核办反映。',
    en: 'Appeals against this line were possible until {until}. With new evidence, turn to the office.',
  },
  'appeal.already_filed': {
    status: 409,
    zh: '这一行已经提出过申诉，编号 {number}，不能重复提出。请查看该申诉的进展或结果。',
    en: 'This line has been appealed already under number {number}. See how that appeal stands.',
  },
  'appeal.wrong_state': {
    status: 409,
    zh: '申诉 {number} 现在的状态是“{state}”，不能这样办理。请刷新后查看。',
    en: 'Appeal {number} now stands at "{state}", so this can not be done. Refresh to see it.',
  },
  'appeal.decided': {
    status: 409,
    zh: '申诉 {number} 已经办结，结果不能再改。请刷新后查看。',
    en: 'Appeal {number} has been concluded and can not be changed. Refresh to see the result.',
  },
  'appeal.opinion_first': {
    status: 409,
    zh: '部门意见的期限到 {until} 为止，还没有收到意见。请等意见提交或期限届满后再组成复核小组。',
    en:
      'The department has until {until} to give its opinion. Appoint the group after that or once it is ' +
      'there.',
  },
  'appeal.own_matter': {
    status: 403,
    zh: '这件申诉涉及您本人，您不能参与办理。请由其他人办理。',
    en: 'This appeal concerns yourself, so you can not take part in it. Let somebody else do it.',
  },
  'appeal.scorer': {
    status: 403,
    zh: '{name} 记录或确认了被申诉的这一笔，不能参加复核。请换人。',
    en: '{name} recorded or confirmed the entry in question and can not review it. Choose somebody else.',
  },
  'appeal.member_concerned': {
    status: 422,
    zh: '{name} 是被记分的本人、所属部门的联络员或已经发表部门意见，不能参加复核。请换人。',
    en: '{name} is the subject, the liaison of its department or gave its opinion. Choose somebody else.',
  },
  'appeal.member_unknown': {
    status: 422,
    zh: '有成员没有账号、已停用或没有复核权限。请从名单中重新选择。',
    en: 'A member has no active account that may review appeals. Choose from the list.',
  },
  'appeal.group_small': {
    status: 422,
    zh: '复核小组至少 {least} 人，每人一次。请补足人数。',
    en: 'A review group has at least {least} different people. Add some.',
  },
  'appeal.no_chair': {
    status: 422,
    zh: '组长须是小组成员。请在成员中指定组长。',
    en: 'The chair is a member of the group. Choose one of them.',
  },
  'appeal.not_member': {
    status: 403,
    zh: '您不是这件申诉的复核小组成员，不能表决。',
    en: 'You are not a member of the review group of this appeal.',
  },
  'appeal.not_chair': {
    status: 403,
    zh: '复核决定由组长登记。请由组长办理。',
    en: 'The decision is recorded by the chair of the group. Let the chair do it.',
  },
  'appeal.votes_missing': {
    status: 409,
    zh: '还有 {missing} 名成员没有表决，不能作出决定。请先由全体成员表决。',
    en: '{missing} members have not voted yet. Let all of them vote first.',
  },
  'appeal.against_votes': {
    status: 422,
    zh: '表决结果是成立 {upheld} 票、不成立 {rejected} 票，决定须与多数一致，票数相同为不成立。',
    en:
      'The votes are {upheld} to uphold and {rejected} to reject; the decision follows them, and a tie ' +
      'rejects.',
  },
  'appeal.points': {
    status: 422,
    zh: '请填写更正的分数，大于 0，不超过 {most} 分。',
    en: 'Say how many points are given back: more than 0 and at most {most}.',
  },
  'appeal.points_fixed': {
    status: 422,
    zh: '这一笔成立后整笔冲正，不另填分数。请清空分数后提交。',
    en: 'The whole entry is reversed, so no points are given here. Leave them empty.',
  },
});

/** How a month's end has come along, as far as the time to appeal depends on it. */
export interface MonthEnding {
  readonly publishedAt: Date | null;
  readonly noticeUntil: Date | null;
  readonly sealedAt: Date | null;
}

/** What the filing limit is: days of the rule `appeal.file`, and the end of office. */
export interface FilingLimit {
  readonly days: number;
  readonly officeEnd: string;
}

/**
 * Last instant at which a line of the month can be appealed; null while the month has neither been published
 * nor sealed. The limit runs from the public notice, and anew from the sealing, which is the first time that
 * the result is final; a notice that lasts longer prevails.
 */
export function appealUntil(
  state: PeriodState,
  ending: MonthEnding,
  limit: FilingLimit,
  calendar: WorkingDays,
): Date | null {
  const until = (from: Date): Date => deadline(from, limit.days, limit.officeEnd, calendar).dueAt;
  if (state === 'sealed' && ending.sealedAt !== null) return until(ending.sealedAt);
  if (state !== 'objection' || ending.publishedAt === null) return null;
  const own = until(ending.publishedAt);
  return ending.noticeUntil !== null && ending.noticeUntil > own ? ending.noticeUntil : own;
}

/** A line as far as its name depends on it. */
export interface KeyedLine {
  readonly part: string;
  readonly kind: LineKind;
  readonly valueKey: string;
  readonly entryId: string | null;
}

/** The name of a line that stays the same when the month is closed anew; an entry's is its own everywhere. */
export function lineKey(month: Month, subject: Subject, line: KeyedLine): string {
  if (line.kind === 'entry' && line.entryId !== null) return `entry/${line.entryId}`;
  const { part, kind, valueKey, entryId } = line;
  return [month, subject.kind, subject.code, part, kind, valueKey, entryId ?? ''].join('/');
}

/** What upholding does: takes the line's own entry back, gives points back, or nothing could. */
export type Effect = 'reversal' | 'adjustment' | 'none';

/** Lines that only keep points within the scheme's bounds, or give way to a heavier one. */
const FOLLOWING: readonly LineKind[] = [
  'floor',
  'cap',
  'item_cap',
  'bonus_cap',
  'total_cap',
  'highest_only',
  'one_event',
  'superseded',
  'redress',
  'rescored',
];

export function effectOf(line: {
  kind: LineKind;
  entryKind: string | null;
  points: string;
  part: string;
}): Effect {
  if (FOLLOWING.includes(line.kind) || line.part === 'total') return 'none';
  if (line.kind !== 'entry') return 'adjustment';
  if (line.entryKind === 'reversal' || line.entryKind === 'pending') return 'none';
  return line.points.startsWith('-') ? 'reversal' : 'adjustment';
}

/** Somebody who could take part in a review. */
export interface Person {
  readonly username: string;
  readonly name: string;
  readonly staffNo: string | null;
}

/** Whether one of these names stands for the person: files name people as they are known in the hall. */
export function isNamed(person: Person, names: readonly (string | null)[]): boolean {
  return names.some(
    (name) => name !== null && (name === person.username || name === person.name || name === person.staffNo),
  );
}

/** What the votes say: upheld by more than half of the group, otherwise the line stands. */
export function tally(votes: readonly ('upheld' | 'rejected' | null)[]): {
  upheld: number;
  rejected: number;
  missing: number;
  outcome: 'upheld' | 'rejected';
} {
  const upheld = votes.filter((vote) => vote === 'upheld').length;
  const rejected = votes.filter((vote) => vote === 'rejected').length;
  const outcome = upheld > rejected ? 'upheld' : 'rejected';
  return { upheld, rejected, missing: votes.length - upheld - rejected, outcome };
}

export function isOpen(state: AppealState): boolean {
  return state === 'opinion' || state === 'group' || state === 'review';
}

/** Whose window's or department's appeal it is: the department itself speaks, so no opinion is waited for. */
export function speaksForItself(subject: Subject): boolean {
  return subject.kind !== 'staff';
}

/** SS2026-0007 */
export function numberOf(at: Date, count: number): string {
  return `SS${dayOf(at).slice(0, 4)}-${String(count).padStart(4, '0')}`;
}

/** How much can be given back at most: what a deduction took, else the highest of its part. */
export function mostGiven(pointsCenti: Centi, highest: Centi): Centi {
  return pointsCenti < 0 ? -pointsCenti : highest;
}

const STATE_NAMES: Readonly<Record<AppealState, readonly [zh: string, en: string]>> = {
  opinion: ['待部门意见', 'waiting for the opinion'],
  group: ['待组成复核小组', 'waiting for the group'],
  review: ['复核中', 'under review'],
  upheld: ['成立', 'upheld'],
  rejected: ['不成立', 'rejected'],
  withdrawn: ['已撤回', 'withdrawn'],
};

/** Both names at once, since a refusal's place is filled before the reader's language is known. */
export function stateName(state: AppealState): string {
  return STATE_NAMES[state].join(' ');
}
