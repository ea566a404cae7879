import { z } from 'zod';
import { finishedCall } from '../../feedback/follow-up/index.ts';
import { isoMoment, parseMoment } from '../../kernel/day.ts';
import { defineRefusals } from '../../kernel/refusal.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type {
  ImportContext,
  ImportedRow,
  ImportKind,
  LoadResult,
  RowProblem,
} from '../../platform/imports.ts';
import { unreachable } from '../../registry/region/index.ts';
import { type CalledStep, type CallRow, findCalledSteps, findCalls, insertCalls } from './call-store.ts';

defineRefusals({
  'call.in_future': {
    status: 422,
    zh: '回访时间晚于当前时间。请核对 called_at。',
    en: 'The time of the call lies in the future. Check called_at.',
  },
  'call.before_service': {
    status: 422,
    zh: '回访时间早于办理时间。请核对 called_at。',
    en: 'The call is earlier than the service. Check called_at.',
  },
  'call.not_asked': {
    status: 422,
    zh: '没有接通的回访不能填是否评价过。请去掉 rated，或改正 outcome。',
    en: 'Whoever was not reached said nothing. Leave rated out, or correct outcome.',
  },
  'call.own_service': {
    status: 422,
    zh: '回访人不能是办理这项服务的本人。请由他人回访。',
    en: 'Whoever served may not call. Let somebody else do so.',
  },
  'call.differs': {
    status: 409,
    zh: '这次回访已经登记，内容与这一行不同，原登记未改动。请核对。',
    en: 'This call is recorded already with other content and stands as it is. Check the line.',
  },
});

const OUTCOMES = ['reached', 'no_answer', 'refused', 'wrong_number'] as const;
const badMoment = { error: 'moment', params: { code: 'field.moment' } };

/** A line of the file `call-backs`: what somebody said when the office called. */
const callLine = z
  .object({
    projectNo: z.string().max(64),
    serviceNumber: z
      .string()
      .refine((text) => /^\d{1,6}$/.test(text) && Number(text) > 0, {
        params: { code: 'field.whole_number' },
        abort: true,
      })
      .transform(Number),
    called_at: z.string().refine((text) => parseMoment(text) !== undefined, badMoment),
    outcome: z.enum(OUTCOMES),
    rated: z
      .enum(['true', 'false'])
      .optional()
      .transform((text) => (text === undefined ? null : text === 'true')),
    caller: z.string().trim().min(1).max(64),
  })
  .refine((line) => line.rated === null || line.outcome === 'reached', {
    path: ['rated'],
    params: { code: 'call.not_asked' },
  });
type CallLine = z.output<typeof callLine>;

const OPTIONAL = ['rated'];

/** Import kind `call-backs`, for calls that another system makes (docs/integration/call-backs.md). */
export const callImport: ImportKind<CallLine> = {
  kind: 'call-backs',
  columns: ['projectNo', 'serviceNumber', 'called_at', 'outcome', 'rated', 'caller'].map((name) => ({
    name,
    required: !OPTIONAL.includes(name),
  })),
  row: callLine,
  key: (line) => `${keyOf(line)}\n${momentOf(line)}`,
  load: loadCalls,
};

function keyOf({ projectNo, serviceNumber }: { projectNo: string; serviceNumber: number }): string {
  return `${projectNo}\n${serviceNumber}`;
}

function momentOf(line: CallLine): string {
  const at = parseMoment(line.called_at);
  return at === undefined ? line.called_at : isoMoment(at);
}

/** Adds what is new; the same line again changes nothing. */
async function loadCalls(
  tx: Tx,
  context: ImportContext,
  lines: readonly ImportedRow<CallLine>[],
): Promise<LoadResult> {
  const keys = lines.map(({ row }) => ({ projectNo: row.projectNo, serviceNumber: row.serviceNumber }));
  const steps = new Map(
    (await findCalledSteps(tx, context.cityCode, keys)).map((step) => [
      keyOf({ projectNo: step.project_no, serviceNumber: step.service_number }),
      step,
    ]),
  );
  const stepIds = [...steps.values()].map((step) => step.step_id);
  const standing = new Map(
    (await findCalls(tx, context.cityCode, stepIds)).map((call) => [
      `${call.step_id} ${isoMoment(call.called_at)}`,
      call,
    ]),
  );
  const problems: RowProblem[] = [];
  const fresh: CallRow[] = [];
  for (const { line, row } of lines) {
    const step = steps.get(keyOf(row));
    const known = standing.get(`${step?.step_id} ${momentOf(row)}`);
    const problem = faultOf(row, step, context) ?? differs(row, known);
    if (problem !== undefined) problems.push({ line, ...problem });
    else if (step !== undefined && known === undefined) fresh.push(callOf(row, step));
  }
  const { by, now } = context;
  const created =
    fresh.length === 0 ? 0 : await insertCalls(tx, context.cityCode, { rows: fresh, by, at: now });
  return { created, updated: 0, unchanged: lines.length - problems.length - created, problems };
}

type Problem = Omit<RowProblem, 'line'>;

function faultOf(row: CallLine, step: CalledStep | undefined, context: ImportContext): Problem | undefined {
  if (step === undefined) return { column: 'projectNo', code: 'service_record.unknown' };
  const outside = unreachable(context.scope, [
    { regionCode: step.region_code, departmentCode: step.dept_code },
  ]);
  if (outside) return outside;
  const at = parseMoment(row.called_at);
  if (at && at > context.now) return { column: 'called_at', code: 'call.in_future' };
  if (at && at < step.service_time) return { column: 'called_at', code: 'call.before_service' };
  const served = [step.staff_no, step.staff_name].filter((one) => one !== null);
  return served.includes(row.caller) ? { column: 'caller', code: 'call.own_service' } : undefined;
}

function differs(
  row: CallLine,
  known: { outcome: string; rated: boolean | null; caller: string } | undefined,
): Problem | undefined {
  if (known === undefined) return undefined;
  const same = known.outcome === row.outcome && known.rated === row.rated && known.caller === row.caller;
  return same ? undefined : { column: 'called_at', code: 'call.differs' };
}

function callOf(row: CallLine, step: CalledStep): CallRow {
  return {
    step_id: step.step_id,
    called_at: momentOf(row),
    service_month: step.service_month,
    outcome: row.outcome,
    rated: row.rated,
    caller: row.caller,
  };
}

/** Lays what somebody said on the phone before the detectors, as a file would; a repeat adds nothing. */
export async function noteCall(
  deps: Deps,
  { cityCode, callId }: { cityCode: string; callId: string },
): Promise<void> {
  const call = await finishedCall(deps.db.app, { cityCode, callId });
  if (call === undefined || call.step === null) return;
  const row = {
    step_id: call.step.id,
    called_at: isoMoment(call.closedAt),
    service_month: call.step.month,
    outcome: call.outcome,
    rated: call.answers?.rated ?? null,
    caller: call.caller,
  };
  await inTx(deps.db, (tx) => insertCalls(tx, cityCode, { rows: [row], by: 'follow-up', at: call.closedAt }));
}
