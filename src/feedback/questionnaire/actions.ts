import { randomUUID } from 'node:crypto';
import { dayOf, isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal, sentence } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { sha256 } from '../../platform/crypto.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { regionNames } from '../../registry/region/index.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import { tell } from './audit-actions.ts';
import { type Content, questionnaireContent } from './content-contract.ts';
import type { DraftForm, PublishForm, QuestionnaireDetail, QuestionnaireRow } from './contract.ts';
import { faultsOf, stateOn } from './questionnaire.ts';
import { questionnaireRules } from './rules.ts';
import {
  closeOpenings,
  findVersions,
  insertOpening,
  insertQuestionnaire,
  insertVersion,
  listQuestionnaires,
  lockQuestionnaire,
  type QuestionnaireRecord,
  updateDraft,
} from './store.ts';
import { countSheets } from './tally-store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The frozen or drafted content, as it was written. */
export function contentOf(text: string): Content {
  return questionnaireContent.parse(JSON.parse(text));
}

/** Questionnaires are the city's: whoever sees a part of it neither writes nor opens one. */
function requireWriter(actor: Actor): void {
  requirePermission(actor, 'questionnaire.write');
  const { regionPrefix, departmentCode } = actor.scope;
  const whole = departmentCode === undefined && (regionPrefix ?? '').length <= 4;
  if (!whole) throw new Refusal('questionnaire.beyond_scope');
}

function isWriter(actor: Actor): boolean {
  try {
    requireWriter(actor);
    return true;
  } catch {
    return false;
  }
}

/** A page of questionnaires, the newest first; whoever doesn't write them sees what was published. */
export async function questionnaires(
  deps: Deps,
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const after = decodeMomentCursor(cursor, UUID);
  const rows = await listQuestionnaires(deps.db.read, actor.cityCode, { after, limit: limit + 1 });
  const ids = rows.map((row) => row.questionnaire_id);
  const counts = await countSheets(deps.db.read, { ...actor.scope, cityCode: actor.cityCode }, ids);
  const on = dayOf(deps.clock.now());
  const writer = isWriter(actor);
  const page = pageOf(
    rows,
    limit,
    (row) => rowOf(row, on, counts.get(row.questionnaire_id) ?? 0),
    (row) => [row.created_at.toISOString(), row.questionnaire_id],
  );
  return { ...page, items: page.items.filter((item) => writer || item.state !== 'draft') };
}

function rowOf(row: QuestionnaireRecord, on: string, sheets: number): QuestionnaireRow {
  const opening = openingOf(row);
  return {
    id: row.questionnaire_id,
    number: row.number,
    title: contentOf(row.draft).title,
    state: stateOn(opening, on),
    version: row.version,
    from: opening?.from ?? null,
    until: opening?.until ?? null,
    sheets,
    changedAt: isoMoment(row.changed_at),
  };
}

function openingOf({ from_day: from, until_day: until, closed_at: closed }: QuestionnaireRecord) {
  return from === null || until === null ? null : { from, until, closed: closed !== null };
}

/** @throws Refusal `questionnaire.unknown` */
export async function knownQuestionnaire(
  reader: Reader,
  actor: Actor,
  id: string,
): Promise<QuestionnaireRecord> {
  const [row] = await listQuestionnaires(reader, actor.cityCode, { id, limit: 1 });
  if (row === undefined || (row.version === null && !isWriter(actor))) {
    throw new Refusal('questionnaire.unknown');
  }
  return row;
}

/** One questionnaire with its draft and its versions. @throws Refusal `questionnaire.unknown` */
export async function questionnaireBy(
  deps: Deps,
  actor: Actor,
  { id, lang }: { id: string; lang: Lang },
): Promise<QuestionnaireDetail> {
  const { cityCode } = actor;
  const row = await knownQuestionnaire(deps.db.app, actor, id);
  const versions = await findVersions(deps.db.app, cityCode, { id });
  const counts = await countSheets(deps.db.app, { ...actor.scope, cityCode }, [id]);
  const on = dayOf(deps.clock.now());
  const { limits } = questionnaireRules(on);
  const writer = isWriter(actor);
  // Who may not write one reads what was published, never what is still being written.
  const shown = writer ? row.draft : (versions[0]?.content ?? row.draft);
  const content = contentOf(shown);
  const faults = writer ? faultsOf(content, limits) : [];
  const { permissions } = actor;
  return {
    ...rowOf(row, on, counts.get(id) ?? 0),
    title: content.title,
    revision: row.revision,
    content,
    faults: faults.map(({ field, code, params }) => ({ field, code, detail: sentence(code, lang, params) })),
    changed: versions[0]?.content !== row.draft,
    regions: row.regions ?? [],
    windows: row.windows ?? [],
    versions: versions.map((one) => ({
      version: one.version,
      hash: one.content_hash.toString('hex'),
      publishedBy: one.published_by,
      publishedAt: isoMoment(one.published_at),
    })),
    changedBy: row.changed_by,
    limits,
    may: {
      write: writer,
      enter: permissions.has('questionnaire.enter'),
      export: permissions.has('export.run'),
    },
  };
}

/** Begins a questionnaire. The same id again changes nothing. */
export async function beginQuestionnaire(
  deps: Deps,
  actor: Actor,
  { id, content }: { id: string; content: Content },
): Promise<void> {
  requireWriter(actor);
  const at = deps.clock.now();
  const made = { id, year: dayOf(at).slice(0, 4), draft: JSON.stringify(content), by: actor.name, at };
  await inTx(deps.db, async (tx) => {
    if (await insertQuestionnaire(tx, actor.cityCode, made)) {
      await tell(tx, actor, { subjectKind: 'questionnaire', action: 'questionnaire.begun', id, at });
    }
  });
}

/** Saves the draft. @throws Refusal `questionnaire.unknown`, `questionnaire.changed_meanwhile` */
export async function saveDraft(
  deps: Deps,
  actor: Actor,
  id: string,
  { revision, content }: DraftForm,
): Promise<void> {
  requireWriter(actor);
  const at = deps.clock.now();
  const saved = { id, revision, draft: JSON.stringify(content), by: actor.name, at };
  await inTx(deps.db, async (tx) => {
    await knownQuestionnaire(tx, actor, id);
    if (!(await updateDraft(tx, actor.cityCode, saved))) throw new Refusal('questionnaire.changed_meanwhile');
    await tell(tx, actor, { subjectKind: 'questionnaire', action: 'questionnaire.saved', id, at });
  });
}

/**
 * Freezes the draft as a version and opens it; what was open is closed at the same stroke. An unchanged draft
 * stays the version that it is and only opens anew.
 * @throws Refusal `questionnaire.unsound` with every fault, `.changed_meanwhile`, `.range_reversed`,
 * `.over_already`, `.unknown_window`
 */
export async function publish(deps: Deps, actor: Actor, id: string, form: PublishForm): Promise<void> {
  requireWriter(actor);
  const at = deps.clock.now();
  const { cityCode } = actor;
  const by = actor.name;
  if (form.until < form.from) throw new Refusal('questionnaire.range_reversed', {}, { field: 'until' });
  if (form.until < dayOf(at)) throw new Refusal('questionnaire.over_already', {}, { field: 'until' });
  await inTx(deps.db, async (tx) => {
    await requirePlaces(tx, cityCode, form);
    await lockQuestionnaire(tx, cityCode, id);
    const row = await knownQuestionnaire(tx, actor, id);
    if (row.revision !== form.revision) throw new Refusal('questionnaire.changed_meanwhile');
    const errors = faultsOf(contentOf(row.draft), questionnaireRules(dayOf(at)).limits);
    if (errors.length > 0) throw new Refusal('questionnaire.unsound', {}, { errors });
    const hash = sha256(row.draft);
    const same = row.version !== null && row.content_hash?.equals(hash);
    const version = same ? (row.version ?? 1) : (row.version ?? 0) + 1;
    if (!same) await insertVersion(tx, cityCode, { id, version, content: row.draft, hash, by, at });
    await closeOpenings(tx, cityCode, { id, by, at });
    const { from, until, regions, windows } = form;
    const openingId = randomUUID();
    await insertOpening(tx, cityCode, { openingId, id, version, from, until, regions, windows, by, at });
    const detail = { version, from, until, regions, windows, hash: hash.toString('hex') };
    await tell(tx, actor, {
      subjectKind: 'questionnaire',
      action: 'questionnaire.published',
      id,
      at,
      detail,
    });
  });
}

async function requirePlaces(tx: Tx, cityCode: string, { regions, windows }: PublishForm): Promise<void> {
  const known = await windowsByCode(tx, cityCode, windows);
  const window = windows.find((code) => !known.has(code));
  const field = 'windows';
  if (window !== undefined) throw new Refusal('questionnaire.unknown_window', { window }, { field });
  const names = await regionNames(tx, regions);
  const beyond = regions.some((code) => !names.has(code) || !code.startsWith(cityCode.slice(0, 4)));
  if (beyond) throw new Refusal('questionnaire.beyond_scope', {}, { field: 'regions' });
}

/** Ends what is open, before its last day. @throws Refusal `questionnaire.unknown`, `.not_open` */
export async function closeQuestionnaire(deps: Deps, actor: Actor, id: string): Promise<void> {
  requireWriter(actor);
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    await knownQuestionnaire(tx, actor, id);
    const ended = await closeOpenings(tx, actor.cityCode, { id, by: actor.name, at });
    if (ended === 0) throw new Refusal('questionnaire.not_open');
    await tell(tx, actor, { subjectKind: 'questionnaire', action: 'questionnaire.closed', id, at });
  });
}
