import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, deskOf, publishMonth, sealMonth } from '../../src/close/month/index.ts';
import { month } from '../../src/kernel/month.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, loadAll, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-05-20T10:00:00+08:00') });
const office = cliActor(CITY);
const may = month('2026-05');

async function desk() {
  const { steps, missing, ...rest } = await deskOf(t, office, may);
  const open = missing.filter(({ count }) => count > 0).map(({ kind, count }) => `${kind} ${count}`);
  return { states: steps.map(({ step, state }) => `${step} ${state}`), steps, open, ...rest };
}

beforeAll(async () => {
  await openHall(t);
  const ratings = [{ satisfaction: 2, tags: '214' }];
  await serve(t, { staff: 'S1', window: 'W1', day: '2026-05-11', count: 2, prefix: 'M', ratings });
});

describe('the month desk', () => {
  it('shows a running month, what is missing, and its limits by scheme and calendar', async () => {
    const shown = await desk();
    expect(shown).toMatchObject({ running: true, needs_waiver: true, waived_reason: null });
    expect(shown.states).toEqual([
      'collect later',
      'check later',
      'close later',
      'notice later',
      'seal later',
    ]);
    expect(shown.open).toEqual(['unverified_ratings 1']);
    // The 3rd and the 5th of June, and five working days from Friday the 5th: the weekends don't count.
    expect(shown.steps.map(({ until }) => until)).toEqual([
      '2026-06-03T17:30:00+08:00',
      '2026-06-05T17:30:00+08:00',
      null,
      '2026-06-12T17:30:00+08:00',
      null,
    ]);
    expect(shown.days.at(0)).toEqual({ day: '2026-06-01', work: true });
    expect(shown.days.find(({ day }) => day === '2026-06-06')).toEqual({ day: '2026-06-06', work: false });
    expect(shown.days.at(-1)?.day).toBe('2026-06-12');
  });

  it('counts what only one person stands for', async () => {
    await loadAll(t, 'findings', [
      {
        ...{ finding_id: 'F1', occurred_on: '2026-05-12', subject_kind: 'staff', subject_code: 'S1' },
        ...{ rule: 'daily.late', quantity: '1', evidence: '打卡', recorded_by: 'V1', confirmed_by: '' },
      },
    ]);
    expect((await desk()).open).toEqual(['unverified_ratings 1', 'unconfirmed_findings 1']);
  });

  it('goes from step to step with the clock and with who does them', async () => {
    t.clock.set(new Date('2026-06-04T10:00:00+08:00'));
    expect((await desk()).states.slice(0, 3)).toEqual(['collect done', 'check current', 'close later']);
    t.clock.set(new Date('2026-06-08T10:00:00+08:00'));
    expect((await desk()).states.slice(1, 4)).toEqual(['check done', 'close current', 'notice later']);
    await closeMonth(t, office, may);
    expect((await desk()).states.slice(2)).toEqual(['close done', 'notice current', 'seal later']);
    await publishMonth(t, office, may);
    const published = await desk();
    expect(published.states.slice(2)).toEqual(['close done', 'notice done', 'seal current']);
    expect(published.steps[3]).toMatchObject({ done_by: office.name, until: '2026-06-15T17:30:00+08:00' });
    t.clock.set(new Date('2026-06-16T10:00:00+08:00'));
    expect(await desk()).toMatchObject({ needs_waiver: false });
    await sealMonth(t, office, may);
    expect((await desk()).states.at(-1)).toBe('seal done');
  });

  it('refuses a month that has not begun, and who answers for a part of the city', async () => {
    await expect(deskOf(t, office, month('2026-09'))).rejects.toMatchObject({ code: 'month.in_future' });
    const part = { ...office, scope: { cityCode: CITY, regionPrefix: '370811' } };
    await expect(deskOf(t, part, may)).rejects.toMatchObject({ code: 'month.whole_city' });
  });
});
