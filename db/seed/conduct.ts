import { addDays, type Day, daysBetween } from '../../src/kernel/day.ts';
import { lastDay, type Month, monthOf } from '../../src/kernel/month.ts';
import { moment, type Span } from './calendar.ts';
import type { Step } from './cases.ts';
import type { DemoContent, Row } from './content.ts';
import type { Hall, Item, Window } from './hall.ts';
import { type Person, postingOn, type Staffing } from './people.ts';
import type { Random } from './random.ts';
import { PERSON_TAGS, type Voice } from './voices.ts';

interface Conduct {
  readonly content: DemoContent;
  readonly chance: Random;
  readonly hall: Hall;
  readonly staffing: Staffing;
  readonly span: Span;
  readonly steps: readonly Step[];
  readonly voices: readonly Voice[];
}

interface Subject {
  readonly kind: string;
  readonly code: string;
}

/** How often each rule is broken, in findings of a full month. */
const STAFF_RULES = {
  'daily.late': 9,
  'daily.early_leave': 4,
  'daily.absent_half_day': 1,
  'daily.dress': 8,
  'daily.unrelated_activity': 4,
  'daily.uncivil': 2,
  'daily.refuse_answer': 2,
  'case.incomplete_notice': 5,
  'case.not_accepted': 1,
  'case.result_error': 3,
};
const WINDOW_RULES = {
  'daily.window_unmanned': 4,
  'conduct.window_image': 3,
  'stationing.authority_missing': 1,
  'stationing.chief_absent': 2,
};
const DEPARTMENT_RULES = { 'stationing.item_outside': 2, 'stationing.running_outside': 1 };
const MERIT_RULES = {
  'bonus.proactive_service': 18,
  'bonus.public_praise': 12,
  'bonus.once_done': 20,
  'bonus.publicity': 8,
  'bonus.honour_city': 2,
  'bonus.honour_province': 1,
  'bonus.innovation': 2,
  'bonus.skill_contest': 3,
};
const LATENESS = 7;

const FOR_THE_OLD = /补贴|津贴|养老|资格认证|社会保障卡|医疗保险|医保|残疾|优待证|抚恤|门诊|身份证|存量房/;

export function findingRows(conduct: Conduct): Row[] {
  return monthsOf(conduct).flatMap((month) => findingsOf(conduct, month));
}

export function meritRows(conduct: Conduct): Row[] {
  return monthsOf(conduct).flatMap((month) => meritsOf(conduct, month));
}

export function complaintRows(conduct: Conduct): Row[] {
  return monthsOf(conduct).flatMap((month) => complaintsOf(conduct, month));
}

function monthsOf({ span }: Conduct): Month[] {
  return [...new Set([monthOf(span.from), monthOf(span.today)])];
}

/** Working days of the month that are over. */
function pastWorkdays({ span }: Conduct, month: Month): Day[] {
  const first = `${month}-01` as Day;
  const days = Array.from({ length: daysBetween(first, lastDay(month)) + 1 }, (_, at) => addDays(first, at));
  return days.filter((day) => day < span.today && span.isWorkday(day));
}

/** As many as a full month has, cut to the part of it that is over. */
function shareOf(conduct: Conduct, month: Month, rules: Readonly<Record<string, number>>): string[] {
  const days = pastWorkdays(conduct, month).length;
  return Object.entries(rules).flatMap(([rule, count]) => {
    const due = Math.round(Math.min(1, days / 18) * count);
    return Array.from({ length: due }, () => rule);
  });
}

function findingsOf(conduct: Conduct, month: Month): Row[] {
  const chance = conduct.chance.fork(`findings ${month}`);
  const days = pastWorkdays(conduct, month);
  if (days.length === 0) return [];
  const city = conduct.hall.windows.filter((window) => window.level === 'city');
  const busy = conduct.steps.filter((step) => monthOf(step.on) === month && step.window?.level === 'city');
  const drafts: Finding[] = [];
  for (const rule of shareOf(conduct, month, STAFF_RULES)) {
    const step = chance.pick(busy.filter((one) => befits(rule, one)));
    if (step.person === undefined || step.person === conduct.staffing.showcase) continue;
    drafts.push({ rule, on: step.on, subject: { kind: 'staff', code: step.person.staffNo }, step });
  }
  for (const step of busy.filter((one) => one.late > 0 && one.serviceName === '办结').slice(0, 3)) {
    if (step.person === undefined) continue;
    const subject = { kind: 'staff', code: step.person.staffNo };
    drafts.push({ rule: 'case.over_promise', on: step.on, subject, step });
  }
  for (const rule of shareOf(conduct, month, WINDOW_RULES)) {
    const own = rule.startsWith('stationing') ? city.filter(approves) : city;
    const window = chance.pick(own);
    drafts.push({
      rule,
      on: chance.pick(days),
      subject: { kind: 'window', code: window.code },
      step: undefined,
    });
  }
  for (const rule of shareOf(conduct, month, DEPARTMENT_RULES)) {
    const department = chance.pick(city.filter(approves)).department;
    drafts.push({
      rule,
      on: chance.pick(days),
      subject: { kind: 'department', code: department.code },
      step: undefined,
    });
  }
  if (month === monthOf(conduct.span.from)) drafts.push(...storied(conduct, days, chance));
  drafts.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return drafts.map((draft, at) => findingRow(conduct, chance, draft, numbered('F', month, at)));
}

/** A department's window with something to approve, so that an authority can be missing there. */
function approves({ kind, items }: Window): boolean {
  return kind === 'department' && items.some(isApproval);
}

function isApproval({ type }: Item): boolean {
  return type === '01' || type === '07';
}

/** An error in a result needs a result; a notice of what is missing, a case that is looked into. */
function befits(rule: string, step: Step): boolean {
  if (step.window?.kind === 'stuck_matter') return false;
  if (rule === 'case.result_error') return step.serviceName === '办结';
  if (rule === 'case.incomplete_notice') return step.serviceName === '一次性补正告知';
  return rule !== 'case.not_accepted' || step.item.type === '01';
}

interface Finding {
  readonly rule: string;
  readonly on: Day;
  readonly subject: Subject;
  /** a step of that day for the words of the evidence */
  readonly step: Step | undefined;
}

/** The showcase clerk late once; one other so often that the sixth counts double; one quarrel, a veto. */
function storied({ staffing }: Conduct, days: readonly Day[], chance: Random): Finding[] {
  const settled = staffing.people.filter(
    (person) => person.postings.length === 1 && person !== staffing.showcase && person.pace > 0.4,
  );
  const sleeper = chance.pick(settled.filter((person) => person.staffNo.startsWith('S')));
  const hothead = chance.pick(
    settled.filter((person) => person.staffNo.startsWith('S') && person !== sleeper),
  );
  const finding = (rule: string, person: Person, on: Day): Finding => ({
    rule,
    on,
    subject: { kind: 'staff', code: person.staffNo },
    step: undefined,
  });
  return [
    finding('daily.late', staffing.showcase, days[6] ?? chance.pick(days)),
    ...chance
      .shuffled(days)
      .slice(0, LATENESS)
      .map((on) => finding('daily.late', sleeper, on)),
    finding('daily.quarrel', hothead, chance.pick(days)),
  ];
}

function findingRow(conduct: Conduct, chance: Random, draft: Finding, id: string): Row {
  const { rule, on, subject, step } = draft;
  const named = /^case\.(?:incomplete_notice|result_error|over_promise)$/.test(rule) ? step : undefined;
  const recorder = chance.pick(conduct.staffing.supervisors);
  const confirmers = conduct.staffing.confirmers.filter((person) => person.staffNo !== subject.code);
  const recent = monthOf(on) === monthOf(conduct.span.today);
  return {
    finding_id: id,
    occurred_on: on,
    subject_kind: subject.kind,
    subject_code: subject.code,
    rule,
    quantity: '1',
    projectNo: named?.projectNo ?? '',
    evidence: evidence(conduct, chance, { rule, on, step, subject }),
    recorded_by: recorder.staffNo,
    confirmed_by: recent && chance.chance(0.3) ? '' : chance.pick(confirmers).staffNo,
  };
}

function meritsOf(conduct: Conduct, month: Month): Row[] {
  const chance = conduct.chance.fork(`merits ${month}`);
  const { showcase, confirmers } = conduct.staffing;
  const steps = conduct.steps.filter(
    (step) => monthOf(step.on) === month && step.person !== undefined && step.on < conduct.span.today,
  );
  if (steps.length === 0) return [];
  const drafts = shareOf(conduct, month, MERIT_RULES).map((rule) => ({ rule, step: chance.pick(steps) }));
  const own = steps.filter((step) => step.person === showcase);
  if (own.length > 0 && month === monthOf(conduct.span.from)) {
    for (const rule of ['bonus.proactive_service', 'bonus.proactive_service', 'bonus.public_praise']) {
      drafts.push({ rule, step: chance.pick(own) });
    }
  }
  drafts.sort((a, b) => (a.step.time < b.step.time ? -1 : 1));
  return drafts.map(({ rule, step }, at) => {
    const code = step.person?.staffNo ?? '';
    const others = confirmers.filter((person) => person.staffNo !== code);
    const recent = month === monthOf(conduct.span.today);
    return {
      merit_id: numbered('M', month, at),
      occurred_on: step.on,
      staff_no: code,
      rule,
      quantity: '1',
      evidence: evidence(conduct, chance, { rule, on: step.on, step, subject: { kind: 'staff', code } }),
      confirmed_by: recent && chance.chance(0.3) ? '' : chance.pick(others).staffNo,
    };
  });
}

function complaintsOf(conduct: Conduct, month: Month): Row[] {
  const chance = conduct.chance.fork(`complaints ${month}`);
  const steps = conduct.steps.filter((step) => monthOf(step.on) === month && step.window !== undefined);
  const days = pastWorkdays(conduct, month);
  if (steps.length === 0 || days.length === 0) return [];
  const count = Math.round(Math.min(1, days.length / 18) * 16);
  const drafts = Array.from({ length: count }, () => ({ step: chance.pick(steps), doubled: false }));
  const twice = conduct.voices.find(
    ({ step, verdict, tags }) =>
      verdict === 'upheld' &&
      monthOf(step.on) === month &&
      step.person !== undefined &&
      step.person !== conduct.staffing.showcase &&
      tags.some((tag) => PERSON_TAGS.has(tag)),
  );
  // The same event told twice, by a rating and by a complaint: only the heavier deduction may count.
  if (twice !== undefined) drafts.push({ step: twice.step, doubled: true });
  const timed = drafts.map((draft) => ({ ...draft, at: receivedAt(conduct, chance, draft.step) }));
  return timed
    .filter(({ at }) => at <= conduct.span.until && at.startsWith(month))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((draft, at) => complaintRow(conduct, chance, draft, numbered('V', month, at)));
}

function receivedAt({ span }: Conduct, chance: Random, step: Step): string {
  const at = moment(step.on, step.seconds + chance.between(1800, 5400));
  return at <= span.until ? at : step.time;
}

interface Complaint {
  readonly step: Step;
  readonly doubled: boolean;
  readonly at: string;
}

function complaintRow(conduct: Conduct, chance: Random, complaint: Complaint, id: string): Row {
  const { step, doubled, at } = complaint;
  const old =
    monthOf(step.on) !== monthOf(conduct.span.today) || daysBetween(step.on, conduct.span.today) > 10;
  const calm = step.person === undefined || step.person === conduct.staffing.showcase;
  const kind = doubled ? 'staff' : chance.weighted(['staff', 'window', 'department'], [calm ? 0 : 5, 3, 2]);
  const fault = doubled || chance.chance(0.35) ? 'at_fault' : 'not_at_fault';
  const outcome = old ? fault : 'open';
  const code =
    kind === 'staff' ? step.person?.staffNo : kind === 'window' ? step.window?.code : step.department.code;
  const section = outcome === 'open' ? 'complaint-open' : `complaint-${kind} ${outcome}`;
  const others = conduct.staffing.confirmers.filter((person) => person.staffNo !== code);
  return {
    complaint_id: id,
    received_at: at,
    channel: chance.weighted(['12345', 'phone', 'web', 'desk', 'box', 'letter'], [6, 3, 2, 2, 1, 1]),
    subject_kind: kind,
    subject_code: code ?? '',
    projectNo: doubled || chance.chance(0.4) ? step.projectNo : '',
    text: filled(chance.pick(wordsFor(conduct, section, step)), { step, on: step.on, chance }),
    outcome,
    confirmed_by: outcome === 'at_fault' ? chance.pick(others).staffNo : '',
  };
}

/** Words that make sense for this case: no deadline where nothing was promised, nobody old at a factory's. */
function wordsFor({ content }: Conduct, title: string, step: Step | undefined): string[] {
  const words = content.conduct.get(title) ?? [];
  if (step === undefined) return [...words];
  return words.filter((text) => {
    if (/承诺时限|条件过严|不给办理/.test(text)) return step.item.promisedDays > 0;
    if (text.includes('老人')) return FOR_THE_OLD.test(step.item.name);
    if (/延时服务|预约服务/.test(text)) return text.includes('企业') === (step.applicant.userProp === '2');
    return true;
  });
}

interface Evidence {
  readonly rule: string;
  readonly on: Day;
  readonly step: Step | undefined;
  readonly subject: Subject;
}

/** Words for a rule; the window and the item are the subject's own where it has them. */
function evidence(conduct: Conduct, chance: Random, { rule, on, step, subject }: Evidence): string {
  const words = chance.pick(wordsFor(conduct, rule, step));
  const person = conduct.staffing.people.find((one) => one.staffNo === subject.code);
  const window =
    conduct.hall.windows.find((one) => one.code === subject.code) ??
    (person === undefined ? undefined : postingOn(person, on)?.window);
  const department = conduct.hall.departments.find((one) => one.code === subject.code);
  const own = department?.items ?? window?.items ?? [];
  const items = rule.startsWith('stationing') ? own.filter(isApproval) : own;
  const item = step?.item.name ?? (items.length === 0 ? '' : chance.pick(items).name);
  return filled(words, { step, on, chance, item, window: window?.name, rule });
}

interface Filling {
  readonly step: Step | undefined;
  readonly on: Day;
  readonly chance: Random;
  readonly item?: string;
  readonly window?: string | undefined;
  readonly rule?: string;
}

function filled(words: string, { step, on, chance, item, window, rule }: Filling): string {
  const [, month, day] = on.split('-').map(Number);
  const minute = chance.between(6, 28);
  const hour = chance.pick(['09', '10', '11', '14', '15', '16']);
  const time =
    rule === 'daily.late'
      ? `09:${String(minute).padStart(2, '0')}`
      : rule === 'daily.early_leave'
        ? `16:${60 - minute}`
        : `${hour}:${String(minute + 12)}`;
  return words
    .replaceAll('{day}', `${month}月${day}日`)
    .replaceAll('{time}', time)
    .replaceAll('{late}', String(minute))
    .replaceAll('{early}', String(minute))
    .replaceAll('{over}', String(step?.late ?? 1))
    .replaceAll('{window}', window ?? step?.window?.name ?? '窗口')
    .replaceAll('{item}', item ?? step?.item.name ?? '')
    .replaceAll('{project}', step?.projectNo ?? '');
}

/** 'F2610-003' is the third finding of October 2026. */
function numbered(letter: string, month: Month, at: number): string {
  return `${letter}${month.slice(2).replace('-', '')}-${String(at + 1).padStart(3, '0')}`;
}
