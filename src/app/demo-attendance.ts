import type { DemoHall } from '../../db/seed/demo.ts';
import {
  addShift,
  askForLeave,
  loadClockFile,
  runReview,
  saveClockSource,
} from '../conduct/attendance/index.ts';
import { dayOf } from '../kernel/day.ts';
import { firstDay, monthOf, previousMonth } from '../kernel/month.ts';
import { systemActor, type UserActor } from '../oversight/access/index.ts';
import type { Deps } from '../platform/deps.ts';
import { readCalendar } from '../registry/calendar/index.ts';

/** Ids that stay the same, so that an interrupted demo goes on with what it has. */
const SHIFT = '00000000-0000-4000-8000-00000000a001';
const SOURCE = '00000000-0000-4000-8000-00000000a002';
const LEAVE = '00000000-0000-4000-8000-00000000a003';

/** Working days that the machine tells of. */
const DAYS = 5;

/** Hours, a machine with a few invented days, and one leave that waits for an approval. Safe to repeat. */
export async function fillAttendance(deps: Deps, hall: DemoHall, at: Date): Promise<void> {
  const { cityCode } = deps.config;
  const actor = systemActor(cityCode, 'demo');
  const today = dayOf(at);
  await addShift(deps, actor, {
    id: SHIFT,
    name: '大厅常日班',
    placeKind: 'hall',
    placeCode: `${cityCode}000000`,
    days: 'workdays',
    spans: '09:00-17:00',
    noonPunch: false,
    from: firstDay(previousMonth(monthOf(today))),
  });
  const mapping = { staff: '编号', name: '姓名', moment: '日期时间', device: '机号' };
  await saveClockSource(deps, actor, { id: SOURCE, name: '大厅入口考勤机', layout: 'punches', mapping });
  const file = { bytes: Buffer.from(hall.punches), name: '考勤机（演示）.csv' };
  await loadClockFile(deps, actor, { sourceId: SOURCE, file, dryRun: false, lang: 'zh-CN' });
  const { workdayBefore, addWorkdays } = await readCalendar(deps.db.app);
  let from = today;
  for (let left = DAYS; left > 0; left -= 1) from = workdayBefore(from);
  await runReview(deps, actor, { from, to: today });
  const clerk = hall.accounts.find(({ role }) => role === 'clerk');
  if (clerk?.staffNo === undefined) return;
  const day = addWorkdays(today, 2);
  await askForLeave(deps, clerkActor(cityCode, { ...clerk, staffNo: clerk.staffNo }), {
    id: LEAVE,
    kind: 'annual',
    fromDate: day,
    fromHalf: 'am',
    toDate: day,
    toHalf: 'pm',
    reason: '年休假（演示）',
  });
}

function clerkActor(
  cityCode: string,
  account: { username: string; displayName: string; staffNo: string },
): UserActor {
  const { username, displayName: name, staffNo } = account;
  const scope = { cityCode };
  return {
    ...{ kind: 'user', id: 'demo', username, name, staffNo, cityCode, scope },
    roles: ['clerk'],
    permissions: new Set(['leave.ask']),
  };
}
