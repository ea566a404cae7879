import { type Day, dayOf, isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { filesOf } from '../../platform/stored-file.ts';
import { EXPORT_ROWS, exported } from '../../registry/region/index.ts';
import { staffByNo } from '../../registry/staff/index.ts';
import { meritImport, tellConfirmed } from './actions.ts';
import { proofOf, seesOthers } from './claim-actions.ts';
import type { MeritDecision, MeritLine, MeritQuery, MeritRule } from './contract.ts';
import { meritsProposed } from './fact.ts';
import {
  confirmMerits,
  findMerits,
  insertMerits,
  listMerits,
  lockMerit,
  type MeritRecord,
  rejectMerit,
} from './store.ts';

/** Merits of which somebody else has heard, such as praise on the phone. */
export interface ProposedMerits {
  readonly cityCode: string;
  /** begins the number of each */
  readonly reference: string;
  readonly staffNo: string;
  readonly occurredOn: Day;
  readonly rules: readonly MeritRule[];
  readonly evidence: string;
  readonly by: string;
  readonly byStaff: string | null;
}

/** Records merits that wait for a second person; the same again changes nothing. */
export async function proposeMerits(deps: Deps, proposed: ProposedMerits): Promise<void> {
  const { cityCode, reference, staffNo, occurredOn, evidence } = proposed;
  const now = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    if (!(await staffByNo(tx, cityCode, [staffNo])).has(staffNo)) return;
    const rows = proposed.rules.map((rule) => ({
      merit_id: `${reference}-${rule.slice(rule.indexOf('.') + 1)}`,
      occurred_on: occurredOn,
      staff_no: staffNo,
      rule,
      quantity: 1,
      evidence,
      confirmed_by: null,
    }));
    const ids = rows.map(({ merit_id: id }) => id);
    const known = new Set((await findMerits(tx, cityCode, ids)).map(({ merit_id: id }) => id));
    const fresh = rows.filter(({ merit_id: id }) => !known.has(id));
    if (fresh.length === 0) return;
    const from = { now, source: 'desk', by: proposed.by, staffNo: proposed.byStaff };
    await insertMerits(tx, cityCode, fresh, from);
    await emit(tx, meritsProposed, { cityCode, reference, staffNo });
  });
}

const ID = /^.{1,60}$/;

type Query = Omit<MeritQuery, 'format' | 'lang'>;

/** The scope of who decides or speaks for a department; everybody else sees the own merits only. */
function reachOf(actor: Actor) {
  requirePermission(actor, 'merit.read');
  const { cityCode } = actor;
  if (seesOthers(actor)) return { scope: { ...actor.scope, cityCode }, own: {} };
  const staff = actor.kind === 'user' ? actor.staffNo : undefined;
  if (staff === undefined) throw new Refusal('access.permission_denied');
  return { scope: { cityCode }, own: { staff } };
}

/** The same as a table with the columns of the import, which takes it back unchanged. */
export async function meritTable(deps: Deps, actor: Actor, query: Query): Promise<OutTable> {
  const { scope, own } = reachOf(actor);
  const { cursor: _, ...filter } = query;
  const rows = await listMerits(deps.db.read, scope, { ...filter, ...own, limit: EXPORT_ROWS });
  return await exported(deps, actor, 'merits', {
    columns: meritImport.columns.map(({ name }) => name),
    rows: rows.map((row) => [
      ...[row.merit_id, row.occurred_on, row.staff_no, row.rule, row.quantity, row.evidence],
      row.confirmed_by,
    ]),
  });
}

/** Merits within reach, the newest first. */
export async function meritPageFor(
  deps: Deps,
  actor: Actor,
  { cursor, limit, ...filter }: Query,
): Promise<{ items: MeritLine[]; next: string | null }> {
  const after = decodeMomentCursor(cursor, ID);
  const { scope, own } = reachOf(actor);
  const rows = await listMerits(deps.db.read, scope, { ...filter, ...own, after, limit: limit + 1 });
  return pageOf(
    rows,
    limit,
    (row) => lineOf(row, actor),
    (row) => [isoMoment(row.recorded_at), row.merit_id],
  );
}

function stateOf(row: MeritRecord): MeritLine['state'] {
  if (row.confirmed_by !== null) return 'confirmed';
  return row.rejected_by === null ? 'open' : 'rejected';
}

function lineOf(row: MeritRecord, actor: Actor): MeritLine {
  const state = stateOf(row);
  return {
    id: row.merit_id,
    occurredOn: row.occurred_on,
    staffNo: row.staff_no,
    staffName: row.staff_name,
    rule: row.rule as MeritRule,
    quantity: row.quantity,
    evidence: row.evidence,
    state,
    recordedBy: row.recorded_by,
    recordedAt: isoMoment(row.recorded_at),
    decidedBy: row.confirmed_by ?? row.rejected_by,
    note: row.rejected_note,
    claimed: row.claimed,
    opinion: row.opinion,
    opinionBy: row.opinion_by,
    opinionNote: row.opinion_note || null,
    publishedOn: row.published_at && dayOf(row.published_at),
    mayOpine: mayOpine(row, actor),
    mayProve: state === 'open' && actor.kind === 'user' && row.claimed && row.recorded_id === actor.id,
    mayDecide:
      state === 'open' &&
      actor.permissions.has('merit.confirm') &&
      actor.kind === 'user' &&
      barrier(row, actor) === undefined,
  };
}

function mayOpine(row: MeritRecord, actor: Actor): boolean {
  if (actor.kind !== 'user' || !actor.permissions.has('merit.opinion')) return false;
  const waits = row.claimed && row.opinion === null && stateOf(row) === 'open';
  return waits && row.recorded_id !== actor.id && row.staff_no !== actor.staffNo;
}

/** Why somebody is no second person; undefined when nothing is in the way. */
function barrier(row: MeritRecord, actor: UserActor): string | undefined {
  const own = actor.staffNo;
  if (own !== undefined && own === row.staff_no) return 'merit.own_merit';
  const same = [row.recorded_by, row.opinion_by].some((by) => by === actor.username || by === actor.name);
  return same || (own !== undefined && own === row.recorded_staff) ? 'merit.same_person' : undefined;
}

/**
 * Confirms a merit, which then counts, or turns it down.
 * @throws Refusal `merit.unknown`, `merit.decided`, `merit.own_merit`, `merit.same_person`,
 *   `merit.opinion_missing`, `merit.proof_missing`
 */
export async function decideMerit(
  deps: Deps,
  actor: Actor,
  { id, decision }: { id: string; decision: MeritDecision },
): Promise<void> {
  requirePermission(actor, 'merit.confirm');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await lockMerit(tx, { ...actor.scope, cityCode }, id);
    if (row === undefined) throw new Refusal('merit.unknown');
    if (stateOf(row) !== 'open') throw new Refusal('merit.decided');
    const barred = barrier(row, actor);
    if (barred !== undefined) throw new Refusal(barred);
    if (decision.confirm && row.claimed) await requireProven(tx, cityCode, row);
    const by = actor.username;
    if (decision.confirm) {
      await confirmMerits(tx, cityCode, [{ merit_id: id, confirmed_by: by }], at);
      await tellConfirmed(tx, cityCode, [{ ...row, confirmed_by: by }]);
    } else await rejectMerit(tx, cityCode, { id, by, at, note: decision.note });
    await audit(tx, {
      actor,
      action: decision.confirm ? 'merit.confirmed' : 'merit.rejected',
      subjectKind: 'merit',
      subjectId: id,
      ...(decision.note === '' ? {} : { reason: decision.note }),
      detail: { rule: row.rule, staff_no: row.staff_no },
      cityCode,
      at,
    });
  });
}

/** A claim needs the department's opinion and proof before it may count. */
async function requireProven(tx: Tx, cityCode: string, row: MeritRecord): Promise<void> {
  if (row.opinion === null) throw new Refusal('merit.opinion_missing');
  const proof = await filesOf(tx, proofOf(cityCode, row.merit_id));
  if (proof.length === 0) throw new Refusal('merit.proof_missing');
}
