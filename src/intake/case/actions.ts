import { encodeBase32 } from '../../kernel/base32.ts';
import { dayOf } from '../../kernel/day.ts';
import type { CityCode } from '../../kernel/ids.ts';
import { month as asMonth, type Month } from '../../kernel/month.ts';
import { packRecordNumber } from '../../kernel/record-number.ts';
import type { FieldError } from '../../kernel/refusal.ts';
import { randomBytesFast } from '../../platform/crypto.ts';
import { inTx, sqlState, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { inviteBySms } from '../invitation/index.ts';
import { canonicalText, recordKey, type Step, serviceMonthDay } from './case.ts';
import { recordsKept } from './fact.ts';
import {
  type ApplicantRow,
  findKept,
  insertSteps,
  type KeptStep,
  knownCodes,
  reserveSequence,
  type StepRow,
  takenShortCodes,
} from './store.ts';

/** What became of one step: its number and short code, or why it is refused and which fields are at fault. */
export type KeepOutcome =
  | { kind: 'created' | 'exists'; stepId: string; shortCode: string }
  | { kind: 'refused'; code: string; errors?: readonly FieldError[] };

/** Draws so many record numbers of a month and answers the sequence of the first. */
export type DrawNumbers = (month: Month, count: number) => Promise<bigint>;

export interface KeepOptions {
  source: 'api' | 'file' | 'demo' | 'hall';
  /** Answers whether the actor's scope covers the step; absent: everything. */
  covers?: (step: Step) => boolean;
}

const UNIQUE_VIOLATION = '23505';

/**
 * Keeps steps of one city in one transaction of its own; see `keepStepsIn`. The numbers are drawn before it
 * begins, so that no transaction waits for a connection while it holds one.
 */
export async function keepSteps(
  deps: Deps,
  cityCode: CityCode,
  steps: readonly Step[],
  options: KeepOptions,
): Promise<KeepOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const draw = await numbersDrawn(deps, cityCode, steps);
      return await inTx(deps.db, (tx) => keepStepsIn(tx, deps, cityCode, steps, { ...options, draw }));
    } catch (error) {
      // Two transactions drew the same short code in the same moment: draw again.
      if (sqlState(error) !== UNIQUE_VIOLATION || attempt >= 3) throw error;
    }
  }
}

/**
 * A month's counter is never touched within the transaction that keeps the steps: its row would stay locked
 * until the last line of a long file is in, and every other system would wait. Numbers that are not used
 * after all are left out.
 */
function drawing(deps: Deps, cityCode: CityCode): DrawNumbers {
  return (month, count) => reserveSequence(deps.db.app, cityCode, serviceMonthDay(month), count);
}

/** Numbers for all of the steps, drawn at once; handed out one after the other. */
export async function numbersDrawn(
  deps: Deps,
  cityCode: CityCode,
  steps: readonly Pick<Step, 'serviceMonth'>[],
): Promise<DrawNumbers> {
  const draw = drawing(deps, cityCode);
  const next = new Map<Month, bigint>();
  for (const [month, group] of Map.groupBy(steps, (step) => step.serviceMonth)) {
    next.set(month, await draw(month, group.length));
  }
  return async (month, count) => {
    const first = next.get(month) ?? (await draw(month, count));
    next.set(month, first + BigInt(count));
    return first;
  };
}

/**
 * Keeps steps of one city: unknown references are refused one by one, a repeat answers what exists, a
 * differing repeat is refused, everything else is written. Answers one outcome a step, in order.
 */
export async function keepStepsIn(
  tx: Tx,
  deps: Deps,
  cityCode: CityCode,
  steps: readonly Step[],
  options: KeepOptions & { draw?: DrawNumbers },
): Promise<KeepOutcome[]> {
  const outcomes = await refuseUnknown(tx, cityCode, steps, options);
  const open = steps.flatMap((step, at) => (outcomes[at] === undefined ? [{ step, at }] : []));
  const hashes = new Map(
    open.map(({ step }) => [step, deps.keys.hash('service-record', canonicalText(step))]),
  );
  const settle = (kept: ReadonlyMap<string, KeptStep>, created: ReadonlySet<string>): void => {
    for (const { step, at } of open) {
      if (outcomes[at] !== undefined) continue;
      const found = kept.get(recordKey(step));
      if (found) outcomes[at] = compare(found, hashes.get(step), created);
    }
  };
  const byKey = (rows: readonly KeptStep[]): Map<string, KeptStep> =>
    new Map(
      rows.map((row) => [recordKey({ projectNo: row.project_no, serviceNumber: row.service_number }), row]),
    );
  settle(byKey(await findKept(tx, cityCode, keysOf(open.map(({ step }) => step)))), new Set());
  const fresh = new Map<string, Step>();
  for (const { step, at } of open) {
    const key = recordKey(step);
    if (outcomes[at] === undefined && !fresh.has(key)) fresh.set(key, step);
  }
  if (fresh.size > 0) {
    const draw = options.draw ?? drawing(deps, cityCode);
    const rows = await numberSteps(tx, deps, cityCode, [...fresh.values()], { hashes, draw });
    const created = await insertSteps(tx, cityCode, rows, {
      source: options.source,
      recordedAt: deps.clock.now(),
    });
    const ours = rows.filter(({ step_id }) => created.has(step_id));
    await tellKept(tx, cityCode, ours);
    // Files bring in what is long over, and the demo's phones are invented.
    if (options.source === 'api' || options.source === 'hall') await inviteFresh(tx, deps, cityCode, ours);
    // Only what another transaction wrote in the meantime has to be looked up.
    const kept = byKey(ours.map(keptOf));
    const others = [...fresh].flatMap(([key, step]) => (kept.has(key) ? [] : [step]));
    const found = others.length > 0 ? byKey(await findKept(tx, cityCode, keysOf(others))) : new Map();
    settle(new Map([...kept, ...found]), created);
  }
  return outcomes.map((outcome) => outcome ?? { kind: 'refused', code: 'service_record.unknown' });
}

async function inviteFresh(tx: Tx, deps: Deps, cityCode: CityCode, rows: readonly StepRow[]): Promise<void> {
  const services = rows.map((row) => ({
    stepId: row.step_id,
    proStatus: row.pro_status,
    hasMobile: row.has_mobile,
    ratableUntil: new Date(row.ratable_until),
  }));
  await inviteBySms(tx, cityCode, services, deps.clock.now());
}

/** Tells of new steps in their own transaction: the days on which they took place. */
async function tellKept(tx: Tx, cityCode: string, rows: readonly StepRow[]): Promise<void> {
  if (rows.length === 0) return;
  const days = new Set(rows.map((row) => dayOf(new Date(row.service_time))));
  await emit(tx, recordsKept, { cityCode, days: [...days].sort() });
}

function keptOf(row: StepRow): KeptStep {
  const { project_no, service_number, step_id, short_code, content_hash } = row;
  return { project_no, service_number, step_id, short_code, content_hash: Buffer.from(content_hash, 'hex') };
}

function keysOf(steps: readonly Step[]): { projectNo: string; serviceNumber: number }[] {
  return steps.map(({ projectNo, serviceNumber }) => ({ projectNo, serviceNumber }));
}

/** The first step of a new key is `created`; a later one in the same batch is a repeat like any other. */
function compare(found: KeptStep, hash: Buffer | undefined, created: ReadonlySet<string>): KeepOutcome {
  if (!hash?.equals(found.content_hash)) return { kind: 'refused', code: 'service_record.differs' };
  const kind = created.has(found.step_id) ? 'created' : 'exists';
  return { kind, stepId: found.step_id, shortCode: found.short_code };
}

async function refuseUnknown(
  tx: Tx,
  cityCode: CityCode,
  steps: readonly Step[],
  options: KeepOptions,
): Promise<(KeepOutcome | undefined)[]> {
  const distinct = (pick: (step: Step) => string | null): string[] =>
    [...new Set(steps.map(pick))].filter((code): code is string => code !== null);
  const known = await knownCodes(tx, cityCode, {
    regions: distinct((step) => step.areaCode),
    departments: distinct((step) => step.deptCode),
    windows: distinct((step) => step.windowCode),
    staff: distinct((step) => step.staffNo),
  });
  return steps.map((step) => {
    const { areaCode, deptCode, windowCode, staffNo } = step;
    const errors: FieldError[] = [];
    const note = (field: string, code: string): unknown =>
      errors.push({ field, code: `service_record.${code}` });
    if (!known.regions.has(areaCode)) note('areaCode', 'unknown_region');
    if (!known.departments.has(deptCode)) note('deptCode', 'unknown_department');
    if (windowCode !== null && !known.windows.has(windowCode)) note('windowCode', 'unknown_window');
    if (staffNo !== null && !known.staff.has(staffNo)) note('staffNo', 'unknown_staff');
    if (errors.length === 0 && options.covers && !options.covers(step)) note('areaCode', 'out_of_scope');
    const [first] = errors;
    return first && { kind: 'refused', code: first.code, errors };
  });
}

async function numberSteps(
  tx: Tx,
  deps: Deps,
  cityCode: CityCode,
  steps: readonly Step[],
  { hashes, draw }: { hashes: ReadonlyMap<Step, Buffer>; draw: DrawNumbers },
): Promise<StepRow[]> {
  const byMonth = Map.groupBy(steps, (step) => step.serviceMonth);
  const shortCodes = await drawShortCodes(tx, cityCode, steps.length);
  const rows: StepRow[] = [];
  for (const [month, group] of byMonth) {
    const first = await draw(month, group.length);
    for (const [index, step] of group.entries()) {
      const stepId = packRecordNumber({
        cityCode,
        month: asMonth(month) as Month,
        sequence: first + BigInt(index),
      });
      rows.push(toRow(deps, step, stepId, shortCodes.pop() ?? '', hashes.get(step)));
    }
  }
  return rows;
}

async function drawShortCodes(tx: Tx, cityCode: string, count: number): Promise<string[]> {
  const drawn = new Set<string>();
  while (drawn.size < count) {
    const fresh = new Set<string>();
    while (fresh.size < count - drawn.size) fresh.add(encodeBase32(randomBytesFast(4)).slice(0, 6));
    for (const taken of await takenShortCodes(tx, cityCode, [...fresh])) fresh.delete(taken);
    for (const code of fresh) drawn.add(code);
  }
  return [...drawn];
}

function toRow(deps: Deps, step: Step, stepId: string, shortCode: string, hash: Buffer | undefined): StepRow {
  return {
    step_id: stepId,
    project_no: step.projectNo,
    project_name: step.projectName,
    service_number: step.serviceNumber,
    service_month: serviceMonthDay(step.serviceMonth),
    service_time: step.serviceTime.toISOString(),
    service_name: step.serviceName,
    area_code: step.areaCode,
    dept_code: step.deptCode,
    task_code: step.taskCode,
    task_name: step.taskName,
    window_code: step.windowCode,
    staff_no: step.staffNo,
    pro_status: step.proStatus,
    pro_channel: step.proChannel,
    accept_date: step.acceptDate?.toISOString() ?? null,
    result_date: step.resultDate?.toISOString() ?? null,
    promise_day: step.promiseDay,
    user_prop: step.userProp,
    details: step.details,
    short_code: shortCode,
    ratable_until: step.ratableUntil.toISOString(),
    has_mobile: step.person.mobile !== null,
    content_hash: hash?.toString('hex') ?? '',
    applicant: sealPerson(deps, step),
  };
}

function sealPerson({ keys }: Deps, { person }: Step): ApplicantRow | null {
  const { userName, certKey, mobile, agent, userPageType } = person;
  if (!userName && !certKey && !mobile && !agent && !userPageType) return null;
  const seal = (column: string, value: string | null): string | null =>
    value === null ? null : keys.seal(`applicant.${column}`, value).toString('hex');
  const hash = (purpose: string, value: string | null): string | null =>
    value === null ? null : keys.hash(purpose, value).toString('hex');
  return {
    user_page_type: userPageType,
    user_name_enc: seal('user_name', userName),
    user_name_hash: hash('name', userName),
    cert_key_enc: seal('cert_key', certKey),
    cert_key_hash: hash('certificate', certKey),
    mobile_enc: seal('mobile', mobile),
    mobile_hash: hash('mobile', mobile),
    mobile_last4_hash: hash('mobile-last4', mobile?.slice(-4) ?? null),
    agent_enc: seal('agent', agent === null ? null : JSON.stringify(agent)),
  };
}
