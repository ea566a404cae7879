import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, listMonths, publishMonth, sealMonth } from '../../src/close/month/index.ts';
import { allScores } from '../../src/close/statement/index.ts';
import { month } from '../../src/kernel/month.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { paySheet } from '../../src/uses/pay/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, load, loadAll, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-06-04T10:00:00+08:00') });
const office = cliActor(CITY);
const may = month('2026-05');
const late = { occurred_on: '2026-05-12', subject_kind: 'staff', subject_code: 'S1', rule: 'daily.late' };
const finding = {
  ...late,
  finding_id: 'F1',
  quantity: '1',
  evidence: '打卡',
  recorded_by: 'V1',
  confirmed_by: 'V2',
};

async function totalOf(staffNo: string, of = '2026-05'): Promise<string | undefined> {
  const scores = await allScores(t, office, { month: of, subject: 'staff' });
  return scores.find(({ subject_code }) => subject_code === staffNo)?.total;
}

async function countsOf(of: string): Promise<{ rated: number; good: number }> {
  const { items } = await listMonths(t, office);
  const found = items.find((one) => one.month === of);
  return { rated: found?.rated ?? 0, good: found?.good ?? 0 };
}

beforeAll(async () => {
  await openHall(t);
  const ratings = [{ satisfaction: 5, tags: '510' }];
  await serve(t, { staff: 'S1', window: 'W1', day: '2026-05-11', count: 2, prefix: 'M', ratings });
});

describe('the end of a month', () => {
  it('keeps its order: closed, then published, then sealed', async () => {
    await expect(publishMonth(t, office, may)).rejects.toMatchObject({ code: 'month.not_closed' });
    await closeMonth(t, office, may);
    await expect(sealMonth(t, office, may)).rejects.toMatchObject({ code: 'month.not_published' });
    await expect(publishMonth(t, office, month('2026-06'))).rejects.toMatchObject({ code: 'month.not_over' });
  });

  it('gives five working days for objections, counted by the calendar', async () => {
    const end = await publishMonth(t, office, may);
    // Thursday 4 June and five working days: the weekend doesn't count.
    expect(end).toMatchObject({ state: 'objection', notice_until: '2026-06-11T17:30:00+08:00' });
    expect(await publishMonth(t, office, may)).toEqual(end);
    await expect(sealMonth(t, office, may)).rejects.toMatchObject({ code: 'month.notice_running' });
    t.clock.set(new Date('2026-06-11T17:30:00+08:00'));
    await expect(sealMonth(t, office, may)).rejects.toMatchObject({ code: 'month.notice_running' });
  });

  it('still takes facts while objections are open', async () => {
    expect(await totalOf('S1')).toBe('95.00');
    await loadAll(t, 'findings', [finding]);
    await closeMonth(t, office, may);
    expect(await totalOf('S1')).toBe('94.00');
    const [line] = await paySheet(t, office, '2026-05', 'zh-CN');
    expect(line).toMatchObject({ staff_no: 'S1', grade: '较好', amount_fen: 10_000, state: 'objection' });
  });

  it('wants a reason to be cut short', async () => {
    await expect(sealMonth(t, office, may, { waiveNotice: '急' })).rejects.toMatchObject({
      code: 'month.waiver_reason',
    });
  });

  it('is sealed once when two people seal at the same instant', async () => {
    t.clock.set(new Date('2026-06-11T17:30:01+08:00'));
    const both = await Promise.allSettled([sealMonth(t, office, may), sealMonth(t, office, may)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = both.find(({ status }) => status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'month.sealed' } });
  });

  it('takes nothing more: what comes late counts in the next month', async () => {
    await expect(closeMonth(t, office, may)).rejects.toMatchObject({ code: 'month.sealed' });
    await expect(publishMonth(t, office, may)).rejects.toMatchObject({ code: 'month.sealed' });
    await loadAll(t, 'findings', [{ ...finding, finding_id: 'F2', occurred_on: '2026-05-13' }]);
    await closeMonth(t, office, month('2026-06'));
    expect(await totalOf('S1')).toBe('94.00');
    expect(await totalOf('S1', '2026-06')).toBe('94.00');
    expect((await paySheet(t, office, '2026-05', 'en'))[0]).toMatchObject({
      state: 'sealed',
      amount_fen: 10_000,
    });
  });

  it('loses no rating that had arrived before the sealing and was written after it', async () => {
    const before = await countsOf('2026-06');
    t.clock.set(new Date('2026-06-11T17:29:59+08:00'));
    const ratings = [{ satisfaction: 5, tags: '510' }];
    await serve(t, { staff: 'S1', window: 'W1', day: '2026-05-12', count: 1, prefix: 'L', ratings });
    t.clock.set(new Date('2026-06-11T17:31:00+08:00'));
    await closeMonth(t, office, month('2026-06'));
    expect(await countsOf('2026-06')).toEqual({ ...before, rated: before.rated + 1, good: before.good + 1 });
  });

  it('pays nobody but purchased-service staff', async () => {
    const numbers = (await paySheet(t, office, '2026-05', 'zh-CN')).map(({ staff_no }) => staff_no);
    expect(numbers).toEqual(['S1']);
    await expect(paySheet(t, office, '2026-04', 'zh-CN')).rejects.toMatchObject({ code: 'month.not_closed' });
  });

  it('waived with a reason is sealed at once, and the reason stays', async () => {
    await closeMonth(t, office, month('2026-04'));
    const end = await sealMonth(t, office, month('2026-04'), { waiveNotice: '试运行月份，不公示' });
    expect(end).toMatchObject({ state: 'sealed', waived_reason: '试运行月份，不公示' });
    const report = await load(t, 'findings', [{ ...finding, finding_id: 'F3', occurred_on: '2026-04-20' }]);
    expect(report.outcome).toBe('loaded');
  });
});
