import { z } from 'zod';
import { type Day, parseDay } from '../../kernel/day.ts';
import { CLOCK_COLUMNS, type ClockColumn, type ClockLayout, type ClockMapping } from './clock-contract.ts';

/** Titles under which machines and their programs write a column, the commonest first. */
const TITLES: Readonly<Record<ClockColumn, readonly string[]>> = {
  staff: [
    '工号',
    '编号',
    '人员编号',
    '员工编号',
    '考勤号码',
    '考勤号',
    '登记号码',
    'AC-No.',
    'Emp No.',
    'User ID',
  ],
  name: ['姓名', 'Name'],
  moment: [
    '日期时间',
    '打卡时间',
    '刷卡时间',
    '考勤时间',
    '签到时间',
    '时间',
    'DateTime',
    'Date/Time',
    'Time',
  ],
  day: ['日期', '考勤日期', '打卡日期', 'Date'],
  time: ['时间', '打卡时间', '刷卡时间', 'Time'],
  device: ['机号', '机器号', '设备号', '设备名称', '设备', 'Machine', 'Device'],
  arrive: ['上班', '上班时间', '签到', '签到时间', '上班打卡', 'On Duty', 'Clock In'],
  noonOut: ['中午下班', '上午下班', '午间签退'],
  noonIn: ['中午上班', '下午上班', '午间签到'],
  leave: ['下班', '下班时间', '签退', '签退时间', '下班打卡', 'Off Duty', 'Clock Out'],
};

/** What a file most likely is, by the titles of its columns. */
export function guessMapping(header: readonly string[]): { layout: ClockLayout; mapping: ClockMapping } {
  const titles = new Map(header.map((title) => [plain(title), title]));
  const find = (column: ClockColumn): string | undefined => {
    const known = TITLES[column].find((title) => titles.has(plain(title)));
    return known === undefined ? undefined : titles.get(plain(known));
  };
  const layout: ClockLayout = find('arrive') && find('leave') && find('day') ? 'daily' : 'punches';
  const mapping: Partial<Record<ClockColumn, string>> = {};
  const wanted = CLOCK_COLUMNS[layout].filter((column) => layout === 'daily' || fits(column, find('day')));
  for (const column of wanted) {
    const title = find(column);
    if (title !== undefined && !Object.values(mapping).includes(title)) mapping[column] = title;
  }
  return { layout, mapping };
}

/** A file with days of their own has times beside them; another one has both in one column. */
function fits(column: ClockColumn, day: string | undefined): boolean {
  if (column === 'moment') return day === undefined;
  return column !== 'time' || day !== undefined;
}

function plain(title: string): string {
  return title.replaceAll(/[\s._]/g, '').toLowerCase();
}

/** Which columns a mapping needs and hasn't got. */
export function lackingColumns(layout: ClockLayout, mapping: ClockMapping): ClockColumn[] {
  const has = (column: ClockColumn): boolean => mapping[column] !== undefined;
  const needed: ClockColumn[] =
    layout === 'daily'
      ? ['staff', 'day', 'arrive', 'leave']
      : has('day') || has('time')
        ? ['staff', 'day', 'time']
        : ['staff', 'moment'];
  return needed.filter((column) => !has(column));
}

/** A day as machines write it: 2026-06-01, 2026/6/1, 2026.6.1, 20260601, 2026年6月1日. */
export function readDay(text: string): Day | undefined {
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', date = ''] = match;
  return parseDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
}

const HALF_WORD = '(上午|下午|AM|PM)?';
/** A spreadsheet gives a time alone the day on which its count begins. */
const CLOCK = new RegExp(
  `^(?:(?:1899-12-3|1900-01-0)\\d[ T])?${HALF_WORD}\\s*` +
    `(\\d{1,2})[:：](\\d{2})(?:[:：]\\d{2})?\\s*${HALF_WORD}$`,
  'i',
);

/** A time of day as machines and spreadsheets write it: 8:05, 08:05:33, 下午 5:30, 0.354 of a day. */
export function readTime(text: string): number | undefined {
  const fraction = /^0?\.\d{2,}$/.test(text) ? Number(text) : undefined;
  if (fraction !== undefined) return Math.floor(fraction * 1440 + 1e-6);
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const [, before, hourText = '', minuteText = '', behind] = match;
  const half = (before ?? behind)?.toUpperCase();
  const hour = twentyFour(Number(hourText), half);
  const minute = Number(minuteText);
  return hour === undefined || minute > 59 ? undefined : hour * 60 + minute;
}

function twentyFour(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined;
  const isPm = half === '下午' || half === 'PM';
  if (hour > 12) return isPm && hour < 24 ? hour : undefined;
  return (hour % 12) + (isPm ? 12 : 0);
}

/** Day and time in one cell. */
export function readMoment(text: string): { day: Day; minute: number } | undefined {
  const at = text.search(/[ T]|(?<=日)(?=\S)/);
  if (at < 0) return undefined;
  const day = readDay(text.slice(0, at).trim());
  const minute = readTime(text.slice(at).replace(/^T/, '').trim());
  return day === undefined || minute === undefined ? undefined : { day, minute };
}

/** What programs write where nobody clocked in. */
const NONE = new Set([
  '-',
  '--',
  '—',
  '/',
  '无',
  '缺卡',
  '未打卡',
  '未签到',
  '未签退',
  '旷工',
  '休息',
  '请假',
]);

const staff = z.string().trim().min(1).max(32);
const name = z.string().trim().max(60).optional();
const device = z.string().trim().max(60).optional();

function cell<T>(read: (text: string) => T | undefined, code: string) {
  return z.string().transform((text, issues) => {
    const value = read(text.trim());
    if (value !== undefined) return value;
    issues.addIssue({ code: 'custom', params: { code } });
    return z.NEVER;
  });
}

const dayCell = cell(readDay, 'clock.day');
const timeCell = cell(readTime, 'clock.time');
/** A cell of the daily summary: a time, or a sign for none. */
const punchCell = z
  .string()
  .optional()
  .transform((text) => (text === undefined || NONE.has(text.trim()) ? undefined : text))
  .pipe(timeCell.optional());

/** A line of a file, as the punches that it tells of. */
export interface ClockRow {
  readonly staff: string;
  readonly name?: string | undefined;
  readonly day: Day;
  readonly minutes: readonly number[];
  readonly device?: string | undefined;
}

const momentRow = z
  .object({ staff, name, device, moment: cell(readMoment, 'clock.moment') })
  .transform(({ moment, ...row }): ClockRow => ({ ...row, day: moment.day, minutes: [moment.minute] }));

const timeRow = z
  .object({ staff, name, device, day: dayCell, time: timeCell })
  .transform(({ time, ...row }): ClockRow => ({ ...row, minutes: [time] }));

const dailyRow = z
  .object({
    ...{ staff, name, device, day: dayCell },
    ...{ arrive: punchCell, noonOut: punchCell, noonIn: punchCell, leave: punchCell },
  })
  .transform(({ arrive, noonOut, noonIn, leave, ...row }, issues): ClockRow => {
    const minutes = [arrive, noonOut, noonIn, leave].filter((minute) => minute !== undefined);
    if (minutes.some((minute, at) => at > 0 && minute < (minutes[at - 1] ?? 0))) {
      issues.addIssue({ code: 'custom', path: ['leave'], params: { code: 'clock.reversed' } });
    }
    return { ...row, minutes };
  });

/** How a line of the layout is read. */
export function rowOf(layout: ClockLayout, mapping: ClockMapping): z.ZodType<ClockRow> {
  if (layout === 'daily') return dailyRow;
  return mapping.moment === undefined ? timeRow : momentRow;
}

/** What makes two lines speak of the same: the person's day, or the very punch. */
export function keyOf(layout: ClockLayout, row: ClockRow): string {
  if (layout === 'daily') return `${row.staff}\0${row.day}`;
  return [row.staff, row.day, row.minutes[0], row.device ?? '', row.name ?? ''].join('\0');
}
