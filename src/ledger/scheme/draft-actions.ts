import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { assert, present } from '../../kernel/assert.ts';
import { type Day, day, parseDay } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, monthOf, nextMonth } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineFact, emit } from '../../platform/facts.ts';
import { begunFrom, holdPeriodsFrom } from '../period/index.ts';
import { putInForce, schemesByHash, schemesInForce } from './actions.ts';
import { contentHash } from './canonical.ts';
import {
  type DraftChange,
  type DraftedScheme,
  type DraftFault,
  type DraftRecord,
  draftedScheme,
  faultOf,
} from './draft.ts';
import type { Draft, DraftDecision, EditDraft, NewDraft } from './draft-contract.ts';
import {
  type DraftContent,
  findDraft,
  holdDecisions,
  insertDraft,
  lockDraft,
  updateDraft,
  updateDraftDecision,
  updateDraftStep,
} from './draft-store.ts';
import { draftView } from './draft-view.ts';
import type { Scheme, SchemeInForce } from './scheme.ts';

/** Another scheme holds from a day on: what it gives another value has to be charged anew. */
export const schemePutInForce = defineFact(
  'scheme.put_in_force',
  z.object({ cityCode: z.string(), months: z.array(z.string()) }),
);

/** A draft waits for the second person's word. */
export const draftProposed = defineFact(
  'scheme.draft_proposed',
  z.object({ cityCode: z.string(), draftId: z.string(), revision: z.number().int(), by: z.string() }),
);

/** How a person stands in a draft: it can be compared, and says who it is. */
function markOf(actor: Actor): string {
  return actor.kind === 'user' ? actor.username : actor.kind;
}

function requireWholeCity(actor: Actor, permission: 'scheme.write' | 'scheme.approve'): void {
  requirePermission(actor, permission);
  const { regionPrefix, departmentCode } = actor.scope;
  if (regionPrefix !== undefined || departmentCode !== undefined) throw new Refusal('draft.whole_city');
}

/** Lets pass who writes drafts and who decides on them. @throws Refusal `access.permission_denied` */
export function requireReader(actor: Actor): void {
  if (!actor.permissions.has('scheme.approve')) requirePermission(actor, 'scheme.write');
}

/**
 * Begins a draft of the version in force that starts last.
 * @throws Refusal `draft.past`, `draft.whole_city`
 */
export async function createDraft(deps: Deps, actor: Actor, given: NewDraft, lang: Lang): Promise<Draft> {
  requireWholeCity(actor, 'scheme.write');
  const { cityCode } = actor.scope;
  const draftId = randomUUID();
  return await inTx(deps.db, async (tx) => {
    const base = await newest(tx, cityCode);
    const by = { by: markOf(actor), now: deps.clock.now() };
    await insertDraft(tx, cityCode, { draftId, baseHash: base.hash, ...contentOf(given), ...by });
    await note(tx, deps, actor, { draftId, action: 'scheme.draft_begun', detail: { title: given.title } });
    return await viewIn(tx, actor, draftId, lang);
  });
}

/** Another content for a draft. @throws Refusal `draft.unknown`, `draft.state`, `draft.changed` */
export async function editDraft(
  deps: Deps,
  actor: Actor,
  draftId: string,
  { revision, ...given }: EditDraft,
  lang: Lang,
): Promise<Draft> {
  requireWholeCity(actor, 'scheme.write');
  const { cityCode } = actor.scope;
  return await inTx(deps.db, async (tx) => {
    const { base_hash: baseHash } = await held(tx, cityCode, { draftId, revision, states: ['draft'] });
    const by = { by: markOf(actor), now: deps.clock.now() };
    await updateDraft(tx, cityCode, { draftId, baseHash, ...contentOf(given), ...by });
    const detail = { title: given.title, changes: given.changes.length };
    await note(tx, deps, actor, { draftId, action: 'scheme.draft_changed', detail });
    return await viewIn(tx, actor, draftId, lang);
  });
}

interface Step {
  readonly draftId: string;
  readonly revision: number;
}

/** Puts the draft's changes upon the version that has come into force since. */
export async function rebaseDraft(deps: Deps, actor: Actor, step: Step, lang: Lang): Promise<Draft> {
  requireWholeCity(actor, 'scheme.write');
  const { cityCode } = actor.scope;
  const { draftId } = step;
  return await inTx(deps.db, async (tx) => {
    const row = await held(tx, cityCode, { ...step, states: ['draft', 'proposed'] });
    // What was proposed was another scheme: it has to be looked at and proposed again.
    if (row.state !== 'draft') throw new Refusal('draft.state');
    const { hash: baseHash } = await newest(tx, cityCode);
    const { title, reason, effective_from: effectiveFrom, changes } = row;
    const content: DraftContent = {
      ...{ draftId, baseHash, title, reason, effectiveFrom, changes },
      ...{ by: markOf(actor), now: deps.clock.now() },
    };
    await updateDraft(tx, cityCode, content);
    await note(tx, deps, actor, { draftId, action: 'scheme.draft_changed', detail: { base: baseHash } });
    return await viewIn(tx, actor, draftId, lang);
  });
}

/**
 * Hands the draft to the second person: from now on it isn't edited.
 * @throws Refusal `draft.stale`, `draft.empty`, `draft.broken`, `draft.month_begun`, `draft.not_after`
 */
export async function proposeDraft(deps: Deps, actor: Actor, step: Step, lang: Lang): Promise<Draft> {
  requireWholeCity(actor, 'scheme.write');
  const { cityCode } = actor.scope;
  const { draftId } = step;
  return await inTx(deps.db, async (tx) => {
    const row = await held(tx, cityCode, { ...step, states: ['draft'] });
    const { scheme } = await soundScheme(tx, cityCode, row);
    const move = { draftId, state: 'proposed', by: markOf(actor), now: deps.clock.now() } as const;
    await updateDraftStep(tx, cityCode, move);
    const detail = { title: row.title, effective_from: row.effective_from, hash: contentHash(scheme) };
    const by = actor.kind === 'user' ? actor.id : actor.kind;
    await emit(tx, draftProposed, { cityCode, draftId, revision: step.revision, by });
    await note(tx, deps, actor, { draftId, action: 'scheme.draft_proposed', detail });
    return await viewIn(tx, actor, draftId, lang);
  });
}

/** Gives a draft up, also a proposed one; its changes can begin another draft. */
export async function withdrawDraft(deps: Deps, actor: Actor, step: Step, lang: Lang): Promise<Draft> {
  requireWholeCity(actor, 'scheme.write');
  const { cityCode } = actor.scope;
  const { draftId } = step;
  return await inTx(deps.db, async (tx) => {
    const row = await held(tx, cityCode, { ...step, states: ['draft', 'proposed'] });
    const move = { draftId, state: 'withdrawn', by: markOf(actor), now: deps.clock.now() } as const;
    await updateDraftStep(tx, cityCode, move);
    await note(tx, deps, actor, { draftId, action: 'scheme.draft_withdrawn', detail: { title: row.title } });
    return await viewIn(tx, actor, draftId, lang);
  });
}

/**
 * The second person's word: the draft becomes a version that holds from its day on, or is sent back. The
 * gates of its months are held meanwhile, so that no close and no entry can slip in between.
 *
 * @throws Refusal `draft.same_person` and whatever `proposeDraft` refuses
 */
export async function decideDraft(
  deps: Deps,
  actor: Actor,
  draftId: string,
  { decision, note: words, revision }: DraftDecision,
  lang: Lang,
): Promise<Draft> {
  requireWholeCity(actor, 'scheme.approve');
  const { cityCode } = actor.scope;
  const now = deps.clock.now();
  const by = markOf(actor);
  return await inTx(deps.db, async (tx) => {
    await holdDecisions(tx, cityCode);
    const row = await held(tx, cityCode, { draftId, revision, states: ['proposed'] });
    if (isConcerned(row, by)) throw new Refusal('draft.same_person');
    let hash: string | null = null;
    if (decision === 'approve') {
      const effectiveFrom = day(row.effective_from);
      const change = { by, now };
      const months = await holdPeriodsFrom(tx, cityCode, monthOf(effectiveFrom), change);
      const { scheme } = await soundScheme(tx, cityCode, row);
      const proposer = present(row.proposed_by, 'who proposed it');
      const given = { cityCode, scheme, effectiveFrom, by: proposer, confirmedBy: by, now };
      const made = await putInForce(tx, given);
      assert(made.inForce, 'the day was free');
      hash = made.hash;
      await emit(tx, schemePutInForce, { cityCode, months: months.map(({ month }) => month) });
    }
    await updateDraftDecision(tx, cityCode, { draftId, hash, note: words || null, by, now });
    const action = hash === null ? 'scheme.draft_rejected' : 'scheme.put_in_force';
    const detail = { title: row.title, effective_from: row.effective_from, proposed_by: row.proposed_by };
    await note(tx, deps, actor, { draftId, action, detail: { ...detail, ...(hash ? { hash } : {}) } });
    return await viewIn(tx, actor, draftId, lang);
  });
}

/** A draft as its readers see it. @throws Refusal `draft.unknown` */
export async function readDraft(deps: Deps, actor: Actor, draftId: string, lang: Lang): Promise<Draft> {
  requireReader(actor);
  return await viewIn(deps.db.read, actor, draftId, lang);
}

/**
 * The scheme that a draft would make, and its first day: to be tried on a month.
 * @throws Refusal `draft.unknown`, `draft.broken`, `draft.whole_city`
 */
export async function draftToTry(
  deps: Deps,
  actor: Actor,
  draftId: string,
): Promise<{ title: string; effectiveFrom: Day; scheme: Scheme }> {
  requireWholeCity(actor, actor.permissions.has('scheme.approve') ? 'scheme.approve' : 'scheme.write');
  const { cityCode } = actor.scope;
  const row = await findDraft(deps.db.read, cityCode, draftId);
  if (row === undefined) throw new Refusal('draft.unknown');
  const drafted = draftedScheme(await versionOf(deps.db.read, cityCode, row.base_hash), row.changes);
  if (drafted.kind === 'broken') throw broken(drafted.faults);
  return { title: row.title, effectiveFrom: day(row.effective_from), scheme: drafted.scheme };
}

function isConcerned(row: DraftRecord, by: string): boolean {
  return row.proposed_by === by || row.editors.includes(by);
}

async function newest(reader: Reader, cityCode: string): Promise<SchemeInForce> {
  return present((await schemesInForce(reader, cityCode)).at(-1), 'a version in force');
}

async function versionOf(reader: Reader, cityCode: string, hash: string): Promise<Scheme> {
  return present((await schemesByHash(reader, cityCode, [hash])).get(hash), 'the version of a draft');
}

function contentOf(given: NewDraft) {
  const { title, reason, effectiveFrom } = given;
  const start = realDay(effectiveFrom, 'effectiveFrom');
  const changes = given.changes.map((change, at): DraftChange => {
    const from = realDay(change.from, `changes.${at}.from`);
    if (from >= start) return { ...change, from };
    throw new Refusal('draft.past', { from, start }, { field: `changes.${at}.from` });
  });
  return { title, reason: reason || null, effectiveFrom: start, changes: withoutDoubles(changes) };
}

function realDay(text: string, field: string): Day {
  const found = parseDay(text);
  if (found === undefined) throw new Refusal('scheme.day', {}, { field });
  return found;
}

/** Of two changes of one value on one day the later one stands. */
function withoutDoubles(changes: readonly DraftChange[]): DraftChange[] {
  return [...new Map(changes.map((change) => [`${change.key} ${change.from}`, change])).values()];
}

async function held(
  tx: Tx,
  cityCode: string,
  wanted: Step & { states: readonly DraftRecord['state'][] },
): Promise<DraftRecord> {
  const row = await lockDraft(tx, cityCode, wanted.draftId);
  if (row === undefined) throw new Refusal('draft.unknown');
  if (!wanted.states.includes(row.state)) throw new Refusal('draft.state');
  if (row.revision === wanted.revision) return row;
  throw new Refusal('draft.changed', { name: row.changed_by });
}

/** The draft's scheme, where nothing keeps it from coming into force. */
async function soundScheme(tx: Tx, cityCode: string, row: DraftRecord): Promise<{ scheme: Scheme }> {
  const base = await newest(tx, cityCode);
  if (base.hash !== row.base_hash) throw new Refusal('draft.stale');
  const drafted = draftedScheme(base.scheme, row.changes);
  if (drafted.kind === 'broken') throw broken(drafted.faults);
  if (contentHash(drafted.scheme) === base.hash) throw new Refusal('draft.empty', {}, { field: 'changes' });
  const [obstacle] = await dayFaults(tx, cityCode, base, day(row.effective_from));
  if (obstacle === undefined) return drafted;
  throw new Refusal(obstacle.code, obstacle.params, { field: 'effectiveFrom' });
}

function broken(faults: readonly DraftFault[]): Refusal {
  const errors = faults.map(({ key, from, code, params }) => ({
    field: [key, from].filter((one) => one !== null).join(' '),
    ...{ code, params },
  }));
  return new Refusal('draft.broken', { count: faults.length }, { errors });
}

/** What speaks against the day on which the draft is to take effect. */
async function dayFaults(
  reader: Reader,
  cityCode: string,
  base: SchemeInForce,
  start: Day,
): Promise<DraftFault[]> {
  if (start <= base.effectiveFrom) {
    const params = { start: base.effectiveFrom };
    return [{ key: null, from: start, code: 'draft.not_after', params }];
  }
  const month = monthOf(start);
  const closed = (await begunFrom(reader, cityCode, month)).at(-1);
  if (closed === undefined) return [];
  const params = { month: closed, earliest: firstDay(nextMonth(closed)) };
  return [{ key: null, from: start, code: 'draft.month_begun', params }];
}

async function viewIn(reader: Reader, actor: Actor, draftId: string, lang: Lang): Promise<Draft> {
  const { cityCode } = actor.scope;
  const row = await findDraft(reader, cityCode, draftId);
  if (row === undefined) throw new Refusal('draft.unknown');
  const inForce = await schemesInForce(reader, cityCode);
  const latest = present(inForce.at(-1), 'a version in force');
  const base = await versionOf(reader, cityCode, row.base_hash);
  const baseFrom = inForce.find(({ hash }) => hash === row.base_hash)?.effectiveFrom;
  const pending = row.state === 'draft' || row.state === 'proposed';
  const drafted: DraftedScheme = draftedScheme(base, row.changes);
  const faults = [
    ...(drafted.kind === 'broken' && pending ? drafted.faults : []),
    ...(pending ? await dayFaults(reader, cityCode, latest, day(row.effective_from)) : []),
    ...row.changes.flatMap((change) => pastFault(change, day(row.effective_from))),
  ];
  return draftView(row, {
    base,
    baseFrom: baseFrom ?? latest.effectiveFrom,
    stale: pending && latest.hash !== row.base_hash,
    drafted,
    faults,
    writes: actor.permissions.has('scheme.write'),
    decides: actor.permissions.has('scheme.approve') && !isConcerned(row, markOf(actor)),
    lang,
  });
}

function pastFault(change: DraftChange, start: Day): DraftFault[] {
  return change.from >= start ? [] : [faultOf(change, 'draft.past', { from: change.from, start })];
}

async function note(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  told: { draftId: string; action: string; detail: Record<string, unknown> },
): Promise<void> {
  await audit(tx, {
    actor,
    action: told.action,
    subjectKind: 'scheme_draft',
    subjectId: told.draftId,
    detail: told.detail,
    cityCode: actor.scope.cityCode,
    at: deps.clock.now(),
  });
}
