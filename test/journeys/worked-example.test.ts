import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth } from '../../src/close/month/index.ts';
import { allScores, explainScore } from '../../src/close/statement/index.ts';
import { month } from '../../src/kernel/month.ts';
import { parsePoints } from '../../src/kernel/points.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, load, loadAll, openHall, ratings, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-06-03T10:00:00+08:00') });
const office = cliActor(CITY);
const MAY = month('2026-05');

describe('the worked example', () => {
  beforeAll(async () => {
    await openHall(t);
    await serve(t, {
      staff: 'S1',
      window: 'W1',
      day: '2026-05-14',
      count: 170,
      prefix: 'P',
      ratings: [
        { satisfaction: 2, tags: '214', verdict: 'upheld' },
        { satisfaction: 2, tags: '212', verdict: 'upheld' },
        ...ratings(58, { satisfaction: 5, tags: '510' }),
      ],
    });
    const finding = { subject_kind: 'staff', subject_code: 'S1', quantity: '1', evidence: '照片 12 号' };
    const by = { recorded_by: 'D1', confirmed_by: 'D2' };
    await loadAll(t, 'findings', [
      { finding_id: 'F1', occurred_on: '2026-05-06', rule: 'daily.late', ...finding, ...by },
      { finding_id: 'F2', occurred_on: '2026-05-12', rule: 'daily.dress', ...finding, ...by },
      { finding_id: 'F3', occurred_on: '2026-05-13', rule: 'case.incomplete_notice', ...finding, ...by },
      { finding_id: 'F4', occurred_on: '2026-05-13', rule: 'daily.uncivil', ...finding, recorded_by: 'D1' },
    ]);
    const merit = { staff_no: 'S1', evidence: '登记表', confirmed_by: 'D2' };
    await loadAll(t, 'merits', [
      { merit_id: 'M1', occurred_on: '2026-05-18', rule: 'bonus.proactive_service', quantity: '2', ...merit },
      { merit_id: 'M2', occurred_on: '2026-05-20', rule: 'bonus.public_praise', quantity: '1', ...merit },
    ]);
  });

  it('refuses scores before the month was closed', async () => {
    await expect(allScores(t, office, { month: '2026-05', subject: 'staff' })).rejects.toMatchObject({
      code: 'month.not_closed',
    });
  });

  it('gives 94.71, 较好', async () => {
    const closed = await closeMonth(t, office, MAY);
    expect(closed).toMatchObject({ staff: 2, windows: 2, ratable: 170, rated: 60, good: 58, bad: 2 });
    const scores = await allScores(t, office, { month: '2026-05', subject: 'staff' });
    expect(scores.map((score) => score.subject_code)).toEqual(['S1', 'S2']);
    expect(scores[0]).toEqual({
      subject_kind: 'staff',
      subject_code: 'S1',
      name: '王芳',
      month: '2026-05',
      base_total: '92.21',
      bonus_total: '2.50',
      total: '94.71',
      grade: '较好',
      veto: false,
      flags: [],
      indicators: { stationing: '10.00', daily: '23.00', case: '28.00', rating: '21.21', complaint: '10.00' },
      bonus: {
        innovation: '0.00',
        proactive_service: '2.00',
        honour: '0.00',
        public_praise: '0.50',
        once_done: '0.00',
        publicity: '0.00',
        skill_contest: '0.00',
      },
      counts: { ratable: 170, rated: 60, good: 58, bad: 2 },
      state: 'provisional',
    });
    expect(scores[1]).toMatchObject({ total: '95.00', flags: ['small_sample', 'over_quota'] });
  });

  it('charges the process tag to the window', async () => {
    const scores = await allScores(t, office, { month: '2026-05', subject: 'window' });
    expect(scores.find((score) => score.subject_code === 'W1')).toMatchObject({
      indicators: { rating: '21.21', daily: '23.00' },
      bonus_total: null,
      grade: null,
    });
  });

  it.each(['staff/S1', 'staff/S2', 'window/W1', 'window/W2'] as const)(
    'explains %s to the hundredth',
    async (of) => {
      const [kind, code = ''] = of.split('/') as ['staff' | 'window', string];
      const subject = { kind, code };
      const explained = await explainScore(t, office, { month: '2026-05', subject, lang: 'zh-CN' });
      const sum = explained.lines.reduce((total, line) => total + (parsePoints(line.points) ?? 0), 0);
      expect(sum).toBe(parsePoints(explained.total));
      for (const line of explained.lines) expect(line.rule, `${line.kind} ${line.part}`).not.toBeNull();
    },
  );

  it('follows a deduction to its receipt', async () => {
    const subject = { kind: 'staff', code: 'S1' } as const;
    const explained = await explainScore(t, office, { month: '2026-05', subject, lang: 'zh-CN' });
    const rated = explained.lines.find((line) => line.fact?.kind === 'rating');
    expect(rated).toMatchObject({
      points: '-2.00',
      part: 'rating',
      text: '核实属实的“不满意”',
      rule: { value: '-2.00', from: '2022-01-01', source: '细则第八条第六款第一项' },
      fact: {
        project_no: 'P-0001',
        occurred_on: '2026-05-14',
        rating: { satisfaction: 2, tags: [214], verdict: 'upheld' },
      },
    });
    const late = explained.lines.find((line) => line.fact?.id === 'F1');
    expect(late).toMatchObject({ points: '-1.00', text: '迟到', fact: { evidence: '照片 12 号' } });
  });

  it('adds nothing to the book when closed again', async () => {
    const again = await closeMonth(t, office, MAY);
    expect(again.entries_posted).toBe(0);
    const [score] = await allScores(t, office, { month: '2026-05', subject: 'staff' });
    expect(score?.total).toBe('94.71');
  });

  it('refuses a month that has not begun, and text that is none', async () => {
    await expect(closeMonth(t, office, month('2026-07'))).rejects.toMatchObject({ code: 'month.in_future' });
    await expect(allScores(t, office, { month: '2026-13', subject: 'staff' })).rejects.toMatchObject({
      code: 'month.malformed',
    });
  });

  it('takes a finding once, refuses it with other content, and lets the second person be named later', async () => {
    const row = {
      finding_id: 'F4',
      occurred_on: '2026-05-13',
      rule: 'daily.uncivil',
      subject_kind: 'staff',
      subject_code: 'S1',
      quantity: '1',
      evidence: '照片 12 号',
      recorded_by: 'D1',
    };
    expect(await load(t, 'findings', [row])).toMatchObject({ unchanged: 1, created: 0, updated: 0 });
    expect(await load(t, 'findings', [{ ...row, quantity: '2' }])).toMatchObject({
      outcome: 'refused',
      problems: [{ code: 'finding.differs', column: 'finding_id' }],
    });
    expect(await load(t, 'findings', [{ ...row, confirmed_by: 'D2' }])).toMatchObject({ updated: 1 });
    await closeMonth(t, office, MAY);
    const [score] = await allScores(t, office, { month: '2026-05', subject: 'staff' });
    expect(score).toMatchObject({ total: '92.71', indicators: { daily: '21.00' } });
  });
});
