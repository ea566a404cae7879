import { addDays, type Day, day, weekday } from '../../src/kernel/day.ts';
import { addMonths, firstDay, lastDay, monthOf } from '../../src/kernel/month.ts';
import { type Applicant, applicants } from './applicants.ts';
import { addWorkdays, moment, type Span } from './calendar.ts';
import type { DemoContent, Row } from './content.ts';
import type { Department, Hall, Item, Window } from './hall.ts';
import { type Person, postingOn, type Staffing } from './people.ts';
import { at, type Random } from './random.ts';

/** One ratable step of an invented case, with what the ratings need to know of it. */
export interface Step {
  readonly projectNo: string;
  readonly serviceNumber: number;
  readonly serviceName: string;
  readonly proStatus: 1 | 2 | 3;
  readonly online: boolean;
  readonly on: Day;
  /** seconds after midnight */
  readonly seconds: number;
  readonly time: string;
  readonly item: Item;
  readonly window: Window | undefined;
  readonly person: Person | undefined;
  readonly region: string;
  readonly department: Department;
  readonly accepted: string;
  readonly finished: string;
  readonly applicant: Applicant;
  /** working days beyond the promise, 0 when kept */
  readonly late: number;
}

interface Work {
  readonly content: DemoContent;
  readonly chance: Random;
  readonly hall: Hall;
  readonly staffing: Staffing;
  readonly span: Span;
}

/** New cases in a full month; with their later steps they make about 9,000 steps. */
const CASES_A_MONTH = 5750;
const WARM_UP_DAYS = 35;

/** All steps of the finished and the running month, in the order of time. */
export function serveCases(work: Work): Step[] {
  const { span } = work;
  const floor = newFloor(work);
  const steps: Step[] = [];
  const latest: Step[] = [];
  for (let on = addDays(span.from, -WARM_UP_DAYS); on <= span.today; on = addDays(on, 1)) {
    const count = Math.round(casesOn(span, on));
    const seats = span.isWorkday(on) ? floor.seatsOn(on) : undefined;
    for (let made = 1; made <= count; made += 1) {
      const projectNo = `YS${on.replaceAll('-', '')}${String(made).padStart(6, '0')}`;
      latest.push(...openCase(floor, { projectNo, on, seats }));
    }
  }
  for (const step of latest) {
    if (step.on >= span.from && step.time <= span.until) steps.push(step);
  }
  return steps.sort((a, b) => order(a.time, b.time) || order(a.projectNo, b.projectNo));
}

export function stepRow(step: Step): Row {
  const { applicant, item } = step;
  return {
    projectNo: step.projectNo,
    serviceNumber: String(step.serviceNumber),
    serviceName: step.serviceName,
    areaCode: step.region,
    deptCode: step.department.code,
    taskCode: item.code,
    taskName: item.name,
    windowCode: step.window?.code ?? '',
    staffNo: step.person?.staffNo ?? '',
    proStatus: String(step.proStatus),
    proChannel: step.online ? '1' : '2',
    serviceTime: step.time,
    acceptDate: step.accepted,
    resultDate: step.finished,
    promiseDay: item.promisedDays === 0 ? '' : String(item.promisedDays),
    userProp: applicant.userProp,
    userName: applicant.userName,
    userPageType: applicant.userPageType,
    certKey: applicant.certKey,
    mobile: applicant.mobile,
  };
}

interface Seated {
  readonly person: Person;
  readonly window: Window;
}

type Level = Window['level'];

/** Who serves on a day, by the kind of hall. */
type Seats = ReadonlyMap<Level, { readonly seats: readonly Seated[]; readonly paces: readonly number[] }>;

interface Floor extends Work {
  readonly seatsOn: (on: Day) => Seats;
  readonly presentAt: (window: Window, on: Day) => readonly Person[];
  readonly newApplicant: (item: Item) => Applicant;
  /** the windows that hand out results, by the region of their hall */
  readonly issueWindows: ReadonlyMap<string, readonly Window[]>;
  readonly portal: readonly { readonly items: readonly Item[] }[];
}

const LEVELS: readonly Level[] = ['city', 'county', 'township'];

/** What nobody can settle without coming: a person must be seen, a thing must be handed over or tested. */
const IN_PERSON =
  /结婚|离婚|身份证|护照|通行证|签注|停留|居留|来往|户口|公证|收养|兑换|鉴定|检疫|检验|检测|体检|窗口|现场|领取|驾驶证|号牌/;

function newFloor(work: Work): Floor {
  const present = new Map<string, Person[]>();
  const presentOn = (on: Day): Seated[] =>
    work.staffing.people.flatMap((person) => {
      const posting = postingOn(person, on);
      return posting === undefined || person.pace === 0 ? [] : [{ person, window: posting.window }];
    });
  const known = new Set<Day>();
  return {
    ...work,
    newApplicant: applicants(work.content, work.chance.fork('applicants')),
    issueWindows: Map.groupBy(
      work.hall.windows.filter(({ kind }) => kind === 'issue'),
      ({ department }) => department.region,
    ),
    portal: portalOf(work.hall),
    presentAt: (window, on) => {
      if (!known.has(on)) {
        known.add(on);
        for (const { person, window } of presentOn(on)) {
          const place = `${on} ${window.code}`;
          present.set(place, [...(present.get(place) ?? []), person]);
        }
      }
      return present.get(`${on} ${window.code}`) ?? [];
    },
    seatsOn: (on) => {
      const all = presentOn(on).filter(({ window }) => window.kind !== 'issue');
      return new Map(
        LEVELS.map((level) => {
          const seats = all.filter(({ window }) => window.level === level);
          return [level, { seats, paces: seats.map(({ person }) => person.pace) }];
        }),
      );
    },
  };
}

/** What the city's web portal offers; offices with windows of their own are asked for more often. */
function portalOf(hall: Hall): { items: Item[] }[] {
  const city = at(hall.departments, 0).region;
  return hall.departments
    .filter((entry) => entry.region === city)
    .flatMap((entry) => {
      const items = entry.items.filter(({ name, type }) => !IN_PERSON.test(name) && type !== '99');
      return Array.from({ length: items.length === 0 ? 0 : entry.ownWindows ? 4 : 1 }, () => ({ items }));
    });
}

/** Mondays and the days after a holiday are busy; on days off only the web portal is open. */
function casesOn(span: Span, on: Day): number {
  const month = monthOf(on);
  let weights = 0;
  for (let each = firstDay(month); each <= lastDay(month); each = addDays(each, 1)) {
    weights += dayWeight(span, each);
  }
  return (CASES_A_MONTH * dayWeight(span, on)) / weights;
}

function dayWeight(span: Span, on: Day): number {
  if (!span.isWorkday(on)) return 0.04;
  const afterRest = span.isWorkday(addDays(on, -1)) ? 1 : 1.2;
  return afterRest * (weekday(on) === 5 ? 0.85 : 1);
}

interface Opening {
  readonly projectNo: string;
  readonly on: Day;
  readonly seats: Seats | undefined;
}

function openCase(floor: Floor, opening: Opening): Step[] {
  const { chance } = floor;
  const online = opening.seats === undefined || chance.chance(0.17);
  const seat = online || opening.seats === undefined ? undefined : pickSeat(chance, opening.seats);
  const item =
    seat === undefined
      ? pickItem(chance, chance.pick(floor.portal).items)
      : pickItem(chance, seat.window.items);
  const department = seat?.window.department ?? item.department;
  const seconds = seat === undefined ? onlineSecond(chance) : openSecond(chance, seat.window);
  const base = {
    projectNo: opening.projectNo,
    online,
    item,
    window: seat?.window,
    // One onsite record in a hundred arrives without the clerk, as from a case system that does not know.
    person: chance.chance(0.01) ? undefined : seat?.person,
    region: department.region,
    department,
    applicant: floor.newApplicant(item),
    late: 0,
  };
  return item.promisedDays === 0 || seat?.window.kind === 'stuck_matter'
    ? settleAtOnce(chance, { ...base, on: opening.on, seconds })
    : workThrough(floor, { ...base, on: opening.on, seconds });
}

type Draft = Omit<Step, 'serviceNumber' | 'serviceName' | 'proStatus' | 'time' | 'accepted' | 'finished'>;

function settleAtOnce(chance: Random, draft: Draft): Step[] {
  const time = moment(draft.on, draft.seconds);
  const stuck = draft.window?.kind === 'stuck_matter';
  if (stuck || chance.chance(0.03)) {
    const serviceName = stuck ? '诉求登记' : '业务咨询';
    return [{ ...draft, serviceNumber: 1, serviceName, proStatus: 1, time, accepted: '', finished: '' }];
  }
  return [
    {
      ...draft,
      serviceNumber: 1,
      serviceName: '即时办结',
      proStatus: 3,
      time,
      accepted: time,
      finished: time,
    },
  ];
}

/** Acceptance (or its refusal, or a notice of what is missing), completion, and often the hand-over. */
function workThrough(floor: Floor, draft: Draft): Step[] {
  const { chance, span } = floor;
  const steps: Step[] = [];
  const add = (step: Draft, serviceName: string, proStatus: Step['proStatus'], finished: string): void => {
    const time = moment(step.on, step.seconds);
    const accepted = proStatus === 1 ? '' : (steps.find((one) => one.proStatus === 2)?.time ?? time);
    const serviceNumber = steps.length + 1;
    steps.push({ ...step, serviceNumber, serviceName, proStatus, time, accepted, finished });
  };
  let current = draft;
  if (chance.chance(0.012)) {
    add(current, '不予受理告知', 1, '');
    return steps;
  }
  if (chance.chance(0.05)) {
    add(current, '一次性补正告知', 1, '');
    current = laterStep(floor, current, chance.between(1, 4));
  }
  add(current, draft.online ? '网上受理' : '窗口受理', 2, '');
  const late = chance.chance(0.006) ? chance.between(1, 4) : 0;
  const took = late > 0 ? draft.item.promisedDays + late : inTime(chance, draft.item.promisedDays);
  const done = { ...laterStep(floor, current, took), late };
  add(done, '办结', 3, moment(done.on, done.seconds));
  if (!draft.online && chance.chance(0.25)) {
    handOver(floor, done, add, addWorkdays(span, done.on, chance.between(0, 2)));
  }
  return steps;
}

/** The hand-over of the result at one of the windows that issue for all. */
function handOver(
  floor: Floor,
  done: Draft,
  add: (step: Draft, serviceName: string, proStatus: 3, finished: string) => void,
  on: Day,
): void {
  const { chance } = floor;
  const windows = floor.issueWindows.get(done.region);
  if (windows === undefined) return;
  const window = chance.pick(windows);
  const present = floor.presentAt(window, on);
  if (present.length === 0) return;
  const earliest = on === done.on ? done.seconds + 900 : 9 * 3600 + 300;
  if (earliest > 16 * 3600) return;
  add(
    {
      ...done,
      window,
      person: chance.pick(present),
      region: window.department.region,
      department: window.department,
      on,
      seconds: chance.between(earliest, 16 * 3600 + 3000),
    },
    '结果领取',
    3,
    moment(done.on, done.seconds),
  );
}

/** Some working days on, at the same window, with the same clerk unless that clerk has moved. */
function laterStep(floor: Floor, before: Draft, workdays: number): Draft {
  const { chance, span } = floor;
  const on = addWorkdays(span, before.on, workdays);
  const soonest = on === before.on ? before.seconds + 1200 : 0;
  const window = before.window;
  if (window === undefined) {
    return { ...before, on, seconds: Math.max(soonest, 9 * 3600 + chance.between(0, 8 * 3600 - 60)) };
  }
  const seconds = Math.max(soonest, openSecond(chance, window));
  const stays = before.person !== undefined && postingOn(before.person, on)?.window === window;
  const others = floor.presentAt(window, on);
  const person = stays ? before.person : others.length === 0 ? undefined : chance.pick(others);
  if (seconds < 16 * 3600 + 3500) return { ...before, on, seconds, person };
  return { ...before, on: addWorkdays(span, on, 1), seconds: openSecond(chance, window), person };
}

function inTime(chance: Random, promised: number): number {
  return chance.between(Math.min(1, promised), Math.max(1, Math.ceil(promised * 0.8)));
}

/** City hall about two thirds, county halls and township stations the rest. */
function pickSeat(chance: Random, seats: Seats): Seated {
  const there = seats.get(chance.weighted(LEVELS, [66, 15, 19]));
  if (there === undefined) throw new RangeError('nobody serves');
  return chance.weighted(there.seats, there.paces);
}

/** What stands first in the data files is asked for most. */
function pickItem(chance: Random, items: readonly Item[]): Item {
  return at(items, Math.floor(chance.next() ** 1.6 * items.length));
}

/** Two waves, ten o'clock and three o'clock; few at noon; nobody in the last minutes. */
function openSecond(chance: Random, window: Window): number {
  if (window.level === 'city' && chance.chance(0.06)) return chance.between(12 * 3600, 13 * 3600 + 1799);
  const [start, length] = chance.chance(0.58) ? [9 * 3600 + 300, 9900] : [13 * 3600 + 1800, 11_400];
  return start + Math.floor(((chance.next() + chance.next()) / 2) * length);
}

function onlineSecond(chance: Random): number {
  return 7 * 3600 + Math.floor(((chance.next() + chance.next() + chance.next()) / 3) * 15 * 3600);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The two months that the demo covers: the one before today's and today's own. */
export function demoMonths(today: Day): { finished: ReturnType<typeof monthOf>; from: Day } {
  const finished = addMonths(monthOf(today), -1);
  return { finished, from: day(firstDay(finished)) };
}
