import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, sealMonth, verifyBook } from '../../src/close/month/index.ts';
import { explainScore } from '../../src/close/statement/index.ts';
import { SUBJECT_KINDS, type SubjectKind } from '../../src/kernel/ids.ts';
import { month } from '../../src/kernel/month.ts';
import { parseHundredths } from '../../src/kernel/points.ts';
import { cliActor } from '../../src/oversight/access/index.ts';
import { paySheet, payTable } from '../../src/uses/pay/index.ts';
import { testDb } from '../support/db.ts';
import { CITY, DEPARTMENT, loadAll, openHall, serve } from './assessed-month.ts';

const t = await testDb({ now: new Date('2026-12-10T10:00:00+08:00') });
const office = cliActor(CITY);

const RULES = ['daily.late', 'daily.quarrel', 'case.result_error', 'stationing.item_outside'];
const BONUSES = ['bonus.public_praise', 'bonus.honour_city', 'bonus.innovation', 'bonus.skill_contest'];

const aMonth = fc.record({
  findings: fc.array(
    fc.record({
      rule: fc.constantFrom(...RULES),
      subject: fc.constantFrom('staff S1', 'staff S2', 'window W1', 'window W2', `department ${DEPARTMENT}`),
      quantity: fc.integer({ min: 1, max: 8 }),
      project: fc.constantFrom('', 'P-1', 'P-2'),
    }),
    { maxLength: 12 },
  ),
  merits: fc.array(
    fc.record({
      rule: fc.constantFrom(...BONUSES),
      staff: fc.constantFrom('S1', 'S2'),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 6 },
  ),
  levels: fc.array(fc.constantFrom(1, 2, 3, 4, 5), { maxLength: 12 }),
});

const TAGS: Readonly<Record<number, string>> = { 1: '115', 2: '212', 3: '307', 4: '406', 5: '510' };

beforeAll(() => openHall(t));

async function explained(kind: SubjectKind, code: string, of: string) {
  return await explainScore(t, office, { month: of, subject: { kind, code }, lang: 'zh-CN' });
}

describe('every total', () => {
  const samples = fc.sample(aMonth, { numRuns: 6, seed: 20260701 });
  it.each(samples.map((sample, at) => [`2026-${String(at + 1).padStart(2, '0')}`, sample] as const))(
    'of %s is the sum of the lines that explain it',
    async (of, { findings, merits, levels }) => {
      const shared = { occurred_on: `${of}-05`, evidence: '核查', confirmed_by: 'C' };
      await loadAll(
        t,
        'findings',
        findings.map(({ rule, subject, quantity, project }, at) => {
          const [subject_kind = '', subject_code = ''] = subject.split(' ');
          const about = { rule, subject_kind, subject_code, quantity: String(quantity), projectNo: project };
          return { ...shared, finding_id: `${of}-F${at}`, recorded_by: 'R', ...about };
        }),
      );
      await loadAll(
        t,
        'merits',
        merits.map(({ rule, staff, quantity }, at) => ({
          ...{ ...shared, merit_id: `${of}-M${at}`, staff_no: staff, rule, quantity: String(quantity) },
        })),
      );
      await serve(t, {
        ...{ staff: 'S1', window: 'W1', day: `${of}-08`, count: 12, prefix: `T${of}` },
        ratings: levels.map((satisfaction) => ({
          satisfaction,
          tags: TAGS[satisfaction] ?? '',
          ...(satisfaction < 3 ? { verdict: 'upheld' } : {}),
        })),
      });
      t.clock.advance(60_000);
      await closeMonth(t, office, month(of));
      const codes = { staff: ['S1', 'S2'], window: ['W1', 'W2'], department: [DEPARTMENT] };
      for (const kind of SUBJECT_KINDS) {
        for (const code of codes[kind]) {
          const { lines, total } = await explained(kind, code, of);
          const sum = lines.reduce(
            (points, line) => points + (parseHundredths(line.points) ?? Number.NaN),
            0,
          );
          expect({ code, sum }).toEqual({ code, sum: parseHundredths(total) });
        }
      }
    },
  );

  it('is proven with the whole book', async () => {
    expect((await verifyBook(t, office)).differences).toEqual([]);
  });

  it('says why the public notice was cut short', async () => {
    await sealMonth(t, office, month('2026-01'), { waiveNotice: '系统试运行，不作公示' });
    expect(await explained('staff', 'S1', '2026-01')).toMatchObject({
      waived_reason: '系统试运行，不作公示',
    });
  });
});

describe('the pay sheet', () => {
  it('has a row for each purchased-service person: points, amount and how it came about', async () => {
    const [line, ...others] = await paySheet(t, office, '2026-01', 'zh-CN');
    expect(others).toEqual([]);
    const { columns, rows } = await payTable(t, office, '2026-01', 'zh-CN');
    expect(columns).toContain('浮动金额（元）');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toEqual(
      expect.arrayContaining(['2026-01', 'S1', '王芳', line?.total, line?.reason, '已封存']),
    );
  });
});
