import { z } from 'zod';
import { dayOf, parseMoment } from '../../kernel/day.ts';
import { equalBytes, randomBytesFast, sha256 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/db.ts';
import { emit } from '../../platform/facts.ts';
import type {
  ImportContext,
  ImportedRow,
  ImportKind,
  LoadResult,
  RowProblem,
} from '../../platform/imports.ts';
import { unreachable } from '../../registry/region/index.ts';
import { cleanText } from './actions.ts';
import { ratingVerified } from './fact.ts';
import {
  fillVerdicts,
  findTargets,
  type ImportedRating,
  type ImportTarget,
  insertImported,
  type VerdictRow,
} from './import-store.ts';
import { type Judgement, judge, type Level, tagCodes } from './rating.ts';
import { nationalRules } from './rule-actions.ts';
import { beginBatch } from './store.ts';
import { tellBatch } from './telling-actions.ts';

/** Clocks of other systems run a little ahead. */
const CLOCK_SKEW_MS = 10 * 60_000;

const whole = (lowest: number, highest: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text), { params: { code: 'field.whole_number' }, abort: true })
    .transform(Number)
    .pipe(z.number().min(lowest).max(highest));
const score = whole(1, 5).optional();
const badMoment = { error: 'moment', params: { code: 'field.moment' } };

/** A line of the file `ratings` (contract §3). */
const ratingLine = z
  .object({
    projectNo: z.string().max(64),
    serviceNumber: whole(1, 999_999),
    pf: whole(1, 99),
    satisfaction: whole(1, 5),
    evalDetail: z
      .string()
      .max(400)
      .optional()
      .transform((text) => tagCodes([text ?? ''])),
    writingEvaluation: z.string().max(5000).optional(),
    process: score,
    efficiency: score,
    attitude: score,
    assessTime: z.string().refine((text) => parseMoment(text) !== undefined, badMoment),
    verdict: z.enum(['upheld', 'mistaken', 'malicious']).optional(),
    attribution: z.enum(['staff', 'window', 'department']).optional(),
    verified_by: z.string().max(64).optional(),
    approved_by: z.string().max(64).optional(),
  })
  .refine((line) => line.evalDetail !== undefined, {
    path: ['evalDetail'],
    params: { code: 'rating.tag_malformed' },
  })
  .refine((line) => line.verified_by === undefined || line.verified_by !== line.approved_by, {
    path: ['approved_by'],
    params: { code: 'rating.same_person' },
  })
  .refine((line) => !isExclusion(line.verdict) || (line.verified_by && line.approved_by), {
    path: ['approved_by'],
    params: { code: 'rating.two_persons_needed' },
  });

type RatingLine = z.output<typeof ratingLine>;

function isExclusion(verdict: string | undefined): boolean {
  return verdict === 'mistaken' || verdict === 'malicious';
}

const REQUIRED = ['projectNo', 'serviceNumber', 'pf', 'satisfaction', 'assessTime'];

/**
 * Ratings by file: paper forms and migrations, marked as imported; a verdict may be filled in by a later
 * file.
 */
export const ratingImport: ImportKind<RatingLine> = {
  kind: 'ratings',
  columns: [
    ...REQUIRED,
    ...['evalDetail', 'writingEvaluation', 'process', 'efficiency', 'attitude'],
    ...['verdict', 'attribution', 'verified_by', 'approved_by'],
  ].map((name) => ({ name, required: REQUIRED.includes(name) })),
  row: ratingLine,
  key: keyOf,
  load: loadRatings,
};

function keyOf(line: { projectNo: string; serviceNumber: number }): string {
  return `${line.projectNo}\n${line.serviceNumber}`;
}

async function loadRatings(
  tx: Tx,
  context: ImportContext,
  lines: readonly ImportedRow<RatingLine>[],
): Promise<LoadResult> {
  const keys = lines.map(({ row }) => ({ projectNo: row.projectNo, serviceNumber: row.serviceNumber }));
  const found = await findTargets(tx, context.cityCode, keys);
  const targets = new Map(
    found.map((target) => [
      keyOf({ projectNo: target.project_no, serviceNumber: target.service_number }),
      target,
    ]),
  );
  const problems: RowProblem[] = [];
  const fresh: ImportedRating[] = [];
  const verdicts: VerdictRow[] = [];
  const touched = new Set<string>();
  for (const { line, row } of lines) {
    const target = targets.get(keyOf(row));
    const problem = problemOf(row, target, context);
    if (problem || target === undefined) {
      problems.push({ line, ...(problem ?? { column: 'projectNo', code: 'service_record.unknown' }) });
      continue;
    }
    const isNew = target.satisfaction === null;
    if (isNew) fresh.push(ratingOf(row, target.step_id));
    const verdict = verdictOf(row, target);
    if (verdict) verdicts.push(verdict);
    if (verdict && !isNew) touched.add(target.step_id);
  }
  const source = context.source === 'demo' ? 'demo' : 'import';
  const created = await writeRatings(tx, context, source, fresh);
  if (verdicts.length > 0) {
    await fillVerdicts(tx, context.cityCode, {
      source,
      decidedOn: dayOf(context.now),
      recordedAt: context.now,
      rows: verdicts,
    });
    const stepIds = [...touched];
    if (stepIds.length > 0) await emit(tx, ratingVerified, { cityCode: context.cityCode, stepIds });
  }
  const unchanged = lines.length - problems.length - created - touched.size;
  return { created, updated: touched.size, unchanged, problems };
}

async function writeRatings(
  tx: Tx,
  context: ImportContext,
  source: 'import' | 'demo',
  rows: readonly ImportedRating[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const { cityCode, now } = context;
  const batchId = await beginBatch(tx, cityCode, 'import');
  const written = await insertImported(tx, cityCode, { id: batchId, source, recordedAt: now, rows });
  const ratings = rows.flatMap(({ step_id: stepId, satisfaction }) =>
    written.has(stepId) ? [{ stepId, level: satisfaction as Level }] : [],
  );
  await tellBatch(tx, { cityCode, batchId, ratings });
  return written.size;
}

type Problem = Omit<RowProblem, 'line'>;

/** Why a line can't be taken; undefined when it can. */
function problemOf(
  row: RatingLine,
  target: ImportTarget | undefined,
  context: ImportContext,
): Problem | undefined {
  if (target === undefined) return { column: 'projectNo', code: 'service_record.unknown' };
  const place = { regionCode: target.region_code, departmentCode: target.dept_code };
  const outside = unreachable(context.scope, [place]);
  if (outside) return outside;
  const assessedAt = parseMoment(row.assessTime);
  if (assessedAt && assessedAt.getTime() > context.now.getTime() + CLOCK_SKEW_MS) {
    return { column: 'assessTime', code: 'rating.in_future' };
  }
  const given = {
    satisfaction: row.satisfaction as Level,
    tags: row.evalDetail,
    text: cleanText(row.writingEvaluation ?? ''),
    channel: row.pf,
  };
  const judged = judge(given, dayOf(assessedAt ?? context.now), nationalRules());
  if (judged.kind !== 'fine') return brokenRule(judged);
  if (target.satisfaction !== null && !sameRating(row, target)) {
    return { column: 'projectNo', code: 'rating.already_recorded' };
  }
  if (context.atOffice && excludes(row, target)) {
    return { column: 'verdict', code: 'rating.exclusion_at_desk' };
  }
  return verdictFault(row, target);
}

/** Names typed into a file are no second person: what a citizen gave is excluded at the desk. */
function excludes(row: RatingLine, { satisfaction, source, verdict }: ImportTarget): boolean {
  const given = satisfaction !== null && source !== 'import' && source !== 'demo';
  return given && verdict === null && (row.verdict === 'mistaken' || row.verdict === 'malicious');
}

function verdictFault(row: RatingLine, target: ImportTarget): Problem | undefined {
  if (target.verdict !== null && row.verdict !== undefined && !sameVerdict(row, target)) {
    return { column: 'verdict', code: 'rating.verdict_stands' };
  }
  const decided = target.attribution !== null || target.verdict !== null;
  if (decided && row.attribution !== undefined && row.attribution !== target.attribution) {
    return { column: 'attribution', code: 'rating.attribution_stands' };
  }
  const rated = [target.staff_no, target.staff_name].filter((one) => one !== null);
  for (const column of ['verified_by', 'approved_by'] as const) {
    if (rated.includes(row[column] ?? '')) return { column, code: 'rating.own_verdict' };
  }
  return undefined;
}

function brokenRule(judged: Judgement): Problem {
  const { kind, ...params } = judged;
  const column =
    kind === 'text_too_long' ? 'writingEvaluation' : kind === 'channel_unknown' ? 'pf' : 'evalDetail';
  const { tag, level, length, limit, channel } = params as Record<string, number>;
  const numbers = Object.entries({ tag, level, length, limit, channel }).filter(
    ([, value]) => value !== undefined,
  );
  return { column, code: `rating.${kind}`, params: Object.fromEntries(numbers) as Record<string, number> };
}

/**
 * Whether the line says what stands already. Of a rating that came through its link only level and tags are
 * compared: its own time and channel count, and the file merely brings its verdict.
 */
function sameRating(row: RatingLine, target: ImportTarget): boolean {
  const tags = (row.evalDetail ?? []).join();
  if (row.satisfaction !== target.satisfaction || tags !== [...(target.tags ?? [])].sort().join())
    return false;
  if (target.source !== 'import' && target.source !== 'demo') return true;
  const scores =
    (row.process ?? null) === target.process &&
    (row.efficiency ?? null) === target.efficiency &&
    (row.attitude ?? null) === target.attitude;
  const time = parseMoment(row.assessTime)?.getTime() === target.assessed_at?.getTime();
  return scores && time && row.pf === target.channel && sameText(row, target);
}

function sameText(row: RatingLine, target: ImportTarget): boolean {
  const text = cleanText(row.writingEvaluation ?? '');
  if (target.text_hash === null) return text === '';
  // An erased text can't be compared any more; the rating stands as it is.
  return target.salt === null || (text !== '' && equalBytes(sha256(target.salt, text), target.text_hash));
}

function sameVerdict(row: RatingLine, target: ImportTarget): boolean {
  return (
    row.verdict === target.verdict &&
    (row.verified_by ?? null) === target.verified_by &&
    (row.approved_by ?? null) === target.approved_by
  );
}

/** The verdict part of a line, when it brings something that doesn't stand yet. */
function verdictOf(row: RatingLine, target: ImportTarget): VerdictRow | undefined {
  const given = row.verdict ?? row.attribution ?? row.verified_by ?? row.approved_by;
  if (given === undefined || target.verdict !== null) return undefined;
  // An attribution that stands already gains nothing by being named again.
  const adds = row.attribution !== undefined && target.attribution === null;
  if (target.has_verdict && row.verdict === undefined && !adds) return undefined;
  return {
    step_id: target.step_id,
    service_month: target.service_month,
    verdict: row.verdict ?? null,
    attribution: row.attribution ?? null,
    verified_by: row.verified_by ?? null,
    approved_by: row.approved_by ?? null,
  };
}

function ratingOf(row: RatingLine, stepId: string): ImportedRating {
  const text = cleanText(row.writingEvaluation ?? '');
  const salt = text === '' ? null : randomBytesFast(16);
  return {
    step_id: stepId,
    satisfaction: row.satisfaction,
    tags: row.evalDetail ?? [],
    process: row.process ?? null,
    efficiency: row.efficiency ?? null,
    attitude: row.attitude ?? null,
    channel: row.pf,
    assessed_at: parseMoment(row.assessTime)?.toISOString() ?? '',
    receipt: randomBytesFast(10).toString('hex'),
    salt: salt?.toString('hex') ?? null,
    text_hash: salt && sha256(salt, text).toString('hex'),
    body: salt && text,
  };
}
