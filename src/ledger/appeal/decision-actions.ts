import { finishDuty } from '../../handling/duty/index.ts';
import { assert } from '../../kernel/assert.ts';
import { day } from '../../kernel/day.ts';
import { firstDay, monthOf } from '../../kernel/month.ts';
import { type Centi, formatPoints, parsePoints } from '../../kernel/points.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { adjustForAppeal, appealedEntry, type Redress, reverseForAppeal } from '../entry/index.ts';
import { effectOf, mostGiven, tally } from './appeal.ts';
import type { DecisionForm } from './contract.ts';
import { appealRejected, appealUpheld, KIND } from './fact.ts';
import { presentLimits } from './filing-actions.ts';
import { note } from './note-actions.ts';
import { holdAppeal } from './sight-actions.ts';
import { refuseScorer } from './step-actions.ts';
import { type Ending, findMembers, updateEnd } from './step-store.ts';
import type { AppealDbRow } from './store.ts';

/**
 * The chair records what the group has decided, once: upheld, the book takes the line's entry back (or gives
 * points back by an entry of the appeal's own); rejected, the line stands. Of two decisions at once one comes
 * second and is refused.
 *
 * @throws Refusal `appeal.decided`, `appeal.not_chair`, `appeal.scorer`, `appeal.votes_missing`,
 * `appeal.against_votes`, `appeal.points`, `appeal.points_fixed`
 */
export async function decideAppeal(
  deps: Deps,
  actor: Actor,
  appealId: string,
  form: DecisionForm,
): Promise<void> {
  requirePermission(actor, 'appeal.review');
  const at = deps.clock.now();
  const { cityCode } = actor;
  await inTx(deps.db, async (tx) => {
    const { row, person } = await holdAppeal(tx, actor, appealId, ['review']);
    await refuseScorer(tx, row, person);
    const members = await findMembers(tx, cityCode, appealId);
    if (!members.some(({ user_id: id, chair }) => chair && id === person.id)) {
      throw new Refusal('appeal.not_chair');
    }
    refuseUnvoted(
      members.map(({ vote }) => vote),
      form,
    );
    const witness = members.find(({ chair, vote }) => !chair && vote === form.outcome) ?? members.at(-1);
    assert(witness !== undefined, 'a group has members');
    const given =
      form.outcome === 'upheld'
        ? await giveBack(tx, row, { form, by: person.username, confirmedBy: witness.username, at })
        : refusePoints(form);
    const { outcome: state, reason } = form;
    const { id: by, name } = person;
    await updateEnd(tx, cityCode, { appealId, state, reason, by, name, at, given });
    await finishDuty(tx, { cityCode, matter: { kind: KIND, id: appealId }, at, by: name });
    const detail = given === null ? {} : { points: formatPoints(given.centi), month: given.month };
    await note(tx, actor, `appeal.${state}`, { number: row.number, at, detail });
    const fact = { cityCode, appealId, month: monthOf(day(row.month)) };
    if (state === 'upheld') await emit(tx, appealUpheld, fact);
    else await emit(tx, appealRejected, fact);
  });
}

function refuseUnvoted(votes: readonly ('upheld' | 'rejected' | null)[], form: DecisionForm): void {
  const { upheld, rejected, missing, outcome } = tally(votes);
  if (missing > 0) throw new Refusal('appeal.votes_missing', { missing });
  if (outcome !== form.outcome) {
    throw new Refusal('appeal.against_votes', { upheld, rejected }, { field: 'outcome' });
  }
}

function refusePoints({ points }: DecisionForm): null {
  if (points !== undefined) throw new Refusal('appeal.points_fixed', {}, { field: 'points' });
  return null;
}

interface Giving {
  readonly form: DecisionForm;
  readonly by: string;
  readonly confirmedBy: string;
  readonly at: Date;
}

async function giveBack(tx: Tx, row: AppealDbRow, giving: Giving): Promise<Ending['given']> {
  if (effectOf(row.line) !== 'reversal') return await adjust(tx, row, giving);
  refusePoints(giving.form);
  const { city_code: cityCode, entry_id: entryId, number } = row;
  assert(entryId !== null, 'a line that carries an entry names it');
  const entry = await appealedEntry(tx, cityCode, entryId);
  assert(entry !== undefined, 'an entry stays in the book');
  const { by, confirmedBy, at: now } = giving;
  const month = monthOf(day(entry.month));
  const made = await reverseForAppeal(tx, cityCode, { entryId, month }, { number, by, confirmedBy, now });
  // It was taken back for another reason meanwhile: upheld all the same, and nothing is left to give.
  return made === undefined ? null : givenOf(-entry.points_centi * entry.quantity, made);
}

async function adjust(tx: Tx, row: AppealDbRow, giving: Giving): Promise<Ending['given']> {
  const { city_code: cityCode, number, line } = row;
  const most = mostGiven(centiOf(line.points), centiOf(line.highest));
  const pointsCenti = giving.form.points === undefined ? 0 : centiOf(giving.form.points);
  if (pointsCenti <= 0 || pointsCenti > most) {
    throw new Refusal('appeal.points', { most: formatPoints(most) }, { field: 'points' });
  }
  const { hash, reviewClause } = await presentLimits(tx, cityCode, giving.at);
  const subject = { kind: row.subject_kind, code: row.subject_code };
  const explanation = {
    value_from: reviewClause.from,
    source: reviewClause.value.source,
    appeal: number,
    line: row.line_key,
  };
  const { by, confirmedBy, at: now } = giving;
  const given = { month: monthOf(day(row.month)), subject, part: row.part, pointsCenti, explanation };
  const redressing = { number, by, confirmedBy, now };
  const made = await adjustForAppeal(tx, cityCode, { ...given, schemeHash: hash }, redressing);
  return givenOf(pointsCenti, made);
}

function givenOf(centi: Centi, { entryId, month }: Redress): Ending['given'] {
  return { centi, entryId, month: firstDay(month) };
}

function centiOf(text: string): Centi {
  const points = parsePoints(text);
  assert(points !== undefined, 'points are written with two digits');
  return points;
}
