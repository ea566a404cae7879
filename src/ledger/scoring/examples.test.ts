import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import { GRADES, IDENTITIES, INDICATORS, SCORE_FLAGS } from '../../kernel/assessment.ts';
import { parseDay } from '../../kernel/day.ts';
import { findOn } from '../../kernel/history.ts';
import type { SubjectKind } from '../../kernel/ids.ts';
import { parseMonth } from '../../kernel/month.ts';
import { formatPoints, parsePoints } from '../../kernel/points.ts';
import { checkoutDir } from '../../platform/config.ts';
import { readRuleFolder } from '../../platform/rules.ts';
import { parseScheme, type Scheme } from '../scheme/index.ts';
import {
  gradeStaff,
  gradeValues,
  type MonthInput,
  monthValues,
  NO_COUNTS,
  payOf,
  type ScoredEntry,
  scoreMonth,
} from './index.ts';

const subject = {
  staff: z.string().optional(),
  window: z.string().optional(),
  department: z.string().optional(),
};
const points = z.number().transform((value) => {
  const centi = parsePoints(String(value));
  assert(centi !== undefined, 'points have two decimals');
  return centi;
});
const counts = { ratable: z.int(), rated: z.int(), good: z.int(), bad: z.int() };

const exampleSchema = z.strictObject({
  name: z.string(),
  month: z.string(),
  given: z.strictObject({
    departments: z.array(z.strictObject({ code: z.string() })).default([{ code: 'D' }]),
    windows: z.array(z.strictObject({ code: z.string(), department: z.string().default('D') })),
    staff: z.array(
      z.strictObject({
        code: z.string(),
        identity: z.enum(IDENTITIES),
        department: z.string().default('D'),
        postings: z.array(
          z.strictObject({ window: z.string(), days: z.int(), chief: z.boolean().default(false) }),
        ),
      }),
    ),
    counts: z.array(z.strictObject({ ...subject, ...counts })),
    entries: z.array(
      z.strictObject({
        ...subject,
        id: z.string(),
        rule: z.string(),
        on: z.string(),
        quantity: z.int().default(1),
        project: z.string().optional(),
      }),
    ),
  }),
  expect: z.array(
    z.strictObject({
      ...subject,
      stationing: points.optional(),
      daily: points.optional(),
      case: points.optional(),
      rating: points.optional(),
      complaint: points.optional(),
      base: points.optional(),
      bonus: points.optional(),
      total: points,
      veto: z.boolean().default(false),
      grade: z.enum(GRADES).optional(),
      pay: points.optional(),
      flags: z.array(z.enum(SCORE_FLAGS)).optional(),
    }),
  ),
  absent: z.array(z.string()).default([]),
});
type Example = z.infer<typeof exampleSchema>;

const folder = join(checkoutDir, 'rules/examples');
const scheme = exampleCity();

describe.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('%s', (file) => {
  const example = exampleSchema.parse(parse(readFileSync(join(folder, file), 'utf8')));

  it(example.name, () => {
    const results = scored(example);
    for (const expected of example.expect) {
      const { kind, code } = subjectOf(expected);
      const found = results.get(`${kind} ${code}`);
      expect(found, `${kind} ${code}`).toBeDefined();
      expect({ code, ...found }).toMatchObject({ code, ...inWords(expected) });
      expect(found?.linesTotal).toBe(found?.total);
    }
    for (const absent of example.absent) expect(results.has(absent), absent).toBe(false);
  });
});

/** The results in the words of an example file. */
function scored(example: Example): Map<string, Record<string, unknown>> {
  const month = parseMonth(example.month);
  assert(month !== undefined, 'the month is one');
  const input = inputOf(example);
  const subjects = scoreMonth(input, monthValues(scheme, month));
  const values = gradeValues(scheme, month);
  const staff = new Map(example.given.staff.map((one) => [one.code, one]));
  const candidates = subjects.flatMap(({ kind, code, score }) => {
    const person = staff.get(code);
    if (kind !== 'staff' || person === undefined) return [];
    const { totalCenti, veto, deductedCenti } = score;
    const { identity } = person;
    return [{ code, unitCode: 'U', identity, totalCenti, veto, deductedCenti, callBack: null, leaveDays: 0 }];
  });
  const grades = gradeStaff(candidates, values);
  return new Map(
    subjects.map(({ kind, code, score }) => {
      const graded = kind === 'staff' ? grades.get(code) : undefined;
      const identity = staff.get(code)?.identity;
      const pay = graded && identity ? payOf(graded.grade, identity, values) : null;
      const indicators = Object.fromEntries(
        INDICATORS.map((part) => [part, formatPoints(score.indicators[part])]),
      );
      const words = {
        ...indicators,
        base: formatPoints(score.baseCenti),
        bonus: formatPoints(score.bonusCenti),
        total: formatPoints(score.totalCenti),
        linesTotal: formatPoints(score.lines.reduce((sum, line) => sum + line.pointsCenti, 0)),
        veto: score.veto,
        grade: graded?.grade,
        pay: pay === null ? undefined : formatPoints(pay),
        flags: [...score.flags, ...(graded?.overQuota ? ['over_quota'] : [])],
      };
      return [`${kind} ${code}`, words];
    }),
  );
}

function inWords(expected: Example['expect'][number]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(expected)
      .filter(([name, value]) => value !== undefined && !Object.hasOwn(subject, name))
      .map(([name, value]) => [name, typeof value === 'number' ? formatPoints(value) : value]),
  );
}

function inputOf({ given }: Example): MonthInput {
  const countsOf = (kind: SubjectKind) =>
    new Map(
      given.counts.flatMap(({ [kind]: code, ratable, rated, good, bad }) =>
        code === undefined ? [] : [[code, { ...NO_COUNTS, ratable, rated, good, bad }]],
      ),
    );
  return {
    departments: given.departments,
    windows: given.windows.map(({ code, department }) => ({ code, departmentCode: department })),
    staff: given.staff.map(({ code, department, postings }) => ({
      code,
      departmentCode: department,
      postings: postings.map(({ window, days, chief }) => ({ windowCode: window, days, chief })),
    })),
    entries: given.entries.map(entryOf),
    counts: { staff: countsOf('staff'), window: countsOf('window'), department: countsOf('department') },
  };
}

function entryOf(given: Example['given']['entries'][number]): ScoredEntry {
  const rule = scheme.rules.find(({ code }) => code === given.rule);
  const on = parseDay(given.on);
  assert(rule !== undefined && on !== undefined, `${given.id} names a rule and a day`);
  const { kind, code } = subjectOf(given);
  const value = findOn(rule.values, on);
  assert(value !== undefined, 'the rule has a value on the day');
  return {
    entryId: given.id,
    subjectKind: kind,
    subjectCode: code,
    rule: rule.code,
    part: rule.part,
    pointsCenti: value.value.amount,
    quantity: given.quantity,
    occurredOn: on,
    factId: given.id,
    projectNo: given.project ?? null,
    veto: rule.veto,
    reverses: null,
  };
}

function subjectOf(given: { [kind in SubjectKind]?: string | undefined }): {
  kind: SubjectKind;
  code: string;
} {
  for (const kind of ['staff', 'window', 'department'] as const) {
    const code = given[kind];
    if (code !== undefined) return { kind, code };
  }
  throw new Error('an example names a subject');
}

function exampleCity(): Scheme {
  const parsed = parseScheme('example-city', readRuleFolder('example-city'));
  assert(parsed.kind === 'scheme', 'the example scheme is sound');
  return parsed.scheme;
}
