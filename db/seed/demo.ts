import { addDays, type Day } from '../../src/kernel/day.ts';
import { punchFile } from './attendance.ts';
import { remembered, type Span, usualWorkday } from './calendar.ts';
import { demoMonths, serveCases, stepRow } from './cases.ts';
import { complaintRows, findingRows, meritRows } from './conduct.ts';
import { type DemoContent, demoContent, type Row } from './content.ts';
import { buildHall, type Department, departmentRow, itemRow, type SeedRegion, windowRow } from './hall.ts';
import { employ, postingRows, type Staffing, staffRow } from './people.ts';
import { at, random } from './random.ts';
import { rateSteps, voiceRow } from './voices.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly today: Day;
  /** 'HH:mm:ss' in China: nothing of today is later; '00:00:00', and so nothing of today, when absent */
  readonly now?: string;
  /** six digits, '370800' */
  readonly cityCode: string;
  /** the rows of regions.csv */
  readonly regions: readonly SeedRegion[];
  /** the State Council's calendar; Monday to Friday but for holidays with a fixed date when absent */
  readonly isWorkday?: (day: Day) => boolean;
  readonly content?: DemoContent;
}

export interface DemoAccount {
  /** [a-z0-9_.] */
  readonly username: string;
  readonly role: string;
  readonly displayName: string;
  readonly staffNo?: string;
  /** region prefix or credit code that bounds the data */
  readonly scope?: string;
}

/** Rows for each import, with the columns of the import files, and who may sign in to look at them. */
export interface DemoHall {
  /** the hall's name as it is shown, which says that it is invented */
  readonly name: string;
  readonly departments: Row[];
  readonly windows: Row[];
  readonly staff: Row[];
  readonly postings: Row[];
  readonly items: Row[];
  readonly serviceRecords: Row[];
  readonly ratings: Row[];
  readonly findings: Row[];
  readonly merits: Row[];
  readonly complaints: Row[];
  /** a file of the clock-in machine, as CSV */
  readonly punches: string;
  readonly accounts: DemoAccount[];
}

/**
 * An invented city from its real regions: a hall with 64 departments and 120 windows, county halls, township
 * stations, and what happened there in the month before today's and in today's month. The same options give
 * the same rows. Nobody and nothing in it exists: credit codes carry XN, case numbers YS, phones 15400.
 */
export function demoHall(options: DemoOptions): DemoHall {
  const content = options.content ?? demoContent();
  const chance = random(options.seed);
  const city = options.regions.find((region) => region.code === `${options.cityCode}000000`);
  if (city === undefined) throw new RangeError(`no region ${options.cityCode}000000 in the seed`);
  const span: Span = {
    from: demoMonths(options.today).from,
    today: options.today,
    until: lastMoment(options),
    isWorkday: remembered(options.isWorkday ?? usualWorkday),
  };
  const hall = buildHall({ content, chance: chance.fork('hall'), regions: options.regions, city });
  const staffing = employ({ content, chance: chance.fork('people'), hall, today: options.today });
  const steps = serveCases({ content, chance: chance.fork('cases'), hall, staffing, span });
  const voices = rateSteps({ content, chance: chance.fork('voices'), staffing, span }, steps);
  const conduct = { content, chance: chance.fork('conduct'), hall, staffing, span, steps, voices };
  return {
    name: `${city.name}政务服务中心（演示数据，纯属虚构）`,
    departments: hall.departments.map(departmentRow),
    windows: hall.windows.map(windowRow),
    staff: staffing.people.map(staffRow),
    postings: staffing.people.flatMap(postingRows),
    items: hall.departments.flatMap((department) => department.items.map(itemRow)),
    serviceRecords: steps.map(stepRow),
    ratings: voices.map(voiceRow),
    findings: findingRows(conduct),
    merits: meritRows(conduct),
    complaints: complaintRows(conduct),
    punches: punchFile({ chance: chance.fork('clock'), staffing, span }),
    accounts: demoAccounts(options.cityCode, hall.departments, staffing),
  };
}

function lastMoment({ today, now }: DemoOptions): string {
  return now === undefined ? `${addDays(today, -1)} 23:59:59` : `${today} ${now}`;
}

/** One account for each role, two for the assessment office, whose decisions need four eyes. */
function demoAccounts(city: string, departments: readonly Department[], staffing: Staffing): DemoAccount[] {
  const showcase = staffing.showcase;
  const estate = departments.find((department) => department === showcase.department) ?? at(departments, 0);
  const supervisor = at(staffing.supervisors, 0);
  return [
    { username: 'system_admin', role: 'system_admin', displayName: '系统管理员（演示）' },
    { username: 'security_admin', role: 'security_admin', displayName: '安全管理员（演示）' },
    { username: 'auditor', role: 'auditor', displayName: '审计员（演示）', scope: city },
    { username: 'assessment.first', role: 'assessment_office', displayName: '考核办甲（演示）', scope: city },
    {
      username: 'assessment.second',
      role: 'assessment_office',
      displayName: '考核办乙（演示）',
      scope: city,
    },
    {
      username: 'liaison',
      role: 'department_liaison',
      displayName: `${estate.name}联络员（演示）`,
      scope: estate.code,
    },
    {
      username: 'supervisor',
      role: 'supervisor',
      displayName: `督查 ${supervisor.name}（演示）`,
      staffNo: supervisor.staffNo,
      scope: city,
    },
    { username: 'caller', role: 'caller', displayName: '回访员（演示）', scope: city },
    { username: 'wage_office', role: 'wage_office', displayName: '薪酬办（演示）', scope: city },
    { username: 'leader', role: 'leader', displayName: '中心领导（演示）', scope: city },
    {
      username: 'clerk',
      role: 'clerk',
      displayName: `${showcase.name}（演示）`,
      staffNo: showcase.staffNo,
      scope: showcase.department.code,
    },
  ];
}
