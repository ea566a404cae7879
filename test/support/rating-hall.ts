import { orderLimits } from '../../src/app/limits.ts';
import { ratingRoutes } from '../../src/feedback/rating/http.ts';
import { contactDesk } from '../../src/handling/resolution/index.ts';
import { tokenFor } from '../../src/intake/invitation/index.ts';
import type { CityCode, StepId } from '../../src/kernel/ids.ts';
import type { Month } from '../../src/kernel/month.ts';
import { packRecordNumber } from '../../src/kernel/record-number.ts';
import { authorizer } from '../../src/oversight/access/index.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { createHttp, type Http } from '../../src/platform/http.ts';
import type { TestDb } from './db.ts';

export interface SeededStep {
  stepId: StepId;
  token: string;
  projectNo: string;
  shortCode: string;
}

export interface StepOptions {
  windowCode?: string;
  staffNo?: string;
  taskName?: string;
  serviceTime?: Date;
  hasMobile?: boolean;
  cityCode?: string;
  regionCode?: string;
  channel?: number;
}

let sequence = 0n;

/** A ratable step one hour old, straight into the table: the rules of intake are tested elsewhere. */
export async function seedStep(
  t: Pick<TestDb, 'db' | 'keys'> & { clock: Clock },
  options: StepOptions = {},
): Promise<SeededStep> {
  sequence += 1n;
  const city = options.cityCode ?? '370800';
  const serviceTime = options.serviceTime ?? new Date(t.clock.now().getTime() - 3_600_000);
  const month = new Date(serviceTime.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  const stepId = packRecordNumber({ cityCode: city as CityCode, month: month as Month, sequence });
  const projectNo = `P${sequence}`;
  const shortCode = `A${String(sequence).padStart(5, '0')}`;
  await t.db.owner.query('INSERT INTO intake.case_file VALUES ($1, $2, NULL, $3)', [
    city,
    projectNo,
    serviceTime,
  ]);
  await t.db.owner.query(
    `INSERT INTO intake.case_step (city_code, step_id, project_no, service_number, service_month,
      service_time,
       service_name, area_code, dept_code, task_code, task_name, window_code, staff_no, pro_status,
         pro_channel,
       short_code, ratable_until, has_mobile, source, content_hash, recorded_at)
     VALUES ($1, $2, $3, 1, $4::date, $5::timestamptz, '受理', $6, '11370800MB28559184',
       '11370800MB2855918437201000001000', $7, $8, $9, 2, 2, $10, $5::timestamptz + interval '7 days', $11,
         'api',
       '\\x00', $5::timestamptz)`,
    [
      ...[city, stepId, projectNo, `${month}-01`, serviceTime],
      ...[options.regionCode ?? '370800000000', options.taskName ?? '企业设立登记'],
      ...[options.windowCode ?? 'T01', options.staffNo ?? 'S001', shortCode, options.hasMobile ?? false],
    ],
  );
  return { stepId, token: tokenFor(t.keys, stepId, options.channel ?? 3), projectNo, shortCode };
}

/** The server with the ratings' routes alone. */
export async function ratingServer(t: TestDb): Promise<Http> {
  const http = await createHttp(t, { authorize: authorizer(t) });
  ratingRoutes(http, t, { asksAt: async () => false, contact: contactDesk(t, orderLimits) });
  await http.ready();
  return http;
}
