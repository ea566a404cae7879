import { usccCheck } from '../../src/kernel/codes.ts';

/** A small invented hall, as the files that a new hall loads (contract §3). */

export const APPROVAL = uscc(1);
export const POLICE = uscc(2);
/** A department of Rencheng district, outside the city hall. */
export const RENCHENG = uscc(3);

export const COMPANY_ITEM = item(APPROVAL, '01', 1);
export const FOOD_ITEM = item(APPROVAL, '01', 2);
export const PASSPORT_ITEM = item(POLICE, '01', 3);

/** The clerk of the worked example (domain §5): purchased service, at window T01 all through. */
export const CLERK = 'G001';

function uscc(serial: number): string {
  const first = `11370800MB${String(serial).padStart(7, '0')}`;
  return first + usccCheck(first);
}

function item(owner: string, type: string, main: number): string {
  return `${owner}137${type}${String(main).padStart(5, '0')}000`;
}

const departments = `code,name,region_code,stationed
${APPROVAL},济宁市行政审批服务局,370800000000,true
${POLICE},济宁市公安局,370800000000,true
${RENCHENG},任城区行政审批服务局,370811000000,true
`;

const windows = `code,name,department_code,region_code,kind,floor,hours
T01,综合受理一,${APPROVAL},370800000000,general,1,09:00-17:00
T02,综合受理二,${APPROVAL},370800000000,general,1,09:00-17:00
P01,出入境,${POLICE},370800000000,department,2,09:00-17:00
R01,任城综合窗口,${RENCHENG},370811000000,general,1,09:00-17:00
`;

const staff = `staff_no,name,identity,department_code
G001,陈静,purchased,${APPROVAL}
G002,王磊,civil_servant,${APPROVAL}
G003,刘洋,stationed,${POLICE}
G004,赵敏,purchased,${APPROVAL}
G005,孙燕,purchased,${RENCHENG}
`;

const postings = `staff_no,window_code,from_date,to_date,role
G001,T01,2025-01-01,,clerk
G002,T01,2025-01-01,,chief_representative
G003,P01,2025-01-01,,clerk
G004,T02,2025-01-01,,clerk
G005,R01,2025-01-01,,clerk
`;

const items = `code,name,department_code,type,promise,promised_days
${COMPANY_ITEM},企业设立登记,${APPROVAL},01,promised,1
${FOOD_ITEM},食品经营许可,${APPROVAL},01,promised,5
${PASSPORT_ITEM},普通护照签发,${POLICE},01,promised,7
`;

/** Kinds of import with their files, in the order in which they are loaded. */
export const hallFiles: readonly (readonly [kind: string, csv: string])[] = [
  ['departments', departments],
  ['windows', windows],
  ['staff', staff],
  ['postings', postings],
  ['items', items],
];

/** A service at window T01 as another system hands it in. */
export interface RecordForm {
  projectNo: string;
  serviceNumber: number;
  serviceTime: string;
  [field: string]: unknown;
}

/** @param given at least the case number and the time; anything else replaces the usual */
export function recordForm(
  given: Partial<RecordForm> & { projectNo: string; serviceTime: string },
): RecordForm {
  return {
    serviceNumber: 1,
    serviceName: '受理',
    areaCode: '370800000000',
    deptCode: APPROVAL,
    taskCode: COMPANY_ITEM,
    taskName: '企业设立登记',
    windowCode: 'T01',
    staffNo: CLERK,
    proStatus: 2,
    proChannel: 2,
    ...given,
  };
}

/** Rows as a CSV file with the columns of the first row. */
export function csvOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: unknown): string => {
    const text = value === undefined || value === null ? '' : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
