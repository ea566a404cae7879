import { usccCheck } from '../../src/kernel/codes.ts';
import type { DemoContent, ItemContent, Row, WindowContent } from './content.ts';
import { at, type Random } from './random.ts';

/** A region of `regions.csv` as the generator reads it. */
export interface SeedRegion {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parent_code: string;
}

export interface Item {
  readonly code: string;
  readonly name: string;
  readonly department: Department;
  readonly type: string;
  /** working days; 0 is settled at once */
  readonly promisedDays: number;
}

export interface Department {
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly sector: string;
  readonly ownWindows: boolean;
  readonly items: Item[];
}

export interface Window {
  readonly code: string;
  readonly name: string;
  readonly department: Department;
  readonly kind: string;
  readonly floor: string;
  readonly hours: string;
  readonly level: 'city' | 'county' | 'township';
  /** what is asked for here, most frequent first */
  readonly items: readonly Item[];
}

export interface Hall {
  readonly departments: readonly Department[];
  readonly windows: readonly Window[];
}

interface Place {
  readonly content: DemoContent;
  readonly chance: Random;
  readonly regions: readonly SeedRegion[];
  readonly city: SeedRegion;
}

/** All departments, windows and items of the invented city: city hall, county halls, township stations. */
export function buildHall(place: Place): Hall {
  const counties = place.regions.filter((region) => region.parent_code === place.city.code);
  const cityDepartments = place.content.departments.map((entry, index) =>
    openDepartment(place, {
      ...entry,
      name: localName(entry.name, place.city.name),
      region: place.city.code,
      number: index + 11,
      level: 3,
    }),
  );
  const halls: Hall[] = [{ departments: cityDepartments, windows: cityWindows(place, cityDepartments) }];
  for (const county of counties) {
    halls.push(countyHall(place, county));
    const townships = place.regions.filter((region) => region.parent_code === county.code);
    for (const township of townships) halls.push(townshipStation(place, county, township));
  }
  return {
    departments: halls.flatMap((hall) => hall.departments),
    windows: halls.flatMap((hall) => hall.windows),
  };
}

export function departmentRow({ code, name, region }: Department): Row {
  return { code, name, region_code: region, stationed: 'true' };
}

export function windowRow({ code, name, department, kind, floor, hours }: Window): Row {
  return {
    code,
    name,
    department_code: department.code,
    region_code: department.region,
    kind,
    floor,
    hours,
  };
}

export function itemRow({ code, name, department, type, promisedDays }: Item): Row {
  return {
    code,
    name,
    department_code: department.code,
    type,
    promise: promisedDays === 0 ? 'instant' : 'promised',
    promised_days: promisedDays === 0 ? '' : String(promisedDays),
  };
}

/** 济宁高新技术产业开发区 is too long for a sign: people say 济宁高新区. */
export function shortName(region: string): string {
  return region.replace('高新技术产业开发区', '高新区');
}

function localName(name: string, city: string): string {
  return name.replace('济宁市', city).replace('济宁海关', `${city.replace(/市$/, '')}海关`);
}

interface NewDepartment {
  readonly key: string;
  readonly name: string;
  readonly uscc: string;
  readonly sector: string;
  readonly ownWindows: boolean;
  readonly region: string;
  /** two digits that begin the main numbers of its items */
  readonly number: number;
  /** 3 city, 4 county, 5 township, as in the item code */
  readonly level: 3 | 4 | 5;
}

/** Offices that report to Beijing keep the national prefix in their items. */
const NATIONAL = new Set(['tax', 'customs', 'postal', 'tobacco', 'weather']);

function openDepartment(place: Place, entry: NewDepartment): Department {
  const code = creditCode(place.chance, entry.uscc, entry.region.slice(0, 6));
  const { key, name, region, sector, ownWindows } = entry;
  const department: Department = { key, code, name, region, sector, ownWindows, items: [] };
  const scope = code + entry.level + (NATIONAL.has(key) ? '00' : code.slice(2, 4));
  for (const item of place.content.items.get(key) ?? []) {
    department.items.push({
      code: scope + itemNumber(item, entry.number),
      name: item.name,
      department,
      type: item.type,
      promisedDays: item.promisedDays,
    });
  }
  return department;
}

function itemNumber({ type, main, sub, handling }: ItemContent, department: number): string {
  const mainNumber = `${department}${String(main).padStart(3, '0')}`;
  if (handling) return `${type}${mainNumber}000${String(sub).padStart(2, '0')}`;
  return `${type}${mainNumber}${String(sub).padStart(3, '0')}`;
}

const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * A credit code with right check digits (GB 32100, GB 11714) that nobody holds: its organisation part begins
 * with XN, for 虚拟, which no registration office issues.
 */
function creditCode(chance: Random, kind: string, region: string): string {
  const organisation = `XN${chance.digits(6)}`;
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * ORGANISATION_ALPHABET.indexOf(organisation.charAt(index)),
    0,
  );
  const rest = (11 - (sum % 11)) % 11;
  const first17 = `${kind}${region}${organisation}${rest === 10 ? 'X' : rest}`;
  return first17 + usccCheck(first17);
}

function cityWindows(place: Place, departments: readonly Department[]): Window[] {
  const byKey = new Map(departments.map((department) => [department.key, department]));
  const floors = new Map<string, number>();
  const labels = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const row of place.content.windows) totals.set(row.label, (totals.get(row.label) ?? 0) + row.count);
  return place.content.windows.flatMap((row) => {
    const department = byKey.get(row.department);
    if (department === undefined) throw new RangeError(`no department ${row.department}`);
    const items = itemsAt(row, department, departments);
    return Array.from({ length: row.count }, (): Window => {
      const number = (floors.get(row.floor) ?? 0) + 1;
      floors.set(row.floor, number);
      const place = (labels.get(row.label) ?? 0) + 1;
      labels.set(row.label, place);
      const letter = 'ABCD'.charAt(Number(row.floor) - 1);
      return {
        code: letter + String(number).padStart(2, '0'),
        name: `${row.label}${totals.get(row.label) === 1 ? '' : `${place}号`}窗口`,
        department,
        kind: row.kind,
        floor: `${row.floor}楼`,
        hours:
          row.department === 'exit' || row.department === 'traffic_police' ? '08:30-17:00' : '09:00-17:00',
        level: 'city',
        items,
      };
    });
  });
}

/**
 * A general window takes its sector's matters and those of its own office that are named; a department's
 * window takes those that its sign names, or all of them. Most frequent first.
 */
function itemsAt(row: WindowContent, owner: Department, all: readonly Department[]): Item[] {
  const named = owner.items.filter((item) => row.match.some((part) => item.name.includes(part)));
  if (row.kind === 'general') {
    const sector = at(row.match, 0);
    const guests = all.filter((department) => !department.ownWindows && fits(department, sector));
    return [named, ...guests.map((department) => department.items)]
      .flatMap((items) => items.map((item, rank) => ({ item, rank })))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
  if (row.kind === 'stuck_matter') return owner.items.filter((item) => item.type === '99');
  if (row.kind === 'issue') return owner.items.filter((item) => item.promisedDays > 0);
  return named.length === 0 ? owner.items : named;
}

function fits(department: Department, sector: string): boolean {
  return sector === 'all' || department.sector === sector;
}

const COUNTY_DEPARTMENTS = [
  { key: 'county_approval', office: '行政审批服务局', windows: ['综合受理1号窗口', '综合受理2号窗口'] },
  { key: 'county_hr', office: '人力资源和社会保障局', windows: ['社保就业窗口'] },
  { key: 'county_medicare', office: '医疗保障局', windows: ['医疗保障窗口'] },
  { key: 'county_police', office: '公安局', windows: ['户政窗口'] },
  { key: 'county_land', office: '自然资源和规划局', windows: ['不动产登记窗口'] },
];

function countyHall(place: Place, county: SeedRegion): Hall {
  const short = shortName(county.name);
  const departments: Department[] = [];
  const windows: Window[] = [];
  const open = (department: Department, name: string, kind: string): void => {
    windows.push({
      code: `${county.code.slice(0, 6)}-${String(windows.length + 1).padStart(2, '0')}`,
      name: `${short}${name}`,
      department,
      kind,
      floor: '1楼',
      hours: '09:00-17:00',
      level: 'county',
      items: department.items,
    });
  };
  for (const [index, entry] of COUNTY_DEPARTMENTS.entries()) {
    const department = openDepartment(place, {
      key: entry.key,
      name: countyOffice(place.city.name, short, entry.office),
      uscc: '11',
      sector: 'county',
      ownWindows: true,
      region: county.code,
      number: index + 80,
      level: 4,
    });
    departments.push(department);
    for (const window of entry.windows) {
      open(department, window, entry.key === 'county_approval' ? 'general' : 'department');
    }
  }
  const approval = at(departments, 0);
  open(approval, '统一出件窗口', 'issue');
  open(approval, '“办不成事”反映窗口', 'stuck_matter');
  return { departments, windows };
}

/** In districts police and land are branches of the city's bureaus; counties have their own. */
function countyOffice(city: string, county: string, office: string): string {
  const branch = county.endsWith('区') && /公安局|自然资源/.test(office);
  if (!branch) return `${county}${office}`;
  return `${city}${office}${county.replace(city.replace(/市$/, ''), '')}分局`;
}

function townshipStation(place: Place, county: SeedRegion, township: SeedRegion): Hall {
  const office = /[镇乡]$/.test(township.name) ? '人民政府' : '';
  const name = township.name.endsWith('街道') ? `${township.name}办事处` : `${township.name}${office}`;
  const department = openDepartment(place, {
    key: 'township',
    name: `${shortName(county.name)}${name}`,
    uscc: '11',
    sector: 'township',
    ownWindows: true,
    region: township.code,
    number: 90,
    level: 5,
  });
  const station = township.name.endsWith('服务中心') ? '便民服务站' : '便民服务中心';
  const window: Window = {
    code: `${township.code.slice(0, 9)}-01`,
    name: `${township.name}${station}综合窗口`,
    department,
    kind: 'general',
    floor: '1楼',
    hours: '09:00-17:00',
    level: 'township',
    items: department.items,
  };
  return { departments: [department], windows: [window] };
}
