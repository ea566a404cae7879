import type { z } from 'zod';
import { dutiesOf, finishDuty, handOver, openDuty } from '../../handling/duty/index.ts';
import { day, dayOf, formatMoment } from '../../kernel/day.ts';
import { monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, type Holder, holdersOf, requirePermission } from '../../oversight/access/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { isNamed } from './appeal.ts';
import type { candidatesSchema, groupSchema, opinionSchema, voteSchema } from './contract.ts';
import { appealMoved, KIND } from './fact.ts';
import { presentLimits } from './filing-actions.ts';
import { note } from './note-actions.ts';
import { groupSizeOn } from './rules.ts';
import { holdAppeal, isSubject, scorersOf, sightOf } from './sight-actions.ts';
import { findMembers, replaceMembers, updateEnd, updateOpinion, updateVote } from './step-store.ts';
import { type AppealDbRow, findAppeal } from './store.ts';

/**
 * The department of the subject says what it thinks; the review's limit runs from then.
 * @throws Refusal `appeal.unknown`, `appeal.wrong_state`, `appeal.decided`, `appeal.own_matter`
 */
export async function giveOpinion(
  deps: Deps,
  actor: Actor,
  appealId: string,
  given: z.output<typeof opinionSchema>,
): Promise<void> {
  requirePermission(actor, 'appeal.opinion');
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const { row, person } = await holdAppeal(tx, actor, appealId, ['opinion']);
    if (isSubject(actor, row)) throw new Refusal('appeal.own_matter');
    if (person.scope.departmentCode !== row.department_code) throw new Refusal('access.permission_denied');
    const { stance, text } = given;
    await updateOpinion(tx, actor.cityCode, { appealId, stance, text, by: person.id, name: person.name, at });
    await beginReview(tx, row, { from: at, by: person.name, at });
    await note(tx, actor, 'appeal.opinion_given', { number: row.number, at, detail: { stance } });
    await move(tx, row, 'opinion_given');
  });
}

/** Tells on that the appeal waits for somebody else now. */
async function move(tx: Tx, row: AppealDbRow, what: 'opinion_given' | 'group_appointed'): Promise<void> {
  const { city_code: cityCode, appeal_id: appealId, month } = row;
  await emit(tx, appealMoved, { cityCode, appealId, month: monthOf(day(month)), what });
}

/** The opinion is there, or its time is over: the office owes a group and its decision. */
async function beginReview(
  tx: Tx,
  row: AppealDbRow,
  { from, by, at }: { from: Date; by: string; at: Date },
): Promise<void> {
  const cityCode = row.city_code;
  const matter = { kind: KIND, id: row.appeal_id, number: row.number };
  const { review, officeEnd } = await presentLimits(tx, cityCode, at);
  await finishDuty(tx, { cityCode, matter, step: 'opinion', at, by });
  await openDuty(tx, {
    cityCode,
    matter,
    step: 'review',
    owner: { kind: 'office', code: cityCode },
    from,
    days: review,
    officeEnd,
  });
}

/**
 * Appoints the group, or another one while nothing is decided. Without an opinion only once its time is over.
 *
 * @throws Refusal `appeal.opinion_first`, `appeal.group_small`, `appeal.no_chair`, `appeal.member_unknown`,
 * `appeal.scorer`, `appeal.member_concerned`, `appeal.own_matter` …
 */
export async function appointGroup(
  deps: Deps,
  actor: Actor,
  appealId: string,
  given: z.output<typeof groupSchema>,
): Promise<void> {
  requirePermission(actor, 'appeal.appoint');
  const at = deps.clock.now();
  const { cityCode } = actor;
  const ids = [...new Set(given.members)];
  const least = groupSizeOn(dayOf(at));
  if (ids.length < least) throw new Refusal('appeal.group_small', { least }, { field: 'members' });
  if (!ids.includes(given.chair)) throw new Refusal('appeal.no_chair', {}, { field: 'chair' });
  await inTx(deps.db, async (tx) => {
    const { row, person } = await holdAppeal(tx, actor, appealId, ['opinion', 'group', 'review']);
    if (isSubject(actor, row)) throw new Refusal('appeal.own_matter');
    const holders = new Map((await holdersOf(tx, cityCode, 'appeal.review')).map((one) => [one.id, one]));
    const scorers = await scorersOf(tx, cityCode, row);
    const members = ids.map((id) => {
      const holder = holders.get(id);
      if (holder === undefined) throw new Refusal('appeal.member_unknown', {}, { field: 'members' });
      const barred = barredFrom(row, scorers, holder);
      const code = barred === 'scorer' ? 'appeal.scorer' : 'appeal.member_concerned';
      if (barred !== null) throw new Refusal(code, { name: holder.name }, { field: 'members' });
      return { userId: id, username: holder.username, name: holder.name, chair: id === given.chair };
    });
    if (row.state === 'opinion') await waiveOpinion(tx, row, { by: person.name, at });
    await replaceMembers(tx, cityCode, { appealId, members, by: person.name, at });
    const owner = { kind: 'account', code: given.chair } as const;
    await handOver(tx, { cityCode, matter: { kind: KIND, id: appealId }, step: 'review', owner });
    const detail = { members: members.map(({ username }) => username) };
    await note(tx, actor, 'appeal.group_appointed', { number: row.number, at, detail });
    await move(tx, row, 'group_appointed');
  });
}

/** The department has said nothing in time: the review runs from the end of its limit. */
async function waiveOpinion(tx: Tx, row: AppealDbRow, { by, at }: { by: string; at: Date }): Promise<void> {
  const cityCode = row.city_code;
  const { appeal_id: appealId } = row;
  const duties = (await dutiesOf(tx, cityCode, { kind: KIND, ids: [appealId] })).get(appealId) ?? [];
  const opinion = duties.find(({ step }) => step === 'opinion');
  if (opinion !== undefined && at <= opinion.dueAt) {
    throw new Refusal('appeal.opinion_first', { until: formatMoment(opinion.dueAt) });
  }
  await updateOpinion(tx, cityCode, { appealId, stance: 'none', text: null, by: null, name: null, at });
  await beginReview(tx, row, { from: opinion?.dueAt ?? at, by, at });
}

/** Why somebody can't review the appeal; null when they can. */
function barredFrom(
  row: AppealDbRow,
  scorers: readonly (string | null)[],
  one: Holder,
): 'scorer' | 'concerned' | null {
  if (isNamed(one, scorers)) return 'scorer';
  const subject = row.subject_kind === 'staff' && one.staffNo === row.subject_code;
  const spoke = one.id === row.opinion_by || one.id === row.filed_by;
  const liaison = one.role === 'department_liaison' && one.scope.departmentCode === row.department_code;
  return subject || spoke || liaison ? 'concerned' : null;
}

/** Everybody who could be on the group, and why some can't. */
export async function groupCandidates(
  deps: Deps,
  actor: Actor,
  appealId: string,
): Promise<z.output<typeof candidatesSchema>> {
  requirePermission(actor, 'appeal.appoint');
  const { cityCode } = actor;
  return await inTx(deps.db, async (tx) => {
    const row = await findAppeal(tx, sightOf(actor), appealId);
    if (row === undefined) throw new Refusal('appeal.unknown');
    const scorers = await scorersOf(tx, cityCode, row);
    const holders = await holdersOf(tx, cityCode, 'appeal.review');
    const items = holders.map((one) => ({
      id: one.id,
      name: one.name,
      username: one.username,
      role: one.role,
      barred: barredFrom(row, scorers, one),
    }));
    return { least: groupSizeOn(dayOf(deps.clock.now())), items };
  });
}

/**
 * A member votes, or changes the vote while nothing is decided.
 * @throws Refusal `appeal.not_member`, `appeal.scorer`, `appeal.wrong_state`, `appeal.decided`
 */
export async function castVote(
  deps: Deps,
  actor: Actor,
  appealId: string,
  { vote, reason }: z.output<typeof voteSchema>,
): Promise<void> {
  requirePermission(actor, 'appeal.review');
  const at = deps.clock.now();
  const { cityCode } = actor;
  await inTx(deps.db, async (tx) => {
    const { row, person } = await holdAppeal(tx, actor, appealId, ['review']);
    await refuseScorer(tx, row, person);
    const members = await findMembers(tx, cityCode, appealId);
    if (!members.some(({ user_id: id }) => id === person.id)) throw new Refusal('appeal.not_member');
    await updateVote(tx, cityCode, { appealId, userId: person.id, vote, reason, at });
    await note(tx, actor, 'appeal.voted', { number: row.number, at });
  });
}

/** Whoever recorded or confirmed the entry decides nothing about it, whatever group they were put on. */
export async function refuseScorer(
  tx: Tx,
  row: AppealDbRow,
  person: Actor & { kind: 'user' },
): Promise<void> {
  if (isSubject(person, row)) throw new Refusal('appeal.own_matter');
  const { username, name, staffNo = null } = person;
  const scorers = await scorersOf(tx, person.cityCode, row);
  if (isNamed({ username, name, staffNo }, scorers)) throw new Refusal('appeal.scorer', { name });
}

/**
 * Whoever filed it takes it back.
 * @throws Refusal `appeal.not_subject`, `appeal.decided`
 */
export async function withdraw(
  deps: Deps,
  actor: Actor,
  appealId: string,
  { reason }: { reason?: string | undefined },
): Promise<void> {
  requirePermission(actor, 'appeal.file');
  const at = deps.clock.now();
  const { cityCode } = actor;
  await inTx(deps.db, async (tx) => {
    const { row, person } = await holdAppeal(tx, actor, appealId, ['opinion', 'group', 'review']);
    if (row.filed_by !== person.id) throw new Refusal('appeal.not_subject');
    const { id: by, name } = person;
    await updateEnd(tx, cityCode, {
      appealId,
      state: 'withdrawn',
      reason: reason || null,
      by,
      name,
      at,
      given: null,
    });
    await finishDuty(tx, { cityCode, matter: { kind: KIND, id: appealId }, at, by: name });
    await note(tx, actor, 'appeal.withdrawn', { number: row.number, at });
  });
}
