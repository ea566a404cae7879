/**
 * A month with honest ratings and with frauds of every kind that the detectors look for: invented, the same
 * each time (all chance is a hash of a number and the seed). Families, agents, shared networks, stock
 * phrases and clocks that run ahead are among the honest.
 */
import { addDays, type Day } from '../src/kernel/day.ts';
import { cityCode } from '../src/kernel/ids.ts';
import { firstDay, lastDay, type Month, monthLength } from '../src/kernel/month.ts';
import { packRecordNumber } from '../src/kernel/record-number.ts';
import type { Deps } from '../src/platform/deps.ts';
import { loading, reserve, SHORT_CODE } from './hall.ts';

const SEED = 20260601;
const CLERKS = 4_000;
const WINDOWS = 1_500;

/** A kind of fraud, by the detector that has to find it. */
export type Kind = (typeof KINDS)[number];
export const KINDS = [
  'device_burst',
  'address_burst',
  'tablet_haste',
  'before_service',
  'outside_hours',
  'same_text',
  'one_phone',
  'uniform_clerk',
  'channel_gap',
  'denied_by_call',
  'month_end_jump',
] as const;

/** Steps of a planted case: `device_burst 3`. */
export type Truth = ReadonlyMap<string, string>;

/** Fills the month; answers which step belongs to which planted case. */
export async function fillFraudMonth(deps: Deps, month: Month, ratings: number): Promise<Truth> {
  const steps = Math.round(ratings * 1.25);
  const plan = plannedFrauds(month);
  const sequence = reserve(steps + plan.length);
  const city = deps.config.cityCode;
  const first = BigInt(packRecordNumber({ cityCode: cityCode(city), month, sequence: BigInt(sequence) }));
  const partition = (table: string): string => `feedback.${table}_${month.replace('-', '_')}`;
  const tables = ['intake.case_file', 'intake.case_step', 'intake.applicant', 'handling.call_answer'];
  tables.push('intake.window_invitation');
  tables.push(partition('rating'), partition('rater'), partition('rating_text'));
  await loading(deps.db.owner, { tables, count: steps }, async (client) => {
    await client.query(`UPDATE registry.service_window SET hours = '09:00-17:00' WHERE city_code = $1`, [
      city,
    ]);
    await client.query(HONEST, [steps, firstDay(month), monthLength(month), SEED, CLERKS, WINDOWS]);
    const rows = plan.map((row, at) => ({ ...row, n: steps + at }));
    await client.query(PLANTED, [JSON.stringify(rows)]);
    for (const text of [FILES, STEPS, PEOPLE, RATINGS, RATERS, TEXTS, INVITATIONS, CALLS]) {
      await client.query(text, [city, first.toString(), sequence, firstDay(month)]);
    }
    await client.query('DROP TABLE month_plan');
  });
  return new Map(plan.map((row, at) => [String(first + BigInt(steps + at)), row.c]));
}

interface Fraud {
  /** case: kind and number */
  c: string;
  staff: string | null;
  win: string;
  service: string;
  rated: string | null;
  level?: number;
  tags?: number[];
  channel?: number;
  source?: string;
  mark?: string;
  addr?: string;
  phone?: string;
  text?: string;
  denied?: boolean;
  /** milliseconds from display to tap */
  took?: number;
}

const clerk = (at: number): string => `B${String(at % CLERKS).padStart(6, '0')}`;
const windowOf = (at: number): string => `B${String((at % CLERKS) % WINDOWS).padStart(5, '0')}`;
/** A clerk and a window of a fraud alone, outside the honest ones. */
const own = (at: number) => ({ staff: `B${String(9_000 + at).padStart(6, '0')}`, win: `B0${2_000 + at}` });
const two = (value: number): string => String(value).padStart(2, '0');
/** A moment of the day, minutes after nine. */
const at = (day: Day, minutes: number): string =>
  `${day} ${two(9 + Math.floor(minutes / 60))}:${two(minutes % 60)}:00+08`;
const hex = (what: string, number: number): string =>
  Buffer.from(`${what}${String(number).padStart(16 - what.length, '0')}`).toString('hex');

function plannedFrauds(month: Month): Fraud[] {
  return [...oddMoments(firstDay(month)), ...oddShares(month)];
}

/** So many cases of a kind, on days spread over the month. */
function cases(
  first: Day,
  count: number,
  kind: Kind,
  make: (no: number, day: Day) => Omit<Fraud, 'c'>[],
): Fraud[] {
  return Array.from({ length: count }, (_, no) =>
    make(no, addDays(first, (no * 7) % 25)).map((row) => ({ ...row, c: `${kind} ${no}` })),
  ).flat();
}

function rows<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A service of an honest clerk, rated two minutes later. */
function plain(no: number, day: Day, minutes: number) {
  return {
    staff: clerk(no * 37),
    win: windowOf(no * 37),
    service: at(day, minutes),
    rated: at(day, minutes + 2),
  };
}

/** Devices, addresses, moments, texts, phones. */
function oddMoments(first: Day): Fraud[] {
  return [
    ...cases(first, 20, 'device_burst', (no, day) =>
      rows(5 + (no % 4), (i) => ({
        ...plain(no, day, 60),
        rated: at(day, 100 + i + (i > 3 ? 2 : 0)),
        mark: hex('DB', no),
        addr: hex('DA', no),
      })),
    ),
    ...cases(first, 20, 'address_burst', (no, day) =>
      rows(6, (i) => ({ ...plain(no + i * 11, day, 90), rated: at(day, 130 + i), addr: hex('AB', no) })),
    ),
    ...cases(first, 20, 'tablet_haste', (no, day) =>
      rows(1 + (no % 4), (i) => ({
        ...plain(no, day, 300 + i * 6),
        channel: 4,
        source: 'tablet',
        took: 700 + no * 100,
      })),
    ),
    ...cases(first, 20, 'before_service', (no, day) =>
      rows(1 + (no % 3), (i) => ({ ...plain(no, day, 200 + i * 9), rated: at(day, 185 - no + i * 9) })),
    ),
    ...cases(first, 20, 'outside_hours', (no, day) =>
      rows(2, (i) => ({
        ...plain(no, day, 400),
        rated: at(day, 530 + no * 5 + i),
        channel: 4,
        source: 'tablet',
      })),
    ),
    ...cases(first, 20, 'same_text', (no, day) =>
      rows(4, (i) => ({
        ...plain(no, addDays(day, no % 2 ? i : 0), 60 + i * 50),
        ...(no % 2 ? {} : { win: windowOf(i * 13 + no), staff: clerk(i * 13 + no) }),
        text: `窗口同志热情周到，让我们企业少跑了很多路，点赞第${no}遍`,
      })),
    ),
    ...cases(first, 20, 'one_phone', (no, day) =>
      rows(3 + (no % 2), (i) => ({ ...plain(no + i, day, 60 + i * 70), phone: hex('PH', no) })),
    ),
  ];
}

/** Clerks whose figures of the month are odd, and who was never there. */
function oddShares(month: Month): Fraud[] {
  const first = firstDay(month);
  return [
    ...cases(first, 10, 'uniform_clerk', (no) =>
      rows(220, (i) => ({
        ...plain(no, addDays(first, i % 25), i % 400),
        ...own(no),
        tags: [510],
        channel: 1,
      })),
    ),
    ...cases(first, 10, 'channel_gap', (no) =>
      rows(160, (i) => ({
        ...plain(no, addDays(first, i % 25), (i * 3) % 400),
        ...own(20 + no),
        ...(i < 80
          ? { channel: 4, source: 'tablet' }
          : { channel: 3, level: i % 6 ? 5 : 2, tags: i % 6 ? [510 + (i % 8)] : [214] }),
      })),
    ),
    ...cases(first, 20, 'denied_by_call', (no, day) => [{ ...plain(no, day, 240), denied: true }]),
    ...cases(first, 10, 'month_end_jump', (no) => [
      ...rows(240, (i) => ({
        ...plain(no, addDays(first, i % 25), (i * 2) % 400),
        ...own(40 + no),
        ...(i % 10 < 4 ? { tags: [510 + (i % 8)], channel: 1 } : { rated: null }),
      })),
      ...rows(45, (i) => ({
        ...plain(no, addDays(lastDay(month), -(i % 3)), (i * 7) % 400),
        ...own(40 + no),
        tags: [510 + (i % 8)],
        channel: 1,
      })),
    ]),
  ];
}

// h(k) is the chance of row n for the purpose k: 31 bits.
const h = (purpose: number): string => `(hashint8extended(n, $4::bigint + ${purpose}) & 2147483647)`;

const HONEST = `
  CREATE TEMP TABLE month_plan AS
  SELECT n, NULL::text AS kind, 'B' || lpad(i::text, 6, '0') AS staff,
    'B' || lpad((i % $6::int)::text, 5, '0') AS win, service,
    CASE WHEN ${h(4)} % 100 >= 80 THEN NULL
      WHEN tablet THEN service + make_interval(secs => 40 + ${h(5)} % 500)
      -- Clocks of other systems run ahead by minutes at most.
      WHEN ${h(6)} % 200 = 0 THEN service - make_interval(secs => ${h(5)} % 240)
      ELSE service + make_interval(secs => 30 + ${h(5)} % 259200) END AS rated,
    CASE WHEN ${h(7)} % 1000 < 10 THEN 2 WHEN ${h(7)} % 1000 < 15 THEN 1 WHEN ${h(7)} % 1000 < 200 THEN 4
      ELSE 5 END::smallint AS level,
    CASE WHEN ${h(7)} % 1000 < 10 THEN ARRAY[207 + ${h(8)} % 8] WHEN ${h(7)} % 1000 < 15
        THEN ARRAY[108 + ${h(8)} % 8] WHEN ${h(9)} % 100 < 55 THEN '{}' WHEN ${h(7)} % 1000 < 200
        THEN ARRAY[406 + ${h(8)} % 8] ELSE ARRAY[510 + ${h(8)} % 8] END::smallint[] AS tags,
    CASE WHEN tablet THEN 4 WHEN ${h(3)} % 100 < 80 THEN 3 WHEN ${h(3)} % 100 < 90 THEN 6 ELSE 1
      END::smallint AS channel,
    CASE WHEN tablet THEN 'tablet' ELSE 'citizen' END AS source,
    CASE WHEN NOT tablet THEN substring(sha256(int8send(1000000000 + person)) FROM 1 FOR 16) END AS mark,
    -- Public Wi-Fi of the halls, networks of the carriers, and people's own.
    CASE WHEN tablet THEN NULL
      WHEN ${h(11)} % 100 < 40 THEN substring(sha256(int8send(2000000000 + i % 20)) FROM 1 FOR 16)
      WHEN ${h(11)} % 100 < 60 THEN substring(sha256(int8send(3000000000 + ${h(12)} % 200)) FROM 1 FOR 16)
      ELSE substring(sha256(int8send(4000000000 + person)) FROM 1 FOR 16) END AS addr,
    CASE WHEN ${h(13)} % 100 < 60 THEN sha256(int8send(5000000000 + person)) END AS phone,
    CASE WHEN ${h(14)} % 100 < 4 THEN (ARRAY['满意', '很好', '服务态度好', '谢谢', '办事快'])[1 + ${h(15)} % 5]
      WHEN ${h(14)} % 100 < 7 THEN '今天来办理事项，第' || ${h(15)} % 400 || '号，工作人员讲得清楚，等了'
        || ${h(16)} % 300 || '分钟' END AS text,
    false AS denied, CASE WHEN tablet THEN 3500 + ${h(18)} % 50000 END AS took,
    -- What a tablet kept without a line, tapped within the hours.
    CASE WHEN tablet AND ${h(17)} % 1000 = 0 THEN service + interval '2 minutes' END AS dev_at
  FROM (
    SELECT n, ${h(1)} % $5::int AS i, ${h(3)} % 100 < 45 AS tablet,
      ${h(10)} % $1::int AS person,
      ($2::date + (n * $3::bigint / $1::bigint)::int)::timestamp AT TIME ZONE 'Asia/Shanghai'
        + interval '9 hours' + make_interval(secs => ${h(2)} % 27000) AS service
    FROM generate_series(0, $1::bigint - 1) n
  ) g`;

const PLANTED = `
  INSERT INTO month_plan (n, kind, staff, win, service, rated, level, tags, channel, source, mark, addr,
    phone, text, denied, took)
  SELECT n, c, staff, win, service, rated, coalesce(level, 5), coalesce(tags, '{}'), coalesce(channel, 3),
    coalesce(source, 'citizen'), decode(mark, 'hex'), decode(addr, 'hex'), decode(phone, 'hex'), text,
    coalesce(denied, false), took
  FROM jsonb_to_recordset($1::jsonb) AS r(n bigint, c text, staff text, win text, service timestamptz,
    rated timestamptz, level smallint, tags smallint[], channel smallint, source text, mark text, addr text,
    phone text, text text, denied boolean, took int)`;

const FILES = `
  INSERT INTO intake.case_file (city_code, project_no, first_seen_at)
  SELECT $1, 'BENCH' || ($3::bigint + n), service FROM month_plan WHERE $2::text <> '' AND $4::text <> ''`;

const STEPS = `
  INSERT INTO intake.case_step (city_code, step_id, project_no, service_number, service_month, service_time,
    service_name, area_code, dept_code, task_code, task_name, window_code, staff_no, pro_status, pro_channel,
    short_code, ratable_until, has_mobile, source, content_hash, recorded_at)
  SELECT $1, $2::bigint + n, 'BENCH' || ($3::bigint + n), 1, $4::date, service, '受理', $1 || '000000',
    w.department_code, w.department_code || '4372000001001', '城乡居民基本养老保险参保登记', win, staff, 3, 2,
    ${SHORT_CODE.replaceAll('$8', '$3')}, service + interval '7 days', phone IS NOT NULL, 'api', '\\x00',
    service
  FROM month_plan JOIN registry.service_window w ON w.city_code = $1 AND w.code = win`;

const PEOPLE = `
  INSERT INTO intake.applicant (city_code, step_id, service_month, mobile_hash)
  SELECT $1, $2::bigint + n, $4::date, phone FROM month_plan WHERE phone IS NOT NULL AND $3::bigint > 0`;

const RATINGS = `
  INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
    device_at, batch_position, assess_number, satisfaction, channel, real_name, mode, source, receipt, tags)
  SELECT $1, $4::date, $2::bigint + n, nextval('feedback.rating_batch'), at, at, dev_at, 0, 1, level, channel,
    phone IS NOT NULL, 'onsite', source, substring(uuid_send(gen_random_uuid()) FROM 1 FOR 10), tags
  FROM (SELECT *, CASE WHEN dev_at IS NULL THEN rated ELSE rated + interval '6 hours' END AS at
    FROM month_plan WHERE rated IS NOT NULL AND $3::bigint > 0) p`;

const RATERS = `
  INSERT INTO feedback.rater (city_code, service_month, step_id, assess_number, anonymous, device_mark,
    address_hash)
  SELECT $1, $4::date, $2::bigint + n, 1, false, mark, addr FROM month_plan
  WHERE rated IS NOT NULL AND $3::bigint > 0`;

const TEXTS = `
  INSERT INTO feedback.rating_text (city_code, service_month, step_id, assess_number, salt, body)
  SELECT $1, $4::date, $2::bigint + n, 1, '\\x00', text FROM month_plan
  WHERE rated IS NOT NULL AND text IS NOT NULL AND $3::bigint > 0`;

const INVITATIONS = `
  INSERT INTO intake.window_invitation (city_code, invitation_id, step_id, window_code, asked_by, asked_at,
    device_id, shown_at, answered_at, answered_ms)
  SELECT $1, gen_random_uuid(), $2::bigint + n, win, 'bench', rated, gen_random_uuid(),
    rated - make_interval(secs => took / 1000.0), rated, took
  FROM month_plan WHERE took IS NOT NULL AND rated IS NOT NULL AND $3::bigint > 0 AND $4::text <> ''`;

const CALLS = `
  INSERT INTO handling.call_answer (city_code, step_id, called_at, service_month, outcome, rated, caller,
    recorded_by, recorded_at)
  SELECT $1, $2::bigint + n, rated + interval '1 day', $4::date, 'reached', NOT denied, '回访员', 'bench', rated
  FROM month_plan WHERE rated IS NOT NULL AND (denied OR n % 500 = 0) AND $3::bigint > 0`;
