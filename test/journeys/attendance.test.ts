/** The clock: from the file of the machine to a line in the book, with leave, cover and protest between. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { attendanceJob } from '../../src/conduct/attendance/jobs.ts';
import { openApp } from '../support/app.ts';
import {
  type AttendanceHall,
  HALL_SHIFT,
  leaveOf,
  openAttendance,
  present,
} from '../support/attendance-hall.ts';
import { CLERK, POLICE } from '../support/hall.ts';
import { CITY } from '../support/office.ts';

const NOW = new Date('2026-06-15T10:00:00+08:00'); // a Monday
const app = await openApp({ now: NOW });
const { t } = app;
let hall: AttendanceHall;

beforeAll(async () => {
  hall = await openAttendance(app);
});

async function entries(factId: string) {
  await app.settle();
  const { rows } = await t.db.owner.query(
    `SELECT subject_kind, subject_code, rule, points_centi::int AS points FROM ledger.entry
     WHERE city_code = $1 AND fact_id = $2 AND subject_code IN ('G001', 'G002', 'G004', 'T01', 'T02')
     ORDER BY subject_code`,
    [CITY, factId],
  );
  return rows;
}

describe('findings', () => {
  it('go from the file by protest and confirmation into the clerk’s live month', async () => {
    await hall.load([
      ...present('2026-06-01', 'G001'),
      'G001,陈静,2026-06-01 09:17:00,1',
      'G001,陈静,2026-06-01 17:05:00,1',
      ...present('2026-06-02', 'G004'),
      'G004,赵敏,2026-06-02 08:55:00,1',
      'G004,赵敏,2026-06-02 16:30:00,1',
    ]);
    expect(await hall.review('2026-06-01', '2026-06-02')).toEqual({ proposed: 2, lapsed: 0 });
    expect(await hall.review('2026-06-01', '2026-06-02')).toEqual({ proposed: 0, lapsed: 0 });
    const [early, late] = await hall.findings('?from=2026-06-01&to=2026-06-02');
    expect(late).toMatchObject({ rule: 'daily.late', half: 'am', minutes: 17, subjectCode: CLERK });
    expect(late?.evidence).toBe('2026-06-01 应到 09:00，打卡 09:17，迟到 17 分钟（细则第六条第一项）');
    expect(early).toMatchObject({ rule: 'daily.early_leave', minutes: 30, subjectCode: 'G004' });
    // The clerk sees the own one only, and has three working days for it.
    expect(await hall.findings('', hall.clerk)).toMatchObject([{ id: late?.id, mayProtest: true }]);
    const id = late?.id ?? '';
    const decide = (confirm: boolean, by = hall.second, ids = [id]) =>
      by.page.post('/attendance/decisions', { ids, confirm, note: confirm ? '' : '已核实，不成立' });
    expect((await decide(true)).json()).toMatchObject({
      done: 0,
      left: [{ id, code: 'attendance.protest_open' }],
    });
    const protest = { text: '当日乘坐的公交故障，已电话报备。' };
    const other = await hall.chief.page.post(`/attendance/findings/${id}/protest`, protest);
    expect(other.json().code).toBe('attendance.unknown_finding');
    expect((await hall.liaison.page.post(`/attendance/findings/${id}/protest`, protest)).statusCode).toBe(
      403,
    );
    expect((await hall.clerk.page.post(`/attendance/findings/${id}/protest`, protest)).statusCode).toBe(204);
    const twice = await hall.clerk.page.post(`/attendance/findings/${id}/protest`, protest);
    expect(twice.json().code).toBe('attendance.protested');
    // Whoever brought the punches is no second person, nor is the subject.
    expect((await decide(true, hall.office)).json()).toMatchObject({
      left: [{ code: 'attendance.same_person' }],
    });
    const own = await decide(true, hall.colleague, [early?.id ?? '']);
    expect(own.json()).toMatchObject({ left: [{ code: 'attendance.own_finding' }] });
    expect((await decide(true, hall.liaison)).statusCode).toBe(403);
    const both = await Promise.all([decide(true), decide(true, hall.supervisor)]);
    expect(both.map((answer) => answer.json().done as number).sort()).toEqual([0, 1]);
    expect(await entries(id)).toEqual([
      { subject_kind: 'staff', subject_code: CLERK, rule: 'daily.late', points: -100 },
    ]);
    const live = (await hall.clerk.page.get(`/months/2026-06/live/${CLERK}`)).body;
    expect(live).toContain('打卡 09:17，迟到 17 分钟');
  });

  it('are withdrawn with a reason and never count', async () => {
    const [early] = await hall.findings('?from=2026-06-02&to=2026-06-02');
    const ids = [early?.id ?? ''];
    const bare = await hall.second.page.post('/attendance/decisions', { ids, confirm: false });
    expect(bare.statusCode).toBe(422);
    const form = { ids, confirm: false, note: '参加局里会议，有通知' };
    expect((await hall.second.page.post('/attendance/decisions', form)).json()).toEqual({
      done: 1,
      left: [],
    });
    expect(await entries(ids[0] ?? '')).toEqual([]);
    // Looked at again it stays withdrawn.
    await hall.review('2026-06-01', '2026-06-02');
    expect(await hall.findings('?from=2026-06-02&to=2026-06-02')).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('are confirmed without a protest once its days are over, and wait at the month’s desk', async () => {
    await hall.load([...present('2026-06-03', 'G001'), 'G001,陈静,2026-06-03 08:50:00,1']);
    await attendanceJob.work(t, {});
    const [one] = await hall.findings('?from=2026-06-03&to=2026-06-03');
    expect(one).toMatchObject({ rule: 'daily.early_leave', minutes: 0, mayConfirm: false });
    const desk = (await hall.office.page.get('/months/2026-06/desk')).json();
    expect(JSON.stringify(desk)).toContain('unconfirmed_findings');
    await hall.at(new Date('2026-06-18T23:00:00+08:00'));
    expect(await hall.findings('?from=2026-06-03&to=2026-06-03', hall.second)).toMatchObject([
      { mayConfirm: false },
    ]);
    // 19 June 2026 is the Dragon Boat Festival: the last day is Thursday the 18th all the same.
    await hall.at(new Date('2026-06-19T08:00:00+08:00'));
    const late = await hall.clerk.page.post(`/attendance/findings/${one?.id}/protest`, { text: '忘记打卡' });
    expect(late.json().code).toBe('attendance.protest_late');
    const form = { ids: [one?.id], confirm: true };
    expect((await hall.second.page.post('/attendance/decisions', form)).json()).toEqual({
      done: 1,
      left: [],
    });
    expect(await entries(one?.id ?? '')).toMatchObject([{ subject_code: CLERK, points: -100 }]);
    await hall.at(NOW);
  });

  it('lapse when a file brings what was missing, and come of days with punches only', async () => {
    await hall.load([...present('2026-06-04', 'G002'), 'G002,王磊,2026-06-04 08:50:00,1']);
    // On the fifth nobody has brought a file: nobody is absent.
    expect(await hall.review('2026-06-04', '2026-06-05')).toEqual({ proposed: 1, lapsed: 0 });
    await hall.load(['G002,王磊,2026-06-04 17:20:00,1']);
    expect(await hall.review('2026-06-04', '2026-06-05')).toEqual({ proposed: 0, lapsed: 1 });
  });

  it('follow the calendar: a Saturday worked for a holiday counts, a free one doesn’t', async () => {
    await app.load('calendar', 'day,kind,name\n2026-06-06,workday,调休上班\n');
    await hall.load(['2026-06-06', '2026-06-13'].flatMap((day) => present(day, 'G004')));
    expect(await hall.review('2026-06-06', '2026-06-14')).toEqual({ proposed: 2, lapsed: 0 });
    const found = await hall.findings('?from=2026-06-06&to=2026-06-13');
    expect(found.map(({ subjectCode, half, rule }) => `${subjectCode} ${half} ${rule}`).sort()).toEqual([
      'G004 am daily.absent_half_day',
      'G004 pm daily.absent_half_day',
    ]);
  });

  it('are looked for in a few days at a time, forwards', async () => {
    const run = (from: string, to: string) => hall.office.page.post('/attendance/runs', { from, to });
    expect((await run('2026-06-02', '2026-06-01')).json().code).toBe('attendance.days_reversed');
    expect((await run('2026-01-01', '2026-06-01')).json().code).toBe('attendance.too_many_days');
    expect((await hall.supervisor.page.post('/attendance/runs', {})).statusCode).toBe(403);
  });
});

describe('leave', () => {
  const ask = (form: object, by = hall.clerk) => by.page.post('/leaves', form);
  const decide = (id: string, by = hall.liaison, approve = true) =>
    by.page.post(`/leaves/${id}/decision`, { approve, note: approve ? '' : '人手不足' });
  const withdraw = (id: string, by = hall.clerk) =>
    by.page.post(`/leaves/${id}/withdraw`, { reason: '不需要了' });
  const granted = async (form: { id: string }, by = hall.clerk): Promise<string> => {
    const asked = await ask(form, by);
    if (asked.statusCode !== 204) throw new Error(asked.body);
    const decided = await decide(form.id);
    if (decided.statusCode !== 204) throw new Error(decided.body);
    return form.id;
  };

  it('is asked for, approved by another person, and excuses its half days', async () => {
    const punches = ['G001,陈静,2026-06-08 13:20:00,1', 'G001,陈静,2026-06-08 17:01:00,1'];
    await hall.load([...present('2026-06-08', 'G001'), ...punches]);
    await hall.review('2026-06-08', '2026-06-08');
    const found = () => hall.findings('?from=2026-06-08&to=2026-06-08');
    expect(await found()).toMatchObject([{ rule: 'daily.absent_half_day', half: 'am', state: 'proposed' }]);
    // Too late for oneself on the fifth working day, in time for the office with the paper.
    const morning = { toHalf: 'am', kind: 'sick', reason: '发热就诊' };
    expect((await ask(leaveOf('2026-06-08', morning))).json().code).toBe('leave.too_late');
    const paper = leaveOf('2026-06-08', { ...morning, staffNo: CLERK });
    expect((await ask(paper, hall.supervisor)).statusCode).toBe(403);
    for (let times = 0; times < 2; times += 1) expect((await ask(paper, hall.office)).statusCode).toBe(204);
    const again = { ...paper, id: randomUUID() };
    expect((await ask(again, hall.office)).json().code).toBe('leave.overlap');
    // Nobody alone: neither who entered it nor whom it is for.
    expect((await decide(paper.id, hall.office)).json().code).toBe('leave.same_person');
    expect((await decide(paper.id, hall.clerk)).json().code).toBe('leave.own_leave');
    expect((await decide(paper.id, hall.supervisor)).statusCode).toBe(403);
    const both = await Promise.all([decide(paper.id), decide(paper.id, hall.second)]);
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([204, 409]);
    expect(await found()).toMatchObject([{ state: 'lapsed' }]);
    // Taken back it is an absence again, and its subject may protest anew.
    expect((await withdraw(paper.id)).json().code).toBe('leave.begun');
    expect((await withdraw(paper.id, hall.second)).statusCode).toBe(204);
    expect(await found()).toMatchObject([{ state: 'proposed' }]);
    expect((await withdraw(paper.id, hall.second)).json().code).toBe('leave.decided');
  });

  it('is decided by the chief representative of the window, or refused with a reason', async () => {
    const form = leaveOf('2026-06-16', { fromHalf: 'pm' });
    expect((await ask(form)).statusCode).toBe(204);
    const bare = await hall.chief.page.post(`/leaves/${form.id}/decision`, { approve: false });
    expect(bare.statusCode).toBe(422);
    expect((await decide(form.id, hall.chief, false)).statusCode).toBe(204);
    const { items } = (await hall.clerk.page.get('/leaves?own=1&from=2026-06-16')).json();
    expect(items).toMatchObject([{ state: 'refused', note: '人手不足', halves: 1, mayWithdraw: false }]);
    // G004 sits at T02, which the chief of T01 doesn't lead; another department's liaison sees none of it.
    const other = hall.colleague;
    const elsewhere = leaveOf('2026-06-16');
    await ask(elsewhere, other);
    expect((await decide(elsewhere.id, hall.chief)).json().code).toBe('leave.unknown');
    const police = await app.person('department_liaison', { scope: POLICE });
    expect((await decide(elsewhere.id, police)).json().code).toBe('leave.unknown');
    expect((await withdraw(elsewhere.id, other)).statusCode).toBe(204);
  });

  it('is refused where days, people or cover don’t fit', async () => {
    const code = async (more: object, by = hall.clerk) =>
      (await ask(leaveOf('2026-06-22', more), by)).json().code;
    expect(await code({ fromHalf: 'pm', toHalf: 'am' })).toBe('leave.reversed');
    expect(await code({ toDate: '2028-01-01' })).toBe('leave.too_long');
    expect(await code({ coverStaff: CLERK })).toBe('leave.own_cover');
    expect(await code({ coverStaff: 'G999' })).toBe('leave.unknown_staff');
    expect(await code({ staffNo: 'G999' }, hall.office)).toBe('leave.unknown_staff');
    expect(await code({}, hall.office)).toBe('access.permission_denied');
    expect(await code({}, hall.supervisor)).toBe('leave.no_staff_number');
    await granted(leaveOf('2026-06-22', { toHalf: 'am' }), hall.colleague);
    expect(await code({ coverStaff: 'G004' })).toBe('leave.cover_away');
    const afternoon = leaveOf('2026-06-22', { fromHalf: 'pm', coverStaff: 'G004' });
    const both = await Promise.all([ask(afternoon), ask({ ...afternoon, id: randomUUID() })]);
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([204, 409]);
  });

  it('leaves no window unmanned while somebody covers', async () => {
    const day = '2026-06-09';
    const days = `?from=${day}&to=${day}&rule=daily.window_unmanned`;
    await hall.load(present(day, 'G004'));
    await hall.at(new Date(`${day}T08:00:00+08:00`));
    const alone = await granted(leaveOf(day), hall.colleague);
    await hall.at(NOW);
    await hall.review(day, day);
    const found = await hall.findings(days);
    expect(found.map(({ subjectCode, half }) => `${subjectCode} ${half}`)).toEqual(['T02 pm', 'T02 am']);
    expect(await hall.findings(days, hall.liaison)).toMatchObject([{ mayProtest: true }, {}]);
    expect((await withdraw(alone, hall.second)).statusCode).toBe(204);
    await hall.at(new Date(`${day}T08:00:00+08:00`));
    await granted(leaveOf(day, { coverStaff: 'G002', kind: 'trip', reason: '市局开会' }), hall.colleague);
    await hall.at(NOW);
    await hall.review(day, day);
    expect(await hall.findings(days)).toMatchObject([{ state: 'lapsed' }, { state: 'lapsed' }]);
    const { rows } = await t.db.owner.query(
      `SELECT staff_no, day::text AS day, halves, is_leave FROM conduct.v_leave_day
       WHERE city_code = $1 AND staff_no = 'G004' ORDER BY day`,
      [CITY],
    );
    expect(rows).toEqual([
      { staff_no: 'G004', day, halves: 2, is_leave: false },
      { staff_no: 'G004', day: '2026-06-22', halves: 1, is_leave: true },
    ]);
  });

  it('is marked as overtaken where the finding has been confirmed before', async () => {
    const [one] = await hall.findings('?from=2026-06-03&to=2026-06-03');
    const paper = leaveOf('2026-06-03', { staffNo: CLERK });
    expect((await ask(paper, hall.office)).statusCode).toBe(204);
    expect((await decide(paper.id)).statusCode).toBe(204);
    expect(await hall.findings('?from=2026-06-03&to=2026-06-03')).toMatchObject([
      { id: one?.id, state: 'confirmed', overtaken: true },
    ]);
  });
});

describe('the month', () => {
  it('is a row a person with two marks a day, within the scope, and a file', async () => {
    const read = async (query: string, by = hall.office) =>
      (await by.page.get(`/attendance/months/2026-06${query}`)).json();
    const { days, items } = await read('?window=T01');
    expect(days[5]).toEqual({ day: '2026-06-06', isWorkday: true });
    const clerk = items.find(({ staffNo }: { staffNo: string }) => staffNo === CLERK);
    expect(clerk.days.slice(0, 8)).toEqual([
      { am: 'late', pm: 'present' },
      { am: 'present', pm: 'present' },
      { am: 'leave', pm: 'leave' },
      { am: 'present', pm: 'present' },
      { am: 'unknown', pm: 'unknown' },
      { am: 'present', pm: 'present' },
      { am: 'rest', pm: 'rest' },
      { am: 'absent', pm: 'present' },
    ]);
    expect((await read('', hall.clerk)).items).toMatchObject([{ staffNo: CLERK }]);
    const police = await app.person('department_liaison', { scope: POLICE });
    expect((await read('', police)).items).toMatchObject([{ staffNo: 'G003' }]);
    const csv = await hall.office.page.get('/attendance/months/2026-06?format=csv&window=T01');
    expect(csv.body).toContain('G001,陈静,济宁市行政审批服务局,迟/√,√,假,√');
    const list = await hall.office.page.get('/attendance/findings?format=csv&rule=daily.late');
    expect(list.body).toContain('KQ20260601-G001-am-late');
    expect((await hall.office.page.get('/leaves?format=xlsx')).statusCode).toBe(200);
    expect((await hall.clerk.page.get('/leaves?format=csv')).statusCode).toBe(403);
  });
});

describe('shifts', () => {
  const form = (more: object = {}) => ({ ...HALL_SHIFT, id: randomUUID(), ...more });
  const add = (given: object, by = hall.office) => by.page.post('/attendance/shifts', given);

  it('are refused where hours, days or the place don’t fit, and end once', async () => {
    const code = async (more: object) => (await add(form(more))).json().code;
    expect(await code({ spans: '17:00-09:00' })).toBe('shift.hours');
    expect(await code({ spans: '08:00-10:00,11:00-12:00,13:00-14:00' })).toBe('shift.hours');
    expect(await code({ placeCode: '110100000000' })).toBe('shift.unknown_place');
    expect(await code({ placeKind: 'window', placeCode: 'X9' })).toBe('shift.unknown_place');
    expect(await code({ days: 'every_day' })).toBe('shift.same_day');
    expect(await code({ from: '2026-07-01', to: '2026-06-01' })).toBe('attendance.days_reversed');
    const summer = form({ name: '夏季', from: '2026-07-01', spans: '8:30-12:00、14:30-18:00' });
    const both = await Promise.all([add(summer), add({ ...summer, id: randomUUID() })]);
    expect(both.map((answer) => answer.statusCode).sort()).toEqual([204, 409]);
    const { items } = (await hall.liaison.page.get('/attendance/shifts')).json();
    const made = items.find(({ name }: { name: string }) => name === '夏季');
    expect(made).toMatchObject({ spans: '08:30-12:00,14:30-18:00', placeName: '济宁市' });
    const end = (on: string, by = hall.office, id = made.id) =>
      by.page.post(`/attendance/shifts/${id}/end`, { on });
    expect((await end('2026-06-30')).json().code).toBe('shift.ended');
    expect((await end('2026-09-30')).statusCode).toBe(204);
    expect((await end('2026-10-31')).json().code).toBe('shift.ended');
    expect((await end('2026-09-30', hall.office, randomUUID())).json().code).toBe('shift.unknown');
    expect((await end('2026-09-30', hall.supervisor)).statusCode).toBe(403);
  });
});
