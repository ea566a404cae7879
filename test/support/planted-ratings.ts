import type { CityCode } from '../../src/kernel/ids.ts';
import type { Month } from '../../src/kernel/month.ts';
import { packRecordNumber } from '../../src/kernel/record-number.ts';
import type { TestDb } from './db.ts';
import { APPROVAL, COMPANY_ITEM } from './hall.ts';
import { CITY } from './office.ts';

/** A rated service as a test plants it; times are those of China. */
export interface Planted {
  /** `2026-02-10 09:30` */
  service: string;
  /** default: half an hour after the service */
  rated?: string | null;
  level?: number;
  tags?: number[];
  window?: string | null;
  staff?: string | null;
  channel?: number;
  source?: string;
  /** number of a device, of an address, of a phone */
  device?: number;
  address?: number;
  phone?: string;
  text?: string;
  deviceAt?: string;
  assessed?: string;
}

let sequence = 5_000_000n;

/** Services with their ratings, straight into the tables: the rules of intake are tested elsewhere. */
export async function plant(t: TestDb, rows: readonly Planted[]): Promise<string[]> {
  const made = rows.map((row) => {
    sequence += 1n;
    const month = row.service.slice(0, 7) as Month;
    const stepId = packRecordNumber({ cityCode: CITY as CityCode, month, sequence });
    const hex = (what: number | undefined, of: string) =>
      what === undefined ? null : Buffer.from(`${of}${String(what).padStart(14, '0')}`).toString('hex');
    return {
      id: stepId,
      no: `ZR${sequence}`,
      month: `${month}-01`,
      service: `${row.service}+08`,
      rated: row.rated === null ? null : row.rated ? `${row.rated}+08` : null,
      unrated: row.rated === null,
      level: row.level ?? 5,
      tags: row.tags ?? [],
      w: row.window === undefined ? 'T01' : row.window,
      s: row.staff === undefined ? 'G001' : row.staff,
      c: row.channel ?? 3,
      src: row.source ?? 'citizen',
      mark: hex(row.device, 'D:'),
      addr: hex(row.address, 'A:'),
      phone: row.phone === undefined ? null : t.keys.hash('mobile', row.phone).toString('hex'),
      txt: row.text ?? null,
      dev_at: row.deviceAt ? `${row.deviceAt}+08` : null,
      assessed: row.assessed ? `${row.assessed}+08` : null,
    };
  });
  await t.db.owner.query(PLANT, [CITY, JSON.stringify(made), APPROVAL, COMPANY_ITEM]);
  return made.map((row) => row.id);
}

const PLANT = `
  WITH g AS MATERIALIZED (
    SELECT *, coalesce(rated, service + interval '30 minutes') AS at
    FROM jsonb_to_recordset($2::jsonb) AS r(id bigint, no text, month date, service timestamptz,
      rated timestamptz, unrated boolean, level smallint, tags smallint[], w text, s text, c smallint,
      src text, mark text, addr text, phone text, txt text, dev_at timestamptz, assessed timestamptz)
  ), files AS (
    INSERT INTO intake.case_file (city_code, project_no, first_seen_at) SELECT $1, no, service FROM g
  ), steps AS (
    INSERT INTO intake.case_step (city_code, step_id, project_no, service_number, service_month, service_time,
      service_name, area_code, dept_code, task_code, task_name, window_code, staff_no, pro_status,
      pro_channel, short_code, ratable_until, has_mobile, source, content_hash, recorded_at)
    SELECT $1, id, no, 1, month, service, '受理', '370800000000', $3, $4, '企业设立登记', w, s, 2, 2,
      'Z' || no, service + interval '7 days', phone IS NOT NULL, 'api', '\\x00', service FROM g
  ), people AS (
    INSERT INTO intake.applicant (city_code, step_id, service_month, mobile_hash)
    SELECT $1, id, month, decode(phone, 'hex') FROM g WHERE phone IS NOT NULL
  ), ratings AS (
    INSERT INTO feedback.rating (city_code, service_month, step_id, batch_id, recorded_at, assessed_at,
      device_at, batch_position, assess_number, satisfaction, channel, real_name, mode, source, receipt, tags,
      text_hash)
    SELECT $1, month, id, nextval('feedback.rating_batch'), at, coalesce(assessed, at), dev_at, 0, 1, level,
      c, false, 'onsite', src, substring(uuid_send(gen_random_uuid()) FROM 1 FOR 10), tags,
      CASE WHEN txt IS NOT NULL THEN sha256(convert_to(txt, 'UTF8')) END
    FROM g WHERE NOT unrated
  ), raters AS (
    INSERT INTO feedback.rater (city_code, service_month, step_id, assess_number, anonymous, device_mark,
      address_hash)
    SELECT $1, month, id, 1, false, decode(mark, 'hex'), decode(addr, 'hex') FROM g WHERE NOT unrated
  )
  INSERT INTO feedback.rating_text (city_code, service_month, step_id, assess_number, salt, body)
  SELECT $1, month, id, 1, '\\x00', txt FROM g WHERE txt IS NOT NULL AND NOT unrated`;
