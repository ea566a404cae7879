import { findByShortCode } from '../../intake/case/index.ts';
import { present } from '../../kernel/assert.ts';
import { dayOf, daysBetween, isoMoment, parseMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { randomBytesFast, sha256 } from '../../platform/crypto.ts';
import { inTx, type Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { inReach } from '../../registry/region/index.ts';
import { postedOn } from '../../registry/staff/index.ts';
import { cleanText, receiptCode, requireSound } from './actions.ts';
import type { AssistedAnswer, AssistedForm, AssistedQuery, AssistedSource } from './assisted-contract.ts';
import { entryDays } from './assisted-rules.ts';
import {
  type AssistedRating,
  type AssistedTarget,
  findAssistedTarget,
  insertAssisted,
} from './assisted-store.ts';
import { requireOpenBatch } from './batch-actions.ts';
import { type Level, tagCodes } from './rating.ts';
import { beginBatch } from './store.ts';
import { tellBatch } from './telling-actions.ts';

/** Local channels (pf) by source. */
const CHANNELS: Readonly<Record<AssistedSource, number>> = { phone: 90, paper: 91, hotline: 93 };

/** Clocks of other systems run a little ahead. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * What the service looks like before its rating is entered; nothing of a person. None is found while a number
 * is still being typed, which is no fault.
 */
export async function assistedServiceFor(deps: Deps, actor: Actor, query: AssistedQuery) {
  const target = await findTarget(deps.db.app, actor, query);
  return { service: target === undefined ? null : serviceOf(target) };
}

function serviceOf(target: AssistedTarget): AssistedAnswer['service'] {
  return {
    stepId: target.step_id,
    projectNo: target.project_no,
    serviceNumber: target.service_number,
    taskName: target.task_name,
    serviceTime: isoMoment(target.service_time),
    windowCode: target.window_code,
    ratableUntil: isoMoment(target.ratable_until),
    rated: target.receipt !== null,
  };
}

/**
 * Enters a rating for a citizen, by the rules of any rating; who entered it is kept and audited. The same
 * form again gets the same receipt.
 * @throws Refusal `assisted.*`, `service_record.unknown`, `rating.already_recorded`, `rating.in_future`, or
 *   the rule that is broken
 */
export async function enterRating(deps: Deps, actor: Actor, form: AssistedForm): Promise<AssistedAnswer> {
  requirePermission(actor, 'rating.enter');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const now = deps.clock.now();
  const target = await targetOf(deps.db.app, actor, form);
  await requireStranger(deps.db.app, actor, target, now);
  const known = repeated(target, form.id);
  if (known !== undefined) return known;
  const assessedAt = present(parseMoment(form.assessTime), 'the form has checked the moment');
  requireInTime(form.source, target, { assessedAt, now });
  const text = cleanText(form.writingEvaluation);
  const tags = tagCodes(form.evalDetail);
  const level = form.satisfaction as Level;
  const channel = CHANNELS[form.source];
  requireSound({ satisfaction: level, tags, text, channel }, dayOf(assessedAt));
  await requireOpenBatch(deps, actor, form);
  const receipt = randomBytesFast(10);
  const written = await inTx(deps.db, async (tx) => {
    const batchNumber = await beginBatch(tx, cityCode, 'post');
    const rating = ratingOf(form, { target, tags: tags ?? [], text, assessedAt, now, receipt, actor });
    if (!(await insertAssisted(tx, cityCode, { ...rating, batchNumber }))) return false;
    const stepId = target.step_id;
    await tellBatch(tx, { cityCode, batchId: batchNumber, ratings: [{ stepId, level }] });
    await audit(tx, {
      actor,
      action: 'rating.entered',
      subjectKind: 'rating',
      subjectId: stepId,
      detail: { source: form.source, batch: form.batchId ?? null, page: form.page ?? null },
      cityCode,
      at: now,
    });
    return true;
  });
  if (written) return { receipt: receiptCode(receipt), isNew: true, service: serviceOf(target) };
  // Somebody was faster, or the days changed meanwhile.
  const standing = repeated(await targetOf(deps.db.app, actor, form), form.id);
  if (standing !== undefined) return standing;
  throw new Refusal('assisted.outside_window', {}, { field: 'assessTime' });
}

/** What stands for the same form. @throws Refusal `rating.already_recorded` for another one */
function repeated(target: AssistedTarget, id: string): AssistedAnswer | undefined {
  if (target.receipt === null) return undefined;
  if (target.client_id !== id) throw new Refusal('rating.already_recorded');
  return { receipt: receiptCode(target.receipt), isNew: false, service: serviceOf(target) };
}

/** The service that is named, within reach. @throws Refusal `service_record.unknown` */
async function targetOf(reader: Reader, actor: Actor, named: AssistedQuery): Promise<AssistedTarget> {
  const found = await findTarget(reader, actor, named);
  if (found !== undefined) return found;
  throw new Refusal('service_record.unknown', {}, { field: named.projectNo ? 'projectNo' : 'shortCode' });
}

/** The same; undefined where there is none. @throws Refusal `assisted.which_service` */
async function findTarget(
  reader: Reader,
  actor: Actor,
  named: AssistedQuery,
): Promise<AssistedTarget | undefined> {
  const { projectNo, serviceNumber = 1, shortCode, windowCode } = named;
  const { cityCode } = actor;
  let found: AssistedTarget | undefined;
  if (projectNo !== undefined) {
    found = await findAssistedTarget(reader, cityCode, { projectNo, serviceNumber });
  } else if (shortCode !== undefined && windowCode !== undefined) {
    const step = await findByShortCode(reader, cityCode, { shortCode, windowCode });
    if (step !== null) found = await findAssistedTarget(reader, cityCode, { stepId: step.stepId });
  } else {
    throw new Refusal('assisted.which_service', {}, { field: 'projectNo' });
  }
  if (found === undefined) return undefined;
  const place = { regionCode: found.region_code, departmentCode: found.dept_code };
  return inReach(actor.scope, place) ? found : undefined;
}

/** Neither the clerk of the case nor anybody of the window enters what was said about it. */
async function requireStranger(
  reader: Reader,
  { staffNo, cityCode }: UserActor,
  target: AssistedTarget,
  now: Date,
): Promise<void> {
  if (staffNo === undefined) return;
  if (target.staff_no === staffNo) throw new Refusal('assisted.own_service');
  if (target.window_code === null) return;
  const days = [dayOf(target.service_time), dayOf(now)];
  const posted = await postedOn(reader, cityCode, { staffNo, windowCode: target.window_code, days });
  if (posted) throw new Refusal('assisted.own_window');
}

/**
 * The time on the form lies between the day of the service and the last ratable day, and the entry follows
 * it within the days of the dated rule.
 */
function requireInTime(
  source: AssistedSource,
  target: AssistedTarget,
  { assessedAt, now }: { assessedAt: Date; now: Date },
): void {
  const field = { field: 'assessTime' };
  const on = dayOf(assessedAt);
  if (assessedAt.getTime() > now.getTime() + CLOCK_SKEW_MS) throw new Refusal('rating.in_future', {}, field);
  if (on < dayOf(target.service_time)) throw new Refusal('assisted.before_service', {}, field);
  if (assessedAt >= target.ratable_until) throw new Refusal('assisted.outside_window', {}, field);
  const days = entryDays(source, dayOf(now));
  if (daysBetween(on, dayOf(now)) > days) throw new Refusal('assisted.too_late', { days }, field);
}

interface Sound {
  target: AssistedTarget;
  tags: readonly number[];
  text: string;
  assessedAt: Date;
  now: Date;
  receipt: Buffer;
  actor: UserActor;
}

function ratingOf(form: AssistedForm, sound: Sound): Omit<AssistedRating, 'batchNumber'> {
  const { process = null, efficiency = null, attitude = null, source } = form;
  const { target, tags, text, assessedAt, now, receipt, actor } = sound;
  const salt = randomBytesFast(16);
  return {
    stepId: target.step_id,
    source,
    channel: CHANNELS[source],
    level: form.satisfaction,
    tags,
    scores: { process, efficiency, attitude },
    anonymous: form.anonymous,
    clientId: form.id,
    assessedAt,
    recordedAt: now,
    receipt,
    text: text === '' ? null : { salt, hash: sha256(salt, text), body: text },
    entry: {
      batchId: form.batchId ?? null,
      page: form.page ?? null,
      reference: form.reference ?? null,
      by: { id: actor.id, name: actor.name },
    },
  };
}
