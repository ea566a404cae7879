import { randomUUID } from 'node:crypto';
import { day, dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { inReach } from '../../registry/region/index.ts';
import { placeOfWindow, windowsByCode } from '../../registry/window/index.ts';
import { contentOf } from './actions.ts';
import { tell } from './audit-actions.ts';
import type { PaperSheetForm, SheetBatchForm, SheetBatchRow, SheetBatchView } from './batch-contract.ts';
import {
  endSheetBatch,
  insertSheetBatch,
  listSheetBatches,
  lockSheetBatch,
  type SheetBatch,
  sheetChecks,
  typedSheets,
} from './batch-store.ts';
import { sheetFaults } from './path.ts';
import { questionnaireRules } from './rules.ts';
import { keepTexts, parted } from './sheet-actions.ts';
import { hasClientId, insertSheet } from './sheet-store.ts';
import { findVersions, listQuestionnaires } from './store.ts';
import { sampleOf } from './tally.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A person: whoever types or checks has to be told apart. @throws Refusal `access.permission_denied` */
export function requireTypist(actor: Actor): UserActor {
  requirePermission(actor, 'questionnaire.enter');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  return actor;
}

/** A page of batches of the windows within reach, and what one may be begun for. */
export async function sheetBatches(
  deps: Deps,
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const { cityCode, scope } = actor;
  const after = decodeMomentCursor(cursor, UUID);
  const reader = deps.db.read;
  const rows = await listSheetBatches(reader, { ...scope, cityCode, after, limit: limit + 1 });
  const published = await listQuestionnaires(reader, cityCode, { limit: 100 });
  const page = pageOf(rows, limit, rowOf, (row) => [row.opened_at.toISOString(), row.batch_id]);
  const choices = published.flatMap(({ questionnaire_id: id, number, draft, version }) =>
    version === null ? [] : [{ id, number, title: contentOf(draft).title, version }],
  );
  return { ...page, choices };
}

function rowOf(row: SheetBatch): SheetBatchRow {
  return {
    id: row.batch_id,
    number: row.number,
    title: contentOf(row.content).title,
    version: row.version,
    windowCode: row.window_code,
    filledOn: row.filled_on,
    openedBy: row.opened_name,
    openedAt: isoMoment(row.opened_at),
    endedAt: row.ended_at && isoMoment(row.ended_at),
    outcome: row.outcome,
    sheets: row.sheets,
  };
}

/** @throws Refusal `questionnaire.unknown_batch` */
export async function knownBatch(reader: Reader, actor: Actor, id: string): Promise<SheetBatch> {
  const { cityCode, scope } = actor;
  const [row] = await listSheetBatches(reader, { ...scope, cityCode, id, limit: 1 });
  if (row === undefined) throw new Refusal('questionnaire.unknown_batch');
  return row;
}

/** A batch with the numbers that were typed; answers only where two typings differ. */
export async function sheetBatchBy(deps: Deps, actor: Actor, id: string): Promise<SheetBatchView> {
  const row = await knownBatch(deps.db.app, actor, id);
  const typed = await typedSheets(deps.db.app, actor.cityCode, id);
  const checks = await sheetChecks(deps.db.app, actor.cityCode, id);
  const own = actor.kind === 'user' && actor.id === row.opened_by;
  const first = new Map(typed.map((sheet) => [sheet.sheet_number, sheet.answers]));
  return {
    ...rowOf(row),
    content: contentOf(row.content),
    numbers: typed.map((sheet) => sheet.sheet_number),
    sample: row.sample,
    checks: checks.map((check) => ({
      number: check.sheet_number,
      checkedBy: check.checked_name,
      differs: check.differs.map((question) => ({
        question,
        first: first.get(check.sheet_number)?.[question] ?? [],
        second: check.answers[question] ?? [],
      })),
      holds: check.holds,
    })),
    may: {
      type: own && row.ended_at === null,
      check: !own && row.ended_at !== null && row.outcome === null,
    },
  };
}

/**
 * Begins a batch: sheets of one window that were filled in on one day. The same id again changes nothing.
 * @throws Refusal `questionnaire.unknown_window`, `.unknown_version`, `.filled_in_future`
 */
export async function beginSheetBatch(deps: Deps, actor: Actor, form: SheetBatchForm): Promise<void> {
  const { id: by, name, cityCode, scope } = requireTypist(actor);
  const at = deps.clock.now();
  const { id, questionnaireId, windowCode, filledOn } = form;
  if (filledOn > dayOf(at)) throw new Refusal('questionnaire.filled_in_future', {}, { field: 'filledOn' });
  await inTx(deps.db, async (tx) => {
    const window = (await windowsByCode(tx, cityCode, [windowCode])).get(windowCode);
    const place = placeOfWindow(window);
    if (place === undefined || !inReach(scope, place)) {
      throw new Refusal('questionnaire.unknown_window', { window: windowCode }, { field: 'windowCode' });
    }
    const wanted = { id: questionnaireId, version: form.version ?? null };
    const [found] = await findVersions(tx, cityCode, wanted);
    if (found === undefined) throw new Refusal('questionnaire.unknown_version', {}, { field: 'version' });
    const { version } = found;
    const year = dayOf(at).slice(0, 4);
    const batch = { id, year, questionnaireId, version, windowCode, filledOn, by: { id: by, name }, at };
    if (!(await insertSheetBatch(tx, cityCode, batch))) return;
    const detail = { questionnaire: questionnaireId, version, window: windowCode };
    await tell(tx, actor, {
      subjectKind: 'questionnaire_batch',
      action: 'questionnaire_batch.begun',
      id,
      at,
      detail,
    });
  });
}

/**
 * Types one paper sheet. The same form again adds nothing.
 * @throws Refusal `questionnaire.answers` with every fault, `.not_typist`, `.batch_ended`, `.number_taken`
 */
export async function typeSheet(
  deps: Deps,
  actor: Actor,
  batchId: string,
  form: PaperSheetForm,
): Promise<void> {
  const { id: by, cityCode } = requireTypist(actor);
  await inTx(deps.db, async (tx) => {
    await lockSheetBatch(tx, cityCode, batchId);
    const batch = await knownBatch(tx, actor, batchId);
    if (batch.opened_by !== by) throw new Refusal('questionnaire.not_typist');
    if (batch.ended_at !== null) throw new Refusal('questionnaire.batch_ended');
    const clientId = `paper-${form.id}`;
    if (await hasClientId(tx, cityCode, clientId)) return;
    const content = contentOf(batch.content);
    const { limits } = questionnaireRules(dayOf(deps.clock.now()));
    const errors = sheetFaults(content, form.answers, limits);
    if (errors.length > 0) throw new Refusal('questionnaire.answers', {}, { errors });
    const sheetId = randomUUID();
    const { kept, texts } = parted(content, form.answers);
    const isNew = await insertSheet(tx, cityCode, {
      sheet_id: sheetId,
      questionnaire_id: batch.questionnaire_id,
      version: batch.version,
      window_code: batch.window_code,
      department_code: batch.department_code,
      region_code: batch.region_code,
      channel: 'paper',
      day: batch.filled_on,
      answers: kept,
      repeated: false,
      client_id: clientId,
      batch_id: batchId,
      sheet_number: form.number,
    });
    const { number } = form;
    if (!isNew) throw new Refusal('questionnaire.number_taken', { number }, { field: 'number' });
    // What has to be answered is told once the batch counts.
    await keepTexts(tx, cityCode, { sheetId, day: day(batch.filled_on), texts, told: false });
  });
}

/**
 * Ends the typing and draws the sheets that somebody else types again. A repeat changes nothing.
 * @throws Refusal `questionnaire.not_typist`, `.batch_empty`
 */
export async function finishSheetBatch(deps: Deps, actor: Actor, id: string): Promise<void> {
  const { id: by, cityCode } = requireTypist(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await lockSheetBatch(tx, cityCode, id);
    const batch = await knownBatch(tx, actor, id);
    if (batch.opened_by !== by) throw new Refusal('questionnaire.not_typist');
    if (batch.ended_at !== null) return;
    const typed = await typedSheets(tx, cityCode, id);
    if (typed.length === 0) throw new Refusal('questionnaire.batch_empty');
    const keyed = typed.map(({ sheet_number: number }) => ({
      number,
      key: deps.keys.hash('questionnaire-sample', `${id}/${number}`).toString('hex'),
    }));
    const sample = sampleOf(keyed, questionnaireRules(dayOf(at)).paper);
    await endSheetBatch(tx, cityCode, { id, at, sample });
    const detail = { sheets: typed.length, sample };
    await tell(tx, actor, {
      subjectKind: 'questionnaire_batch',
      action: 'questionnaire_batch.ended',
      id,
      at,
      detail,
    });
  });
}
