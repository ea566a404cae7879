/**
 * The halls and the months that are measured: invented, made by the database itself in one statement a
 * table, as regular as they are big. Clerk `i` serves at window `i mod windows`.
 */
import type pg from 'pg';
import { usccCheck } from '../src/kernel/codes.ts';
import { type Day, dayOf } from '../src/kernel/day.ts';
import { cityCode } from '../src/kernel/ids.ts';
import { firstDay, type Month, monthOf } from '../src/kernel/month.ts';
import { packRecordNumber } from '../src/kernel/record-number.ts';
import type { Deps } from '../src/platform/deps.ts';

export interface Hall {
  staff: number;
  windows: number;
}

/** The hall whose month has 20,000 services; the big one has it as its oldest part. */
export const SMALL: Hall = { staff: 400, windows: 120 };
export const BIG: Hall = { staff: 10_000, windows: 3_000 };

const DEPARTMENTS = 64;

export function departmentCode(index: number): string {
  const first = `11370800B${String(index).padStart(8, '0')}`;
  return first + usccCheck(first);
}

/** An item code of 31 characters: a public service (20) of the department. */
export function itemCode(index: number): string {
  return `${departmentCode(index)}43720${String(index + 1).padStart(5, '0')}001`;
}

export const windowCode = (index: number): string => `B${String(index).padStart(5, '0')}`;
export const staffNo = (index: number): string => `B${String(index).padStart(6, '0')}`;

/**
 * Lays down departments, windows in all counties of the city, and staff with a posting each; whoever isn't of
 * the small hall serves from `since` on.
 */
export async function layDownHall(deps: Deps, since: Day): Promise<void> {
  const city = deps.config.cityCode;
  const hall = BIG;
  const codes = Array.from({ length: DEPARTMENTS }, (_, at) => departmentCode(at));
  await loading(deps.db.owner, { tables: [], count: 0 }, async (client) => {
    await client.query(
      `INSERT INTO registry.department (city_code, code, name, region_code, stationed)
       SELECT $1, code, '部门' || n, $2, true
       FROM unnest($3::text[]) WITH ORDINALITY AS d(code, n)
       ON CONFLICT DO NOTHING`,
      [city, `${city}000000`, codes],
    );
    await client.query(
      `INSERT INTO registry.service_window (city_code, code, name, department_code, region_code, kind)
       SELECT $1, 'B' || lpad(w::text, 5, '0'), w || '号窗口', ($2::text[])[1 + w % $3::int],
         r.codes[1 + w % cardinality(r.codes)], 'general'
       FROM generate_series(0, $4::int - 1) w, (SELECT array_agg(code ORDER BY code) AS codes
         FROM registry.region
         WHERE level = 'county' AND starts_with(code, left($1, 4))) r
       ON CONFLICT DO NOTHING`,
      [city, codes, DEPARTMENTS, hall.windows],
    );
    await client.query(
      `INSERT INTO registry.staff (city_code, staff_no, name, identity, department_code)
       SELECT $1, 'B' || lpad(i::text, 6, '0'), '人员' || i,
         (ARRAY['civil_servant', 'stationed', 'purchased'])[1 + i % 3],
         ($2::text[])[1 + i % $3::int % $4::int]
       FROM generate_series(0, $5::int - 1) i ON CONFLICT DO NOTHING`,
      [city, codes, hall.windows, DEPARTMENTS, hall.staff],
    );
    await client.query(
      `INSERT INTO registry.posting (city_code, staff_no, window_code, role, from_date)
       SELECT $1, 'B' || lpad(i::text, 6, '0'),
         'B' || lpad((CASE WHEN i < $4::int THEN i % $5::int ELSE i % $2::int END)::text, 5, '0'), 'clerk',
         CASE WHEN i < $4::int THEN DATE '2022-01-01' ELSE $6::date END
       FROM generate_series(0, $3::int - 1) i ON CONFLICT DO NOTHING`,
      [city, hall.windows, hall.staff, SMALL.staff, SMALL.windows, since],
    );
  });
}

export interface Records {
  month: Month;
  firstDay: string;
  /** Record number of the first; the others follow one by one. */
  firstStep: bigint;
  count: number;
}

/** Sequence numbers that no test reaches from below. */
const SEQUENCES = 1_000_000_000;
let used = 0;

/** Sequence numbers for so many records: the first of them. */
export function reserve(count: number): number {
  const first = SEQUENCES + used;
  used += count;
  return first;
}

/**
 * Adds service records that took place evenly between two moments of one month, as intake keeps them.
 * @param span.ratableUntil end of the time in which they can be rated
 */
export async function addRecords(
  deps: Deps,
  hall: Hall,
  count: number,
  span: { from: Date; to: Date; ratableUntil: Date },
): Promise<Records> {
  const city = deps.config.cityCode;
  const month = monthOf(dayOf(span.from));
  const sequence = reserve(count);
  const firstStep = BigInt(packRecordNumber({ cityCode: cityCode(city), month, sequence: BigInt(sequence) }));
  const tables = ['intake.case_file', 'intake.case_step'];
  await loading(deps.db.owner, { tables, count }, async (client) => {
    await client.query(
      `INSERT INTO intake.case_file (city_code, project_no, first_seen_at)
       SELECT $1, 'BENCH' || ($2::bigint + n), $4 FROM generate_series(0, $3::int - 1) n`,
      [city, sequence, count, span.to],
    );
    await client.query(STEPS, [
      city,
      firstStep.toString(),
      count,
      firstDay(month),
      span.from,
      span.to,
      span.ratableUntil,
      sequence,
      Array.from({ length: DEPARTMENTS }, (_, at) => departmentCode(at)),
      hall.windows,
      hall.staff,
      Array.from({ length: DEPARTMENTS }, (_, at) => itemCode(at)),
    ]);
  });
  return { month, firstDay: firstDay(month), firstStep, count };
}

// The sequence in base 32; seven characters, so that it meets none of the six that intake draws.
export const SHORT_CODE = [30, 25, 20, 15, 10, 5, 0]
  .map(
    (shift) =>
      `substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((($8::bigint + n) >> ${shift}) & 31)::int + 1, 1)`,
  )
  .join(' || ');

const STEPS = `
  INSERT INTO intake.case_step (city_code, step_id, project_no, service_number, service_month, service_time,
    service_name, area_code, dept_code, task_code, task_name, window_code, staff_no, pro_status, pro_channel,
    accept_date, result_date, promise_day, user_prop, short_code, ratable_until, has_mobile, source,
    content_hash, recorded_at)
  SELECT $1, $2::bigint + n, 'BENCH' || ($8::bigint + n), 1, $4::date,
    t.at, '受理', $1 || '000000',
    ($9::text[])[1 + w % 64], ($12::text[])[1 + w % 64], '城乡居民基本养老保险参保登记',
    'B' || lpad(w::text, 5, '0'), 'B' || lpad(i::text, 6, '0'), 3, 2, t.at, t.at + CASE WHEN n % 1000 = 0
      THEN interval '20 days' ELSE interval '1 day' END, 5, 1, ${SHORT_CODE}, $7,
    n % 5 < 3, 'api', sha256(int8send(n)), $6
  FROM generate_series(0, $3::int - 1) n,
    LATERAL (SELECT (hashint8(n) & 2147483647) % $11::int AS i) s, LATERAL (SELECT i % $10::int AS w) p,
    LATERAL (SELECT $5::timestamptz + ($6::timestamptz - $5::timestamptz) * (n::float8 / $3) AS at) t`;

/**
 * Rates the first `count` of every `count / of` records as citizens do: 98.5 of 100 good, the bad ones half
 * verified.
 */
export async function addRatings(deps: Deps, records: Records, count: number): Promise<void> {
  const values = [deps.config.cityCode, records.firstDay, records.firstStep.toString(), records.count, count];
  const partition = `feedback.rating_${records.firstDay.slice(0, 7).replace('-', '_')}`;
  const tables = [partition, 'feedback.rating_verdict'];
  await loading(deps.db.owner, { tables, count }, async (client) => {
    await client.query(RATINGS, values);
    await client.query(VERDICTS, values.slice(0, 4));
  });
}

// Rated are the records n with floor((n + 1) * count / of) > floor(n * count / of): evenly spread.
const RATINGS = `
  INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
    batch_position, assess_number, satisfaction, process, efficiency, attitude, channel, real_name, mode,
    source, receipt, tags)
  SELECT $1, $2::date, s.step_id, nextval('feedback.rating_batch'), s.service_time + interval '1 hour',
    s.service_time + interval '1 hour', 0, 1, l.level, 5, 5, l.level, 3, s.has_mobile, 'onsite', 'citizen',
    substring(uuid_send(gen_random_uuid()) FROM 1 FOR 10),
    CASE l.level WHEN 5 THEN '{510}' WHEN 4 THEN '{413}' WHEN 2 THEN '{214}' ELSE '{110}' END::smallint[]
  FROM generate_series(0, $4::bigint - 1) n
  JOIN intake.case_step s ON s.city_code = $1 AND s.step_id = $3::bigint + n
  CROSS JOIN LATERAL (SELECT hashint8extended(n, 1) & 1023 AS dice) d
  CROSS JOIN LATERAL (SELECT CASE WHEN dice < 10 THEN 2 WHEN dice < 15 THEN 1 WHEN dice < 200 THEN 4
    ELSE 5 END AS level) l
  WHERE ((n + 1) * $5::bigint) / $4::bigint > (n * $5::bigint) / $4::bigint`;

const VERDICTS = `
  INSERT INTO feedback.rating_verdict (city_code, step_id, assess_number, service_month, verdict, verified_by,
    approved_by, decided_on, source, recorded_at)
  SELECT r.city_code, r.step_id, 1, r.service_month,
    CASE WHEN r.step_id % 20 = 0 THEN 'mistaken' ELSE 'upheld' END, '核实员', '审批人',
    (r.recorded_at AT TIME ZONE 'Asia/Shanghai')::date, 'desk', r.recorded_at
  FROM feedback.rating r
  WHERE r.city_code = $1 AND r.service_month = $2::date AND r.satisfaction < 3 AND r.step_id % 2 = 0
    AND r.step_id >= $3::bigint AND r.step_id < $3::bigint + $4::bigint`;

/** From so many rows on, building indexes anew costs less than keeping them. */
const MANY = 50_000;

/**
 * One transaction that isn't slowed by looking up foreign keys, which hold by the way the rows are made, nor,
 * when it adds many rows, by keeping indexes that are built anew afterwards. Figures are taken with what the
 * planner knows after a while of use.
 */
export async function loading(
  owner: pg.Pool,
  { tables, count }: { tables: readonly string[]; count: number },
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL work_mem = '64MB'");
    if (count >= MANY) {
      await client.query(
        'UPDATE pg_index SET indisready = false, indisvalid = false WHERE indrelid = ANY($1::regclass[])',
        [tables],
      );
    }
    await work(client);
    await client.query("SET LOCAL maintenance_work_mem = '256MB'");
    if (count >= MANY) for (const table of tables) await client.query(`REINDEX TABLE ${table}`);
    await client.query('COMMIT');
    await client.query(tables.length === 0 ? 'ANALYZE' : `VACUUM ANALYZE ${tables.join(', ')}`);
  } finally {
    client.release(true);
  }
}
