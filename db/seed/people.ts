import { addDays, type Day, day } from '../../src/kernel/day.ts';
import { addMonths, firstDay, monthOf } from '../../src/kernel/month.ts';
import type { DemoContent, Row } from './content.ts';
import type { Department, Hall, Window } from './hall.ts';
import { at, type Random } from './random.ts';

export interface Posting {
  readonly window: Window;
  readonly role: 'clerk' | 'chief_representative' | 'supervisor';
  readonly from: Day;
  /** the last day, or open */
  readonly to: Day | undefined;
}

export interface Person {
  readonly staffNo: string;
  readonly name: string;
  readonly identity: 'civil_servant' | 'stationed' | 'purchased';
  readonly department: Department;
  /** how much of the work at a window this person does */
  readonly pace: number;
  readonly postings: readonly Posting[];
}

export interface Staffing {
  readonly people: readonly Person[];
  /** the clerk whose file shows a bit of everything */
  readonly showcase: Person;
  readonly supervisors: readonly Person[];
  /** those who confirm findings: never a supervisor, never a window clerk */
  readonly confirmers: readonly Person[];
}

interface Office {
  readonly content: DemoContent;
  readonly chance: Random;
  readonly hall: Hall;
  readonly today: Day;
}

interface Seat {
  readonly window: Window;
  readonly department: Department;
  readonly role: Posting['role'];
}

const CITY_STAFF = 400;
const SUPERVISORS = 6;

/** 400 people in the city hall, six in each county hall's windows, two in each township station. */
export function employ(office: Office): Staffing {
  const names = nameGiver(office.content, office.chance.fork('names'));
  const windows = office.hall.windows.filter((window) => window.level === 'city');
  const seats = citySeats(office, windows);
  const people = seats.map((seat, index) => hire(office, seat, `S${1001 + index}`, names, windows));
  for (const [index, person] of people.entries()) {
    const rare = office.content.people.get('rare')?.join(' ').split(' ') ?? [];
    if (index % 19 !== 7 || index >= rare.length * 19) continue;
    people[index] = { ...person, name: at(rare, (index - 7) / 19) };
  }
  const showcaseAt = people.findIndex(isShowcase);
  const showcase = { ...at(people, showcaseAt), name: '梁晓禾', pace: 3 };
  people[showcaseAt] = showcase;
  const local = office.hall.windows.filter((window) => window.level !== 'city');
  const counts = new Map<string, number>();
  for (const window of local) {
    for (let place = 0; place < 2; place += 1) {
      const region = regionStem(window);
      const number = (counts.get(region) ?? 0) + 1;
      counts.set(region, number);
      const chief = window.level === 'county' && place === 0 && window.code.endsWith('-01');
      const role = chief ? 'chief_representative' : 'clerk';
      const seat: Seat = { window, department: window.department, role };
      people.push(hire(office, seat, `${region}${String(number).padStart(2, '0')}`, names, [window]));
    }
  }
  const supervisors = people.filter((person) => person.postings.some(({ role }) => role === 'supervisor'));
  const confirmers = people
    .filter((person) => person.postings.some(({ role }) => role === 'chief_representative'))
    .slice(0, 3);
  return { people, showcase, supervisors, confirmers };
}

/** Where somebody works on a day; undefined before the first and after the last posting. */
export function postingOn(person: Person, on: Day): Posting | undefined {
  return person.postings.find(({ from, to }) => from <= on && (to === undefined || on <= to));
}

export function staffRow({ staffNo, name, identity, department }: Person): Row {
  return { staff_no: staffNo, name, identity, department_code: department.code };
}

export function postingRows(person: Person): Row[] {
  return person.postings.map(({ window, from, to, role }) => ({
    staff_no: person.staffNo,
    window_code: window.code,
    from_date: from,
    to_date: to ?? '',
    role,
  }));
}

/** An invented name of a citizen or a clerk: two or three characters, seldom four. */
export function nameGiver(content: DemoContent, chance: Random): () => string {
  const list = (title: string): string => (content.people.get(title) ?? []).join(' ');
  const single = [...list('surnames').replaceAll(' ', '')];
  const double = list('surnames-double').split(' ');
  const given = [list('given-f').split(' '), list('given-m').split(' ')];
  return () => {
    const surname = chance.chance(0.015) ? chance.pick(double) : chance.pick(single);
    return surname + chance.pick(chance.pick(given));
  };
}

function isShowcase(person: Person): boolean {
  const posting = person.postings[0];
  return (
    person.identity === 'purchased' &&
    person.department.key === 'real_estate' &&
    person.postings.length === 1 &&
    posting?.role === 'clerk' &&
    posting.to === undefined
  );
}

/** County staff 'X826' + two digits, station staff 'Z826001' + two digits. */
function regionStem(window: Window): string {
  const region = window.department.region;
  return window.level === 'county' ? `X${region.slice(3, 6)}` : `Z${region.slice(3, 9)}`;
}

/**
 * Who sits where: a chief representative for each department with windows, the supervisors at the desk for
 * stuck matters, two people of each department without windows behind its sector's general windows, two at
 * every window, and the rest where the queues are longest.
 */
function citySeats({ chance, hall }: Office, windows: readonly Window[]): Seat[] {
  const seats: Seat[] = [];
  const city = hall.departments.filter((entry) => entry.region === at(windows, 0).department.region);
  for (const department of city) {
    const own = windows.filter((window) => window.department === department);
    const first = own[0];
    if (first !== undefined) seats.push({ window: first, department, role: 'chief_representative' });
  }
  const desk = windows.find((window) => window.kind === 'stuck_matter') ?? at(windows, 0);
  for (let count = 0; count < SUPERVISORS; count += 1) {
    seats.push({ window: desk, department: desk.department, role: 'supervisor' });
  }
  for (const department of city.filter((entry) => !entry.ownWindows)) {
    const general = windows.filter(
      (window) => window.kind === 'general' && window.items.some((item) => item.department === department),
    );
    for (let count = 0; count < 2; count += 1) {
      seats.push({ window: chance.pick(general), department, role: 'clerk' });
    }
  }
  for (const window of [...windows, ...windows]) {
    seats.push({ window, department: window.department, role: 'clerk' });
  }
  const busy = windows.filter((window) =>
    /real_estate|tax|fund|social_ins|medicare_center|traffic_police|exit|approval|market/.test(
      window.department.key,
    ),
  );
  while (seats.length < CITY_STAFF) {
    const window = chance.pick(busy);
    seats.push({ window, department: window.department, role: 'clerk' });
  }
  return seats;
}

function hire(
  office: Office,
  seat: Seat,
  staffNo: string,
  names: () => string,
  windows: readonly Window[],
): Person {
  const chance = office.chance.fork(staffNo);
  return {
    staffNo,
    name: names(),
    identity: identityOf(seat, chance),
    department: seat.department,
    pace: paceOf(seat, chance),
    postings: postingsOf(office, seat, chance, windows),
  };
}

function identityOf({ window, department, role }: Seat, chance: Random): Person['identity'] {
  if (role !== 'clerk') return 'civil_servant';
  if (department.key === 'approval') return chance.chance(0.78) ? 'purchased' : 'civil_servant';
  if (/power|water_supply|gas|heat/.test(department.key)) return 'stationed';
  if (window.level === 'township')
    return chance.weighted(['civil_servant', 'stationed', 'purchased'], [1, 3, 2]);
  return chance.weighted(['civil_servant', 'stationed', 'purchased'], [2, 6, 4]);
}

function paceOf({ window, department, role }: Seat, chance: Random): number {
  if (role === 'supervisor') return 0;
  if (role === 'chief_representative') return 0.2;
  const behind = window.department === department ? 1 : 0.3;
  const desk = window.kind === 'stuck_matter' ? 0.25 : 1;
  // Two of five mostly examine papers behind the counter.
  const share = chance.chance(0.4) ? 0.12 : 0.6 + chance.next();
  return behind * desk * share;
}

/** Mostly one open posting; one in twelve changed windows earlier, some move or come or go in mid-month. */
function postingsOf(office: Office, seat: Seat, chance: Random, windows: readonly Window[]): Posting[] {
  const { window, role } = seat;
  const running = monthOf(office.today);
  const finished = addMonths(running, -1);
  const since = addDays(firstDay(addMonths(finished, -chance.between(3, 34))), chance.between(0, 27));
  const stays: Posting[] = [{ window, role, from: since, to: undefined }];
  const others = windows.filter((other) => other.department === window.department && other !== window);
  if (role !== 'clerk' || window.level !== 'city') return stays;
  const lot = chance.next();
  if (lot < 0.02) return [{ window, role, from: midMonth(finished, chance), to: undefined }];
  if (lot < 0.03) return [{ window, role, from: since, to: midMonth(finished, chance) }];
  if (others.length === 0) return stays;
  if (lot < 0.11) return moved(seat, since, chance.pick(others), midMonth(finished, chance));
  if (lot < 0.13) {
    const change = day(`${running}-12`);
    return change < office.today ? moved(seat, since, chance.pick(others), change) : stays;
  }
  if (lot < 0.2)
    return moved(seat, since, chance.pick(others), addDays(firstDay(finished), -chance.between(30, 60)));
  return stays;
}

/** At another window until the day before the change, here from then on. */
function moved({ window, role }: Seat, since: Day, other: Window, change: Day): Posting[] {
  const start = since < change ? since : addDays(change, -40);
  return [
    { window: other, role, from: start, to: addDays(change, -1) },
    { window, role, from: change, to: undefined },
  ];
}

function midMonth(of: ReturnType<typeof monthOf>, chance: Random): Day {
  return day(`${of}-${chance.between(11, 19)}`);
}
