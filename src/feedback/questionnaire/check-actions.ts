import { present } from '../../kernel/assert.ts';
import { dayOf } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Actor, UserActor } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { contentOf } from './actions.ts';
import { tell } from './audit-actions.ts';
import { knownBatch, requireTypist } from './batch-actions.ts';
import type { PaperCheckForm, SettlementForm } from './batch-contract.ts';
import {
  insertSheetCheck,
  judgeSheetBatch,
  lockSheetBatch,
  type SheetBatch,
  settleSheetCheck,
  sheetChecks,
  textsOfBatch,
  typedSheets,
} from './batch-store.ts';
import { suggestionWritten } from './fact.ts';
import { type Answers, alongPath, differing, sheetFaults } from './path.ts';
import { questionsOf } from './questionnaire.ts';
import { questionnaireRules } from './rules.ts';

/**
 * Types a drawn sheet a second time, by another person who hasn't seen the first typing. Ticks are compared,
 * words aren't. The last one decides on the batch.
 * @throws Refusal `questionnaire.answers`, `.same_person`, `.batch_open`, `.batch_judged`, `.not_in_sample`,
 * `.checked_already`
 */
export async function checkSheet(
  deps: Deps,
  actor: Actor,
  id: string,
  { number, answers }: PaperCheckForm,
): Promise<void> {
  const at = deps.clock.now();
  const person = requireTypist(actor);
  const { cityCode } = actor;
  await inTx(deps.db, async (tx) => {
    const batch = await toCheck(tx, person, id);
    if (!batch.sample.includes(number)) throw new Refusal('questionnaire.not_in_sample', { number });
    const content = contentOf(batch.content);
    const closed = new Set(questionsOf(content).flatMap((one) => (one.kind === 'text' ? [] : [one.id])));
    const given: Answers = Object.fromEntries(Object.entries(answers).filter(([key]) => closed.has(key)));
    const { limits } = questionnaireRules(dayOf(at));
    const errors = sheetFaults(content, given, limits).filter(({ field }) => closed.has(field));
    if (errors.length > 0) throw new Refusal('questionnaire.answers', {}, { errors });
    const typed = await typedSheets(tx, cityCode, id);
    const first = present(
      typed.find((sheet) => sheet.sheet_number === number),
      'a drawn sheet was typed',
    );
    const second = alongPath(content, given);
    // Words were typed once: what was written down by the first stays with both.
    for (const key of Object.keys(second)) if (!closed.has(key)) second[key] = first.answers[key] ?? [];
    const { compared, differs } = differing(content, first.answers, second);
    const by = { id: person.id, name: person.name };
    const check = { id, number, answers: second, differs, compared, by, at };
    if (!(await insertSheetCheck(tx, cityCode, check))) {
      throw new Refusal('questionnaire.checked_already', { number }, { field: 'number' });
    }
    await judge(tx, actor, batch, at);
  });
}

/**
 * Says by the paper which of two typings holds. The last one decides on the batch.
 * @throws Refusal `questionnaire.same_person`, `.batch_open`, `.batch_judged`, `.nothing_differs`
 */
export async function settleSheet(
  deps: Deps,
  actor: Actor,
  id: string,
  { number, holds }: SettlementForm,
): Promise<void> {
  const at = deps.clock.now();
  const person = requireTypist(actor);
  await inTx(deps.db, async (tx) => {
    const batch = await toCheck(tx, person, id);
    if (!(await settleSheetCheck(tx, actor.cityCode, { id, number, holds }))) {
      throw new Refusal('questionnaire.nothing_differs', { number }, { field: 'number' });
    }
    await judge(tx, actor, batch, at);
  });
}

async function toCheck(tx: Tx, person: UserActor, id: string): Promise<SheetBatch> {
  await lockSheetBatch(tx, person.cityCode, id);
  const batch = await knownBatch(tx, person, id);
  if (batch.opened_by === person.id) throw new Refusal('questionnaire.same_person');
  if (batch.ended_at === null) throw new Refusal('questionnaire.batch_open');
  if (batch.outcome !== null) throw new Refusal('questionnaire.batch_judged');
  return batch;
}

/** Once every drawn sheet is checked and settled: the batch counts, or is typed anew as a whole. */
async function judge(tx: Tx, actor: Actor, batch: SheetBatch, at: Date): Promise<void> {
  const { cityCode } = actor;
  const { batch_id: id } = batch;
  const checks = await sheetChecks(tx, cityCode, id);
  if (checks.length < batch.sample.length || checks.some(({ holds }) => holds === null)) return;
  const compared = checks.reduce((sum, check) => sum + check.compared, 0);
  // Where the first typing holds, it was the second that was wrong.
  const wrong = checks.reduce(
    (sum, { holds, differs }) => sum + (holds === 'second' ? differs.length : 0),
    0,
  );
  const { differing: most } = questionnaireRules(dayOf(at)).paper;
  const outcome = wrong * 100 <= most * compared ? 'accepted' : 'rejected';
  await judgeSheetBatch(tx, cityCode, { id, outcome, at });
  const detail = { outcome, compared, wrong };
  await tell(tx, actor, {
    subjectKind: 'questionnaire_batch',
    action: 'questionnaire_batch.checked',
    id,
    at,
    detail,
  });
  if (outcome === 'accepted') await tellSuggestions(tx, cityCode, batch);
}

async function tellSuggestions(tx: Tx, cityCode: string, batch: SheetBatch): Promise<void> {
  const asked = questionsOf(contentOf(batch.content)).filter(
    (question) => question.kind === 'text' && question.suggestion,
  );
  const wanted = new Set(asked.map((question) => question.id));
  for (const { text_id: textId, question } of await textsOfBatch(tx, cityCode, batch.batch_id)) {
    if (wanted.has(question)) await emit(tx, suggestionWritten, { cityCode, textId });
  }
}
