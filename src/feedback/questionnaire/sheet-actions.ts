import { randomUUID } from 'node:crypto';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import { contentOf } from './actions.ts';
import type { Content } from './content-contract.ts';
import type { SheetChannel } from './contract.ts';
import { suggestionWritten } from './fact.ts';
import { type Answers, alongPath, sheetFaults } from './path.ts';
import { questionsOf, regionsCovering } from './questionnaire.ts';
import { questionnaireRules } from './rules.ts';
import { findText, hasClientId, hasMark, insertMark, insertSheet, insertText } from './sheet-store.ts';
import { findOpenAt } from './store.ts';

/** A window at which somebody stands with a phone or before a tablet. */
export interface Spot {
  readonly cityCode: string;
  readonly windowCode: string;
}

/** What can be answered at a spot now. */
export interface OpenQuestionnaire {
  readonly id: string;
  /** in the address */
  readonly number: string;
  readonly version: number;
  readonly content: Content;
  readonly departmentCode: string;
  readonly regionCode: string;
}

/** Questionnaires that are open at a window, the newest first. */
export async function openAt(
  reader: Reader,
  { cityCode, windowCode }: Spot,
  now: Date,
): Promise<OpenQuestionnaire[]> {
  const window = (await windowsByCode(reader, cityCode, [windowCode])).get(windowCode);
  if (window === undefined) return [];
  const { region_code: regionCode, department_code: departmentCode } = window;
  const regions = regionsCovering(regionCode);
  const rows = await findOpenAt(reader, cityCode, { windowCode, regions, on: dayOf(now) });
  return rows.map((row) => ({
    id: row.questionnaire_id,
    number: row.number,
    version: row.version,
    content: contentOf(row.content),
    departmentCode,
    regionCode,
  }));
}

/** Whether a device has answered today, by a hash that is tied to no sheet. */
export async function answeredToday(
  deps: Deps,
  cityCode: string,
  { id, device }: { id: string; device: string | null },
): Promise<boolean> {
  if (device === null) return false;
  const day = dayOf(deps.clock.now());
  return await hasMark(deps.db.app, cityCode, { id, day, mark: markOf(deps, { id, device, day }) });
}

function markOf({ keys }: Deps, { id, device, day }: { id: string; device: string; day: string }): Buffer {
  return keys.hash('questionnaire-device', `${id}/${day}/${device}`).subarray(0, 16);
}

/** A sheet as it is handed in at a window. */
export interface SheetGiven {
  readonly questionnaire: OpenQuestionnaire;
  readonly windowCode: string;
  readonly channel: Exclude<SheetChannel, 'paper'>;
  readonly answers: Answers;
  /** the form's own: a repeat is the same sheet */
  readonly clientId: string;
  /** mark of the person's own device; null for a tablet, which many people use */
  readonly device: string | null;
}

/**
 * Takes an anonymous sheet in: window and day, nothing of the person. A device's second one of a day is kept
 * and not counted; the same form again adds nothing.
 * @throws Refusal `questionnaire.answers` with every fault
 */
export async function takeSheet(deps: Deps, cityCode: string, given: SheetGiven): Promise<void> {
  const { questionnaire, device, clientId } = given;
  const { id, content } = questionnaire;
  const day = dayOf(deps.clock.now());
  const errors = sheetFaults(content, given.answers, questionnaireRules(day).limits);
  if (errors.length > 0) throw new Refusal('questionnaire.answers', {}, { errors });
  await inTx(deps.db, async (tx) => {
    if (await hasClientId(tx, cityCode, clientId)) return;
    const first =
      device === null ||
      (await insertMark(tx, cityCode, { id, day, mark: markOf(deps, { id, device, day }) }));
    const sheetId = randomUUID();
    const { kept, texts } = parted(content, given.answers);
    const isNew = await insertSheet(tx, cityCode, {
      sheet_id: sheetId,
      questionnaire_id: id,
      version: questionnaire.version,
      window_code: given.windowCode,
      department_code: questionnaire.departmentCode,
      region_code: questionnaire.regionCode,
      channel: given.channel,
      day,
      answers: kept,
      repeated: !first,
      client_id: clientId,
      batch_id: null,
      sheet_number: null,
    });
    if (isNew) await keepTexts(tx, cityCode, { sheetId, day, texts, told: true });
  });
}

/** A text that was written, and whether it has to be answered. */
interface Written {
  readonly question: string;
  readonly body: string;
  readonly suggestion: boolean;
}

/** The answers along the path as they are counted, and the texts, which stand apart. */
export function parted(content: Content, answers: Answers) {
  const along = alongPath(content, answers);
  const texts: Written[] = [];
  for (const question of questionsOf(content)) {
    const [body] = along[question.id] ?? [];
    if (question.kind !== 'text' || body === undefined) continue;
    texts.push({ question: question.id, body: body.trim(), suggestion: question.suggestion });
    along[question.id] = ['1'];
  }
  return { kept: along, texts };
}

/** Keeps texts apart; suggestions are told, unless a check of paper comes first. */
export async function keepTexts(
  tx: Tx,
  cityCode: string,
  kept: { sheetId: string; day: string; texts: readonly Written[]; told: boolean },
): Promise<void> {
  const { sheetId, day, told } = kept;
  for (const { question, body, suggestion } of kept.texts) {
    const textId = randomUUID();
    await insertText(tx, cityCode, { textId, sheetId, question, day, body });
    if (told && suggestion) await emit(tx, suggestionWritten, { cityCode, textId });
  }
}

/** What was written as a suggestion: where, and in which questionnaire; nothing else of the sheet. */
export interface WrittenSuggestion {
  readonly windowCode: string;
  readonly number: string;
  readonly title: string;
  readonly body: string;
}

/** A suggestion by its id; undefined when it has been erased. */
export async function writtenSuggestion(
  reader: Reader,
  cityCode: string,
  textId: string,
): Promise<WrittenSuggestion | undefined> {
  const row = await findText(reader, cityCode, textId);
  if (row === undefined) return undefined;
  const { title } = contentOf(row.content);
  return { windowCode: row.window_code, number: row.number, title: title.zh, body: row.body };
}
