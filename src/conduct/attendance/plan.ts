/** Who was due when, who was away, and what the clock says of each person and window: pure. */
import { addDays, type Day } from '../../kernel/day.ts';
import {
  type AttendanceRules,
  type Fault,
  type Half,
  isUnmanned,
  judgeDay,
  type Roster,
  rosterOf,
  timeOf,
  type Whereabouts,
} from './judge.ts';
import { ELSEWHERE, halvesOn, type LeaveKind } from './leave.ts';
import { type Shift, shiftOn } from './shift.ts';

/** A posting with whom and where it is. */
export interface Posted {
  readonly staff_no: string;
  readonly department_code: string;
  readonly window_code: string;
  readonly window_department: string;
  readonly region_code: string;
  readonly role: string;
  readonly from_date: string;
  readonly to_date: string | null;
}

export interface Away {
  readonly staff_no: string;
  readonly kind: LeaveKind;
  readonly from_date: Day;
  readonly from_half: Half;
  readonly to_date: Day;
  readonly to_half: Half;
  readonly cover_staff: string | null;
}

/** Who brought what a machine tells of a day. */
export interface Bringer {
  readonly loaded_by: string;
  readonly loaded_staff: string | null;
}

export interface PlanFacts {
  readonly posts: readonly Posted[];
  readonly shifts: readonly Shift[];
  readonly leaves: readonly Away[];
  readonly punches: readonly {
    readonly staff_no: string;
    readonly day: string;
    readonly minutes: readonly number[];
  }[];
  /** days of which a machine tells */
  readonly coverage: readonly (Bringer & { readonly day: string; readonly source_id: string })[];
  /** at which machines people clock in: whoever is in none of them is never absent */
  readonly habits: readonly { readonly staff_no: string; readonly source_id: string }[];
  readonly isWorkday: (day: Day) => boolean;
  readonly rulesOn: (day: Day) => AttendanceRules;
}

/** One person's day. */
export interface PersonDay {
  readonly staffNo: string;
  readonly day: Day;
  readonly posts: readonly Posted[];
  /** none when the person isn't due, or nobody has said when */
  readonly roster: Roster | undefined;
  readonly away: ReadonlyMap<Half, Away>;
  readonly punches: readonly number[];
  /** none while the person's machine tells nothing of the day */
  readonly bringer: Bringer | undefined;
  readonly faults: readonly Fault[];
}

/** The days of everybody posted, judged up to the day before `today`. */
export function personDays(facts: PlanFacts, span: { from: Day; to: Day; today: Day }): PersonDay[] {
  const byPerson = Map.groupBy(facts.posts, ({ staff_no }) => staff_no);
  const away = Map.groupBy(facts.leaves, ({ staff_no }) => staff_no);
  const punches = new Map(facts.punches.map((one) => [`${one.staff_no}\0${one.day}`, one.minutes]));
  const coverage = new Map(facts.coverage.map((one) => [`${one.day}\0${one.source_id}`, one]));
  const habits = Map.groupBy(facts.habits, ({ staff_no }) => staff_no);
  const found: PersonDay[] = [];
  for (let day = span.from; day <= span.to; day = addDays(day, 1)) {
    const isWorkday = facts.isWorkday(day);
    const rules = facts.rulesOn(day);
    for (const [staffNo, all] of byPerson) {
      const posts = all.filter((one) => one.from_date <= day && (one.to_date === null || one.to_date >= day));
      if (posts.length === 0) continue;
      const places = posts.map((one) => ({ windowCode: one.window_code, regionCode: one.region_code }));
      const shift = shiftOn(facts.shifts, { day, isWorkday, staffNo, posts: places });
      const roster = shift && rosterOf(shift.spans, shift.noonPunch);
      const leave = awayOn(away.get(staffNo) ?? [], day);
      const minutes = punches.get(`${staffNo}\0${day}`) ?? [];
      const machines = habits.get(staffNo) ?? [];
      const bringer = machines.map((one) => coverage.get(`${day}\0${one.source_id}`)).find(Boolean);
      const judged = roster !== undefined && bringer !== undefined && day < span.today;
      const faults = judged ? judgeDay({ roster, away: new Set(leave.keys()), punches: minutes }, rules) : [];
      found.push({ staffNo, day, posts, roster, away: leave, punches: minutes, bringer, faults });
    }
  }
  return found;
}

function awayOn(leaves: readonly Away[], day: Day): Map<Half, Away> {
  const found = new Map<Half, Away>();
  for (const one of leaves) {
    const span = {
      fromDate: one.from_date,
      fromHalf: one.from_half,
      toDate: one.to_date,
      toHalf: one.to_half,
    };
    for (const half of halvesOn(span, day)) found.set(half, one);
  }
  return found;
}

/** Something to propose against a person or a window. */
export interface Proposal {
  readonly id: string;
  readonly day: Day;
  readonly half: Half;
  readonly subjectKind: 'staff' | 'window';
  readonly subjectCode: string;
  readonly regionCode: string;
  readonly departmentCode: string;
  readonly rule: Fault['rule'];
  readonly minutes: number;
  readonly evidence: string;
  readonly clause: string;
  readonly bringer: Bringer;
}

const SHORT = {
  'daily.late': 'late',
  'daily.early_leave': 'early',
  'daily.absent_half_day': 'absent',
  'daily.window_unmanned': 'unmanned',
} as const;

function idOf(day: Day, code: string, half: Half, rule: Fault['rule']): string {
  return `KQ${day.replaceAll('-', '')}-${code}-${half}-${SHORT[rule]}`;
}

/** What the days say, as proposals: of people first, then of windows that nobody manned. */
export function proposalsOf(facts: PlanFacts, days: readonly PersonDay[], today: Day): Proposal[] {
  return [...days.flatMap(ofPerson), ...ofWindows(facts, days, today)];
}

function ofPerson(one: PersonDay): Proposal[] {
  const { bringer, roster, day, staffNo } = one;
  const post = one.posts[0];
  if (bringer === undefined || roster === undefined || post === undefined) return [];
  return one.faults.map((fault) => ({
    id: idOf(day, staffNo, fault.half, fault.rule),
    day,
    half: fault.half,
    subjectKind: 'staff',
    subjectCode: staffNo,
    regionCode: post.region_code,
    departmentCode: post.department_code,
    rule: fault.rule,
    minutes: fault.minutes,
    evidence: evidenceOf(fault, roster, day),
    clause: fault.clause,
    bringer,
  }));
}

/** Hours, punch and rule in a sentence, as the person reads it. */
function evidenceOf({ half, rule, minutes, punch, clause }: Fault, roster: Roster, day: Day): string {
  const stretch = roster.stretches.find((one) => one.half === half);
  const from = timeOf(stretch?.from ?? 0);
  const to = timeOf(stretch?.to ?? 0);
  const at = punch === null ? '' : timeOf(punch);
  const words = {
    'daily.late': at ? `应到 ${from}，打卡 ${at}，迟到 ${minutes} 分钟` : `应到 ${from}，没有上班打卡`,
    'daily.early_leave': at ? `应离 ${to}，打卡 ${at}，早退 ${minutes} 分钟` : `应离 ${to}，没有下班打卡`,
    'daily.absent_half_day': at
      ? `应在岗 ${from}-${to}，打卡 ${at}，按旷工半天`
      : `应在岗 ${from}-${to}，没有打卡，也没有请假或公出`,
    'daily.window_unmanned': '',
  };
  return `${day} ${words[rule]}（${clause}）`;
}

/** Windows whose staff were all away with approval and that nobody covered, by half day. */
function ofWindows(facts: PlanFacts, days: readonly PersonDay[], today: Day): Proposal[] {
  const people = new Map(days.map((one) => [`${one.staffNo}\0${one.day}`, one]));
  const manning = new Map<string, { post: Posted; staff: PersonDay[] }>();
  for (const one of days) {
    if (one.bringer === undefined || one.day >= today) continue;
    for (const post of one.posts) {
      if (post.role === 'supervisor') continue;
      const key = `${one.day}\0${post.window_code}`;
      const known = manning.get(key);
      if (known === undefined) manning.set(key, { post, staff: [one] });
      else if (!known.staff.includes(one)) known.staff.push(one);
    }
  }
  return [...manning.values()].flatMap(({ post, staff }) =>
    (['am', 'pm'] as const).flatMap((half) => unmanned(facts, { post, staff, half, people })),
  );
}

function unmanned(
  facts: PlanFacts,
  at: { post: Posted; staff: readonly PersonDay[]; half: Half; people: ReadonlyMap<string, PersonDay> },
): Proposal[] {
  const { post, half, people } = at;
  const due = at.staff.filter((one) => one.roster?.stretches.some((stretch) => stretch.half === half));
  const first = due[0];
  if (first?.bringer === undefined) return [];
  const { day, bringer } = first;
  const covers = due.flatMap((one) => {
    const cover = one.away.get(half)?.cover_staff;
    return cover ? [coverAt(people.get(`${cover}\0${day}`), half)] : [];
  });
  const where = due.map((one) => whereabouts(one, half));
  if (!isUnmanned(where, covers)) return [];
  const { clause } = facts.rulesOn(day).unmanned;
  const time = half === 'am' ? '上午' : '下午';
  return [
    {
      id: idOf(day, post.window_code, half, 'daily.window_unmanned'),
      day,
      half,
      subjectKind: 'window',
      subjectCode: post.window_code,
      regionCode: post.region_code,
      departmentCode: post.window_department,
      rule: 'daily.window_unmanned',
      minutes: 0,
      evidence: `${day} ${time}派岗 ${due.length} 人都请假或公出，没有人到岗顶岗（${clause}）`,
      clause,
      bringer,
    },
  ];
}

function whereabouts(one: PersonDay, half: Half): Whereabouts {
  if (one.away.has(half)) return 'away';
  const isAbsent = one.faults.some((fault) => fault.half === half && fault.rule === 'daily.absent_half_day');
  return isAbsent ? 'absent' : 'present';
}

/** Whoever covers is there when their own day says so; without hours of their own, when they clocked in. */
function coverAt(cover: PersonDay | undefined, half: Half): Whereabouts {
  if (cover === undefined) return 'absent';
  if (cover.roster === undefined) return cover.punches.length > 0 ? 'present' : 'absent';
  return whereabouts(cover, half);
}

export const MARKS = [
  'rest',
  'unknown',
  'present',
  'late',
  'early',
  'both',
  'absent',
  'leave',
  'trip',
] as const;
export type Mark = (typeof MARKS)[number];

/** How the grid of the month shows a half day. */
export function markOf(one: PersonDay, half: Half, today: Day): Mark {
  const due = one.roster?.stretches.some((stretch) => stretch.half === half) ?? false;
  if (!due) return 'rest';
  const away = one.away.get(half);
  if (away !== undefined) return ELSEWHERE.includes(away.kind) ? 'trip' : 'leave';
  if (one.bringer === undefined || one.day >= today) return 'unknown';
  const rules = one.faults.filter((fault) => fault.half === half).map(({ rule }) => rule);
  if (rules.includes('daily.absent_half_day')) return 'absent';
  const late = rules.includes('daily.late');
  const early = rules.includes('daily.early_leave');
  if (late && early) return 'both';
  return late ? 'late' : early ? 'early' : 'present';
}
