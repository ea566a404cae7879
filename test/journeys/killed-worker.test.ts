/** A worker that is killed while it tells of what is due: nothing is lost, and nothing is told twice. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { fillBasics } from '../../src/app/fill.ts';
import { jobs } from '../../src/app/wire.ts';
import { lookAtDuties } from '../../src/handling/duty/index.ts';
import { inTx } from '../../src/platform/db.ts';
import { enqueue, queueDepth, workOff } from '../../src/platform/jobs.ts';
import { unlockDead } from '../../src/platform/worker-life.ts';
import { environmentOf } from '../support/command.ts';
import { testDb } from '../support/db.ts';
import { CITY } from '../support/office.ts';

const NOW = '2026-03-11T10:00:00+08:00';
const t = await testDb({ now: new Date(NOW) });
/** Overdue orders, and more overdue duties than one transaction of the clock tells of. */
const [ORDERS, OTHERS] = [40, 2_500];

const program = new URL('../support/worker-process.ts', import.meta.url).pathname;
let child: ChildProcess | undefined;
afterAll(() => child?.kill('SIGKILL'));

async function one<Row>(text: string): Promise<Row> {
  return (await t.db.owner.query(text)).rows[0];
}

async function fill(): Promise<void> {
  await t.db.owner.query(
    `INSERT INTO handling.work_order (city_code, order_id, number, kind, source_id, region_code,
       owner_department, state, complexity, opened_at, changed_at, sign_due_at, contact_due_at, due_at,
       next_due_at)
     SELECT $1, gen_random_uuid(), 'JY2026-' || n, 'suggestion', 'killed/' || n, $1 || '000000', 'D',
       'unsigned', 'simple', $2, $2, $2, $2, $2, $2 FROM generate_series(1, $3::int) n`,
    [CITY, new Date('2026-03-02T10:00:00+08:00'), ORDERS],
  );
  const duty = `INSERT INTO handling.duty (city_code, duty_id, matter_kind, matter_id, matter_number, step,
    owner_kind, owner_code, days, opened_at, due_at, yellow_from, red_from)`;
  const [due, red] = [new Date('2026-03-09T17:30:00+08:00'), new Date('2026-03-10T00:00:00+08:00')];
  // What is due first is told first: the orders stand in the first thousand.
  await t.db.owner.query(
    `${duty} SELECT $1, gen_random_uuid(), 'work_order', order_id, number, 'sign', 'department', 'D', 1,
       opened_at, $2, $2, $3 FROM handling.work_order`,
    [CITY, due, red],
  );
  await t.db.owner.query(
    `${duty} SELECT $1, gen_random_uuid(), 'test', n, n, 'sign', 'department', 'D', 1, $2, $2, $2,
       $3::timestamptz + interval '1 minute' FROM generate_series(1, $4::int) n`,
    [CITY, due, red, OTHERS],
  );
}

describe('a worker that is killed', () => {
  it('leaves nothing untold, and whoever comes after tells nothing twice', { timeout: 120_000 }, async () => {
    await fillBasics(t);
    await fill();
    await inTx(t.db, (tx) => enqueue(tx, 'handling.duty', {}));
    child = spawn(process.execPath, [program, NOW], { env: environmentOf(t), stdio: 'ignore' });
    const told = `SELECT count(*)::int AS told FROM handling.work_order_event WHERE what = 'overdue'`;
    while ((await one<{ told: number }>(told)).told < 5) {
      expect(child.exitCode).toBe(null);
      await sleep(10);
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Its sessions are gone with it, and so are the locks by which it showed that it lived.
    const lives = `SELECT count(*)::int AS told FROM pg_locks WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND objsubid = 2`;
    while ((await one<{ told: number }>(lives)).told > 0) await sleep(10);

    const before = await queueDepth(t.db.app);
    expect(before.find(({ task }) => task === 'fact')?.waiting).toBeGreaterThan(0);
    const locked = `SELECT count(*)::int AS told FROM graphile_worker._private_jobs
      WHERE locked_by IS NOT NULL`;
    expect((await one<{ told: number }>(locked)).told).toBeGreaterThan(0);
    expect(await unlockDead(t.db.owner, '0 seconds')).toBeGreaterThan(0);
    expect((await one<{ told: number }>(locked)).told).toBe(0);

    await lookAtDuties(t, CITY);
    await workOff(t, jobs);
    expect(await lookAtDuties(t, CITY)).toBe(0);
    expect(
      await one(`SELECT count(*)::int AS events, count(DISTINCT order_id)::int AS orders
        FROM handling.work_order_event WHERE what = 'overdue'`),
    ).toEqual({ events: ORDERS, orders: ORDERS });
    expect(
      await one(`SELECT count(*)::int AS lines, count(DISTINCT subject_id)::int AS duties
        FROM oversight.audit WHERE action = 'duty.overdue'`),
    ).toEqual({ lines: ORDERS + OTHERS, duties: ORDERS + OTHERS });
    expect((await queueDepth(t.db.app)).filter(({ waiting }) => waiting > 0)).toEqual([]);
  });
});
