import { randomUUID } from 'node:crypto';
import type { App, Person } from './app.ts';
import { APPROVAL } from './hall.ts';
import { fileForm } from './multipart.ts';

/** A hall that works 09:00-12:00 and 13:30-17:00, with its people and one clock-in machine. */
export interface AttendanceHall {
  readonly office: Person;
  readonly second: Person;
  readonly clerk: Person;
  /** G002, who leads window T01 */
  readonly chief: Person;
  readonly liaison: Person;
  readonly supervisor: Person;
  /** G004 of window T02, who supervises too */
  readonly colleague: Person;
  readonly sourceId: string;
  /** Loads lines of [编号, 姓名, 日期时间, 机号]. */
  load(lines: readonly string[], by?: Person): Promise<LoadAnswer>;
  upload(bytes: Buffer, name: string, options?: { by?: Person; source?: string; dryRun?: boolean }): Answer;
  findings(query?: string, by?: Person): Promise<Found[]>;
  review(from: string, to: string): Promise<{ proposed: number; lapsed: number }>;
  /** Sets the clock; everybody signs in again. */
  at(now: Date): Promise<void>;
}

type Answer = ReturnType<Person['page']['get']>;

export interface LoadAnswer {
  readonly outcome: string;
  readonly rows: number;
  readonly created: number;
  readonly unchanged: number;
  readonly badRows: number;
  readonly problems: { line: number; column: string | null; code: string; detail: string }[];
}

export interface Found {
  readonly id: string;
  readonly rule: string;
  readonly half: string;
  readonly minutes: number;
  readonly state: string;
  readonly subjectCode: string;
  readonly evidence: string;
  readonly mayProtest: boolean;
  readonly mayConfirm: boolean;
  readonly mayWithdraw: boolean;
  readonly overtaken: boolean;
  readonly protest: string | null;
}

export const PUNCHES = '编号,姓名,日期时间,机号';
export const HALL_SHIFT = {
  name: '大厅常日班',
  placeKind: 'hall',
  placeCode: '370800000000',
  days: 'workdays',
  spans: '09:00-12:00,13:30-17:00',
  noonPunch: false,
  from: '2026-01-01',
};

export async function openAttendance(app: App): Promise<AttendanceHall> {
  const office = await app.person('assessment_office');
  const sourceId = randomUUID();
  const mapping = { staff: '编号', name: '姓名', moment: '日期时间', device: '机号' };
  await expectDone(office.page.post('/attendance/shifts', { ...HALL_SHIFT, id: randomUUID() }));
  const source = { id: sourceId, name: '一楼考勤机', layout: 'punches', mapping };
  await expectDone(office.page.post('/attendance/sources', source));
  const upload: AttendanceHall['upload'] = (bytes, name, options = {}) => {
    const { by = office, source = sourceId, dryRun = false } = options;
    const { body, headers } = fileForm(name, bytes);
    const path = `/attendance/sources/${source}/files${dryRun ? '?dryRun=1' : ''}`;
    return by.page.post(path, body, headers);
  };
  const people = {
    office,
    second: await app.person('assessment_office'),
    clerk: await app.person('clerk', { staffNo: 'G001' }),
    chief: await app.person('clerk', { staffNo: 'G002' }),
    liaison: await app.person('department_liaison', { scope: APPROVAL }),
    supervisor: await app.person('supervisor'),
    colleague: await app.person('supervisor', { staffNo: 'G004' }),
  };
  return {
    ...people,
    sourceId,
    async at(now) {
      app.t.clock.set(now);
      for (const one of Object.values(people)) await one.page.signIn(one.username, one.password);
    },
    upload,
    async load(lines, by = office) {
      const answer = await upload(Buffer.from([PUNCHES, ...lines].join('\n')), 'punches.csv', { by });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
    async findings(query = '', by = office) {
      const answer = await by.page.get(`/attendance/findings${query}`);
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json().items;
    },
    async review(from, to) {
      const answer = await office.page.post('/attendance/runs', { from, to });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json();
    },
  };
}

async function expectDone(answer: Answer): Promise<void> {
  const { statusCode, body } = await answer;
  if (statusCode !== 204) throw new Error(body);
}

/** A leave form with a new id. */
export function leaveOf(fromDate: string, more: object = {}): { id: string; [field: string]: unknown } {
  const days = { fromDate, fromHalf: 'am', toDate: fromDate, toHalf: 'pm' };
  return { id: randomUUID(), kind: 'annual', ...days, reason: '家中有事', ...more };
}

/** Everybody of T01 and T02 there all day, but for those named. */
export function present(day: string, ...but: string[]): string[] {
  const people = ['G001,陈静', 'G002,王磊', 'G004,赵敏'].filter((one) => !but.includes(one.slice(0, 4)));
  return people.flatMap((one) => [`${one},${day} 08:50:00,1`, `${one},${day} 17:05:00,1`]);
}
