import type { TestDb } from './db.ts';
import { type Planted, plant } from './planted-ratings.ts';

const two = (at: number) => String(at).padStart(2, '0');

/** So many rated services, each made by its number. */
function many(count: number, row: (at: number) => Planted): Planted[] {
  return Array.from({ length: count }, (_, at) => row(at));
}

/** Devices that rate often, and others that may. */
export async function plantDevices(t: TestDb): Promise<string[]> {
  // One phone rates six times within nine minutes; a family of four rates within as many.
  const device = await plant(
    t,
    many(6, (at) => ({
      service: '2026-02-03 09:00',
      rated: `2026-02-03 09:5${at}`,
      device: 1,
      staff: 'G004',
      window: 'T02',
    })),
  );
  await plant(
    t,
    many(4, (at) => ({ service: '2026-02-03 10:00', rated: `2026-02-03 10:5${at}`, device: 2 })),
  );
  // Twenty ratings of one device over a day, and nineteen of another.
  await plant(
    t,
    many(20, (at) => ({
      service: '2026-02-04 08:30',
      rated: `2026-02-04 ${two(9 + (at >> 1))}:${at % 2 ? '35' : '05'}`,
      device: 3,
    })),
  );
  await plant(
    t,
    many(19, (at) => ({
      service: '2026-02-04 08:30',
      rated: `2026-02-04 ${two(9 + (at >> 1))}:${at % 2 ? '40' : '10'}`,
      device: 4,
    })),
  );
  return device;
}

/** Tablets, a public network and an address of its own. */
export async function plantNetworks(t: TestDb): Promise<void> {
  // A tablet serves everybody, and a public network is shared: only one window of it is odd.
  await plant(
    t,
    many(30, (at) => ({
      service: '2026-02-05 09:00',
      rated: `2026-02-05 09:${two(30 + (at >> 1))}`,
      device: 5,
      source: 'tablet',
      channel: 4,
    })),
  );
  await plant(
    t,
    many(24, (at) => ({
      service: '2026-02-05 09:00',
      rated: `2026-02-05 10:${two(2 * at)}`,
      device: 100 + at,
      address: 1,
      window: ['T01', 'T02', 'P01', 'R01'][at % 4] as string,
    })),
  );
  await plant(
    t,
    many(6, (at) => ({
      service: '2026-02-05 10:00',
      rated: `2026-02-05 11:0${at}`,
      device: 200 + at,
      address: 1,
      window: 'P01',
      staff: 'G003',
    })),
  );
  // A script without a device mark at an address that nobody else uses.
  await plant(
    t,
    many(5, (at) => ({
      service: '2026-02-06 09:00',
      rated: `2026-02-06 09:3${at}`,
      address: 2,
      window: at % 2 ? 'T01' : 'T02',
    })),
  );
}

/** Ratings at odd moments. */
export async function plantMoments(t: TestDb): Promise<void> {
  // Before the service, and clocks that differ by minutes.
  await plant(t, [
    { service: '2026-02-09 10:00', rated: '2026-02-09 09:40', staff: 'G002' },
    { service: '2026-02-09 10:00', rated: '2026-02-09 09:57', staff: 'G003' },
  ]);
  // Answered before anybody could read it, and at leisure.
  const [hasty, calm] = await plant(t, [
    { service: '2026-02-10 10:00', rated: '2026-02-10 10:05', channel: 4, source: 'tablet', staff: 'G003' },
    { service: '2026-02-10 10:00', rated: '2026-02-10 10:05', channel: 4, source: 'tablet', staff: 'G002' },
  ]);
  await t.db.owner.query(
    `INSERT INTO intake.window_invitation (city_code, invitation_id, step_id, window_code, asked_by, asked_at,
       device_id, shown_at, answered_at, answered_ms)
     SELECT '370800', gen_random_uuid(), v.id, 'T01', 'x', at, gen_random_uuid(), at, at, v.ms
     FROM (VALUES ($1::bigint, 1400), ($2::bigint, 9000)) AS v(id, ms),
       (SELECT timestamptz '2026-02-10 10:05+08' AS at) s`,
    [hasty, calm],
  );
  // On the hall's own device at night; a phone at night is somebody at home, a late upload isn't one.
  await plant(t, [
    { service: '2026-02-09 16:00', rated: '2026-02-09 20:10', channel: 4, source: 'tablet', staff: 'G002' },
    { service: '2026-02-09 16:00', rated: '2026-02-09 20:10', channel: 3, staff: 'G003' },
    { service: '2026-02-09 16:00', rated: '2026-02-09 17:20', channel: 4, source: 'tablet', staff: 'G003' },
    {
      service: '2026-02-09 16:00',
      rated: '2026-02-09 20:10',
      channel: 4,
      source: 'tablet',
      staff: 'G003',
      deviceAt: '2026-02-09 16:10',
    },
  ]);
}

/** Texts and phones that come again. */
export async function plantRepeats(t: TestDb): Promise<void> {
  // The same long text three times, with other punctuation; a short one is everybody's.
  await plant(
    t,
    [
      '工作人员非常热情，流程也很顺畅',
      '工作人员非常热情 流程也很顺畅！',
      '工作人员非常热情，流程也很顺畅。',
    ].map((text, at) => ({ service: `2026-02-1${at} 09:00`, text, window: 'T02', staff: 'G004' })),
  );
  await plant(
    t,
    many(5, (at) => ({ service: `2026-02-1${at} 09:10`, text: '服务很好' })),
  );
  // Paper forms entered together were given on days of their own.
  await plant(
    t,
    ['T01', 'T02', 'P01'].map((window, at) => ({
      service: `2026-02-1${at} 11:00`,
      rated: '2026-02-20 10:00',
      assessed: `2026-02-1${at} 11:30`,
      text: '窗口办事很快，少跑了很多路',
      source: 'paper',
      window,
      staff: null,
    })),
  );
  // Cases without a window, a day or more apart.
  await plant(
    t,
    many(3, (at) => ({
      service: `2026-02-1${at} 14:00`,
      text: '网上办理很方便不用再跑窗口',
      channel: 1,
      window: null,
      staff: null,
    })),
  );
  // One phone at three windows on a day; another at two, and at a third on the next day.
  await plant(
    t,
    ['T01', 'T02', 'P01'].map((window, at) => ({
      service: `2026-02-12 0${9 + (at >> 1)}:${at}0`,
      window,
      phone: '13800000001',
      staff: null,
    })),
  );
  await plant(
    t,
    ['T01', 'T02', 'P01'].map((window, at) => ({
      service: `2026-02-1${at === 2 ? 4 : 3} 09:00`,
      window,
      phone: '13800000002',
      staff: null,
    })),
  );
}

/** Clerks whose ratings hardly differ, or differ by channel. */
export async function plantClerks(t: TestDb): Promise<void> {
  // A clerk with 200 good ratings and one tag; another with as many and several tags.
  await plant(
    t,
    many(200, (at) => ({
      service: `2026-02-${two(1 + (at % 25))} 13:00`,
      staff: 'U001',
      window: 'R01',
      tags: [510],
      channel: 1,
    })),
  );
  await plant(
    t,
    many(200, (at) => ({
      service: `2026-02-${two(1 + (at % 25))} 13:00`,
      staff: 'U002',
      window: 'R01',
      tags: [510 + (at % 5)],
      channel: 1,
    })),
  );
  // All good on the tablet, a fifth bad on phones; and a clerk for whom both are alike.
  await plant(
    t,
    many(120, (at) => ({
      service: `2026-02-${two(1 + (at % 25))} 14:00`,
      staff: 'C001',
      window: 'X01',
      ...(at < 60 ? { channel: 4, source: 'tablet' } : { level: at % 5 ? 5 : 1, tags: at % 5 ? [] : [115] }),
    })),
  );
  await plant(
    t,
    many(120, (at) => ({
      service: `2026-02-${two(1 + (at % 25))} 14:00`,
      staff: 'C002',
      window: 'X02',
      level: at % 5 ? 5 : 1,
      ...(at < 60 ? { channel: 4, source: 'tablet' } : {}),
    })),
  );
}

/** The end of a month. Answers the steps. */
export async function plantMonthEnd(t: TestDb): Promise<string[]> {
  // The last three days: three of ten rated before, all of them now; and one who is rated evenly.
  const jumped = await plant(t, [
    ...many(250, (at) => ({
      service: `2026-02-${two(1 + (at % 25))} 15:00`,
      staff: 'J001',
      window: 'X03',
      channel: 1,
      tags: [510 + (at % 7)],
      ...(at % 10 < 3 ? {} : { rated: null }),
    })),
    ...many(30, (at) => ({
      service: `2026-02-2${6 + (at % 3)} 15:00`,
      staff: 'J001',
      window: 'X03',
      channel: 1,
      tags: [510 + (at % 7)],
    })),
    ...many(280, (at) => ({
      service: `2026-02-${two(1 + (at % 28))} 15:00`,
      staff: 'J002',
      window: 'X03',
      channel: 1,
      tags: [510 + (at % 7)],
      ...(at % 10 < 8 ? {} : { rated: null }),
    })),
  ]);
  return jumped;
}
