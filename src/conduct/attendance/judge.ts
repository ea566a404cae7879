/** What a person's punches of a day say by rule: pure, so that a table can show every case (domain §5). */

export type Half = 'am' | 'pm';
export const HALVES: readonly Half[] = ['am', 'pm'];

/** Hours of one half day in minutes since midnight. */
export interface Stretch {
  readonly half: Half;
  readonly from: number;
  readonly to: number;
}

/** The hours that somebody works on a day. */
export interface Roster {
  readonly stretches: readonly Stretch[];
  /** whether people clock out and in at noon */
  readonly noonPunch: boolean;
}

export interface AttendanceRules {
  readonly late: { readonly grace: number; readonly absentAfter: number; readonly clause: string };
  readonly early: { readonly grace: number; readonly absentAfter: number; readonly clause: string };
  readonly absent: { readonly clause: string };
  readonly missing: {
    readonly countsAs: 'late_or_early' | 'absent_half_day' | 'nothing';
    readonly clause: string;
  };
  readonly unmanned: { readonly clause: string };
  /** minutes in which a punch counts, and within which two are one */
  readonly punches: { readonly before: number; readonly after: number; readonly same: number };
}

export const CLOCK_RULES = [
  'daily.late',
  'daily.early_leave',
  'daily.absent_half_day',
  'daily.window_unmanned',
] as const;
export type ClockRule = (typeof CLOCK_RULES)[number];

/** Something that the clock says against somebody. */
export interface Fault {
  readonly half: Half;
  readonly rule: ClockRule;
  /** late or early by so many; 0 where it isn't measured */
  readonly minutes: number;
  /** the punch that tells, none where one is missing */
  readonly punch: number | null;
  readonly clause: string;
}

export interface WorkedDay {
  readonly roster: Roster;
  /** halves on leave or on business elsewhere */
  readonly away: ReadonlySet<Half>;
  /** minutes since midnight */
  readonly punches: readonly number[];
}

const NOON = 12 * 60;

/** 'HH:mm' as minutes since midnight. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/**
 * The halves of hours such as '09:00-12:00,13:30-17:00'. Hours without a break across noon are parted there,
 * for half days of leave.
 */
export function rosterOf(spans: string, noonPunch: boolean): Roster {
  const pairs = spans.split(',').map((span) => {
    const [from = '', to = ''] = span.split('-');
    return { from: minuteOf(from), to: minuteOf(to) };
  });
  const [first = { from: 0, to: 0 }, second] = pairs;
  if (second !== undefined) {
    return {
      stretches: [
        { half: 'am', ...first },
        { half: 'pm', ...second },
      ],
      noonPunch,
    };
  }
  if (first.from >= NOON || first.to <= NOON) {
    return { stretches: [{ half: first.from >= NOON ? 'pm' : 'am', ...first }], noonPunch: false };
  }
  return {
    stretches: [
      { half: 'am', from: first.from, to: NOON },
      { half: 'pm', from: NOON, to: first.to },
    ],
    noonPunch: false,
  };
}

/** What the punches of a day say against the person: nothing for halves away. */
export function judgeDay(day: WorkedDay, rules: AttendanceRules): Fault[] {
  const due = day.roster.stretches.filter(({ half }) => !day.away.has(half));
  const blocks = day.roster.noonPunch ? due.map((stretch) => [stretch]) : [due];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block) => judgeBlock(block, punchesOf(block, day, rules), rules));
}

/** The punches that belong to a block of hours, repeats within a few minutes being one. */
function punchesOf(block: readonly Stretch[], day: WorkedDay, rules: AttendanceRules): number[] {
  const { before, after, same } = rules.punches;
  const from = (block[0]?.from ?? 0) - before;
  const to = (block.at(-1)?.to ?? 0) + after;
  const found = [...day.punches]
    .filter((minute) => minute >= from && minute <= to)
    .filter((minute) => !day.roster.noonPunch || halfOf(minute, day) === block[0]?.half)
    .sort((one, other) => one - other);
  // The first of a cluster is the arrival; of the last cluster the last one is the departure.
  const first = found[0];
  const last = found.at(-1);
  if (first === undefined || last === undefined) return [];
  return last - first <= same ? [first] : [first, last];
}

/** To which half a punch belongs where people clock at noon: of two in the break the first is the way out. */
function halfOf(minute: number, { roster, punches }: WorkedDay): Half {
  const [am, pm] = roster.stretches;
  if (am === undefined || pm === undefined) return am?.half ?? 'am';
  if (minute < am.to) return 'am';
  if (minute > pm.from) return 'pm';
  const inBreak = punches.filter((one) => one >= am.to && one <= pm.from);
  if (inBreak.length < 2) return minute - am.to <= pm.from - minute ? 'am' : 'pm';
  return minute === Math.min(...inBreak) ? 'am' : 'pm';
}

function judgeBlock(block: readonly Stretch[], punches: readonly number[], rules: AttendanceRules): Fault[] {
  const { clause } = rules.absent;
  const [first, second] = punches;
  if (first === undefined) return block.map(({ half }) => fault(half, 'daily.absent_half_day', clause));
  const start = block[0]?.from ?? 0;
  const end = block.at(-1)?.to ?? 0;
  const only = second === undefined;
  const isArrival = !only || Math.abs(first - start) <= Math.abs(first - end);
  const found = [
    ...(isArrival ? lateness(block, first, rules) : missing(block[0], 'daily.late', rules)),
    ...(isArrival && only
      ? missing(block.at(-1), 'daily.early_leave', rules)
      : earliness(block, second ?? first, rules)),
  ];
  return weighed(found);
}

function fault(half: Half, rule: ClockRule, clause: string, minutes = 0, punch: number | null = null): Fault {
  return { half, rule, minutes, punch, clause };
}

/** Late for the first half; so late that it is absence, perhaps for the next one as well. */
function lateness(block: readonly Stretch[], arrival: number, rules: AttendanceRules): Fault[] {
  const found: Fault[] = [];
  for (const { half, from, to } of block) {
    const minutes = arrival - from;
    if (minutes <= rules.late.grace) break;
    if (minutes <= rules.late.absentAfter && arrival < to) {
      found.push(fault(half, 'daily.late', rules.late.clause, minutes, arrival));
      break;
    }
    found.push(fault(half, 'daily.absent_half_day', rules.absent.clause, minutes, arrival));
  }
  return found;
}

function earliness(block: readonly Stretch[], departure: number, rules: AttendanceRules): Fault[] {
  const found: Fault[] = [];
  for (const { half, from, to } of [...block].reverse()) {
    const minutes = to - departure;
    if (minutes <= rules.early.grace) break;
    if (minutes <= rules.early.absentAfter && departure > from) {
      found.push(fault(half, 'daily.early_leave', rules.early.clause, minutes, departure));
      break;
    }
    found.push(fault(half, 'daily.absent_half_day', rules.absent.clause, minutes, departure));
  }
  return found;
}

function missing(stretch: Stretch | undefined, rule: ClockRule, rules: AttendanceRules): Fault[] {
  const { countsAs, clause } = rules.missing;
  if (stretch === undefined || countsAs === 'nothing') return [];
  return [fault(stretch.half, countsAs === 'late_or_early' ? rule : 'daily.absent_half_day', clause)];
}

/** One half is charged once: absence takes in whatever else is said of it. */
function weighed(found: readonly Fault[]): Fault[] {
  const absent = new Map<Half, Fault>();
  for (const one of found) if (one.rule === 'daily.absent_half_day') absent.set(one.half, one);
  const others = found.filter(({ half, rule }) => rule !== 'daily.absent_half_day' && !absent.has(half));
  return [...absent.values(), ...others].sort((one, other) => (one.half < other.half ? -1 : 1));
}

/** Where somebody of a window was in a half day. */
export type Whereabouts = 'present' | 'away' | 'absent';

/**
 * Whether nobody manned a window in a half day: all of its staff away with approval, no cover there. A
 * colleague who was absent is charged in person, and the window isn't charged as well.
 */
export function isUnmanned(staff: readonly Whereabouts[], covers: readonly Whereabouts[]): boolean {
  return staff.length > 0 && staff.every((one) => one === 'away') && !covers.includes('present');
}
