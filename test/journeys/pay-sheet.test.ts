import { beforeAll, describe, expect, it } from 'vitest';
import { payListSchema } from '../../src/uses/pay/contract.ts';
import { openApp, type Person } from '../support/app.ts';
import { CLERK } from '../support/hall.ts';
import {
  CLOSED_AT,
  findings,
  liveThroughMay,
  merits,
  RATED_AT,
  verdicts,
} from '../support/worked-example.ts';

const app = await openApp({ now: RATED_AT });
let wages: Person;

beforeAll(async () => {
  await liveThroughMay(app);
  app.t.clock.set(CLOSED_AT);
  await app.load('findings', findings);
  await app.load('merits', merits);
  await app.load('ratings', verdicts);
  wages = await app.person('wage_office');
});

describe('the wage office', () => {
  it('is told that a month has no sheet yet', async () => {
    const answer = await wages.page.get('/pay?month=2026-05');
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'month.not_closed']);
  });

  it('reads the months and the sheet of a closed one, with how each amount came about', async () => {
    const office = await app.person('assessment_office');
    expect((await office.page.post('/months/2026-05/close', {})).statusCode).toBe(200);
    const months = (await wages.page.get('/months')).json().items;
    expect(months).toContainEqual(expect.objectContaining({ month: '2026-05', state: 'provisional' }));
    const answer = await wages.page.get('/pay?month=2026-05');
    expect(answer.statusCode).toBe(200);
    const line = payListSchema.parse(answer.json()).find(({ staff_no }) => staff_no === CLERK);
    expect(line).toMatchObject({ total: '94.71', grade: '较好', amount_fen: 10_000, held: false });
    expect(line?.department_name).not.toBe(line?.department_code);
    expect(line?.reason).toContain('¥100.00');
  });

  it('takes the sheet away as CSV and xlsx', async () => {
    const csv = await wages.page.get('/pay?month=2026-05&format=csv');
    expect(csv.headers['content-disposition']).toContain('pay-2026-05.csv');
    expect(csv.body).toContain(CLERK);
    const xlsx = await wages.page.get('/pay?month=2026-05&format=xlsx');
    expect([xlsx.statusCode, xlsx.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  });

  it('reads neither ratings nor service records', async () => {
    for (const path of ['/ratings', '/service-records', '/stats?from=2026-05-01&to=2026-05-31&by=city'])
      expect([path, (await wages.page.get(path)).statusCode]).toEqual([path, 403]);
  });
});

describe('the sheet', () => {
  it('is read but not taken away by who may not export', async () => {
    const supervisor = await app.person('supervisor');
    expect((await supervisor.page.get('/pay?month=2026-05')).statusCode).toBe(200);
    const answer = await supervisor.page.get('/pay?month=2026-05&format=xlsx');
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'access.permission_denied']);
  });

  it('is closed to a clerk', async () => {
    const clerk = await app.person('clerk', { staffNo: CLERK });
    expect((await clerk.page.get('/pay?month=2026-05')).statusCode).toBe(403);
    expect((await clerk.page.get('/pay?month=2026-05&format=csv')).statusCode).toBe(403);
  });
});
