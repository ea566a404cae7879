import { maskName } from '../../kernel/codes.ts';
import { type Day, day, dayOf } from '../../kernel/day.ts';
import { firstDay, lastDay, month, monthOf } from '../../kernel/month.ts';
import { formatPoints } from '../../kernel/points.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { filesOf, openFile, receiveFile } from '../../platform/stored-file.ts';
import { inReach } from '../../registry/region/index.ts';
import { placesOfSubjects } from '../../registry/staff/index.ts';
import { type BonusOffer, pointsIn } from './allowance.ts';
import type { MeritAllowance, MeritClaim, MeritFiles, MeritNotice, MeritOpinion } from './claim-contract.ts';
import { giveOpinion, insertClaim, meritsOfYear, publishedMerits, publishMerits } from './claim-store.ts';
import type { MeritRule } from './contract.ts';
import { findMerits, lockMerit, type MeritRecord } from './store.ts';

/** Bonus items in force on a day: the scheme lies downstream, so `app/` hands them over. */
export type BonusInForce = (
  reader: Reader,
  cityCode: string,
  on: Day,
) => Promise<{ readonly totalCap: number; readonly items: readonly BonusOffer[] }>;

/** What proof belongs to. */
export function proofOf(cityCode: string, id: string) {
  return { cityCode, kind: 'merit', id };
}

/** Who sees all merits of the scope; anybody else sees the own ones only. */
export function seesOthers(actor: Actor): boolean {
  return actor.permissions.has('merit.confirm') || actor.permissions.has('merit.opinion');
}

function claimant(actor: Actor): UserActor {
  requirePermission(actor, 'merit.claim');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  return actor;
}

/**
 * Claims a merit, with proof to follow; a liaison's claim is the department's opinion, too. The same form
 * again changes nothing.
 * @returns the number of the merit
 * @throws Refusal `merit.not_yours`, `merit.in_future`, `merit.unknown_staff`, `merit.rule_not_in_force`,
 *   `merit.differs`
 */
export async function claimMerit(
  deps: Deps,
  actor: Actor,
  { form, bonusInForce }: { form: MeritClaim; bonusInForce: BonusInForce },
): Promise<string> {
  const by = claimant(actor);
  const now = deps.clock.now();
  if (form.occurredOn > dayOf(now)) throw new Refusal('merit.in_future', {}, { field: 'occurredOn' });
  const staffNo = form.staffNo || by.staffNo;
  const others = by.permissions.has('merit.opinion');
  if (staffNo === undefined || (staffNo !== by.staffNo && !others)) throw new Refusal('merit.not_yours');
  const row = {
    merit_id: `JF-${form.id.toLowerCase().replaceAll('-', '').slice(0, 16)}`,
    occurred_on: form.occurredOn,
    staff_no: staffNo,
    rule: form.rule,
    quantity: form.quantity,
    evidence: form.evidence,
    confirmed_by: null,
  };
  await inTx(deps.db, async (tx) => {
    await requireReached(tx, by, staffNo);
    const known = (await findMerits(tx, by.cityCode, [row.merit_id]))[0];
    if (known !== undefined) {
      const names = ['occurred_on', 'staff_no', 'rule', 'quantity', 'evidence'] as const;
      if (names.some((name) => known[name] !== row[name])) {
        throw new Refusal('merit.differs', { id: row.merit_id });
      }
      return;
    }
    const { items } = await bonusInForce(tx, by.cityCode, day(form.occurredOn));
    if (!items.some(({ rules }) => rules.some(({ code }) => code === form.rule))) {
      throw new Refusal('merit.rule_not_in_force', { day: form.occurredOn }, { field: 'rule' });
    }
    // Nobody speaks for the department in their own matter.
    const supported = others && staffNo !== by.staffNo;
    const who = { now, by: by.username, byId: by.id, byStaff: by.staffNo ?? null, supported };
    if (await insertClaim(tx, by.cityCode, row, who)) await note(tx, by, 'claimed', { ...row, at: now });
  });
  return row.merit_id;
}

async function requireReached(tx: Tx, by: UserActor, staffNo: string): Promise<void> {
  const [place] = await placesOfSubjects(tx, by.cityCode, [{ kind: 'staff', code: staffNo }]);
  if (place === undefined) throw new Refusal('merit.unknown_staff', {}, { field: 'staffNo' });
  const where = { regionCode: place.region_code, departmentCode: place.department_code };
  if (staffNo !== by.staffNo && !inReach(by.scope, where)) throw new Refusal('merit.not_yours');
}

/**
 * Adds proof to a claim of one's own before it is decided.
 * @throws Refusal `merit.unknown`, `merit.not_claimant`, `file.*`
 */
export async function addProof(
  deps: Deps,
  actor: Actor,
  { id, ...incoming }: { id: string; name: string; content: AsyncIterable<Uint8Array> },
): Promise<void> {
  const by = claimant(actor);
  const mine = async (tx: Tx): Promise<void> => {
    const row = await lockMerit(tx, { cityCode: by.cityCode }, id);
    if (row === undefined) throw new Refusal('merit.unknown');
    if (row.recorded_id !== by.id || !isOpen(row)) throw new Refusal('merit.not_claimant');
  };
  await inTx(deps.db, mine);
  await receiveFile(deps, proofOf(by.cityCode, id), {
    ...incoming,
    by: { id: by.id, name: by.name },
    admit: async (tx) => {
      await mine(tx);
      await note(tx, by, 'proof_added', { merit_id: id, at: deps.clock.now() });
    },
  });
}

function isOpen(row: MeritRecord): boolean {
  return row.confirmed_by === null && row.rejected_by === null;
}

/** A merit that the actor may see: of the scope, or their own. @throws Refusal `merit.unknown` */
async function seen(deps: Deps, actor: Actor, id: string): Promise<MeritRecord> {
  requirePermission(actor, 'merit.read');
  const scope = seesOthers(actor)
    ? { ...actor.scope, cityCode: actor.cityCode }
    : { cityCode: actor.cityCode };
  const row = await inTx(deps.db, (tx) => lockMerit(tx, scope, id));
  const own = actor.kind === 'user' && actor.staffNo !== undefined && row?.staff_no === actor.staffNo;
  if (row === undefined || !(own || seesOthers(actor))) throw new Refusal('merit.unknown');
  return row;
}

/** Names of the proof of a merit. */
export async function proofList(deps: Deps, actor: Actor, id: string): Promise<MeritFiles> {
  await seen(deps, actor, id);
  const files = await filesOf(deps.db.app, proofOf(actor.cityCode, id));
  return {
    items: files.map(({ file_id, name, size_bytes }) => ({ id: file_id, name, size: Number(size_bytes) })),
  };
}

/** One piece of proof with its content; that it was read is noted. */
export async function readProof(deps: Deps, actor: Actor, { id, fileId }: { id: string; fileId: string }) {
  await seen(deps, actor, id);
  const opened = await openFile(deps, proofOf(actor.cityCode, id), fileId);
  await inTx(deps.db, (tx) => note(tx, actor, 'proof_read', { merit_id: id, at: deps.clock.now() }));
  return opened;
}

/**
 * The department says what it thinks of a claim, once.
 * @throws Refusal `merit.unknown`, `merit.own_merit`, `merit.same_person`, `merit.no_claim`
 */
export async function giveMeritOpinion(
  deps: Deps,
  actor: Actor,
  { id, opinion }: { id: string; opinion: MeritOpinion },
): Promise<void> {
  requirePermission(actor, 'merit.opinion');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const at = deps.clock.now();
  const { cityCode } = actor;
  await inTx(deps.db, async (tx) => {
    const row = await lockMerit(tx, { ...actor.scope, cityCode }, id);
    if (row === undefined) throw new Refusal('merit.unknown');
    if (actor.staffNo !== undefined && actor.staffNo === row.staff_no) throw new Refusal('merit.own_merit');
    if (row.recorded_id === actor.id) throw new Refusal('merit.same_person');
    if (!row.claimed || row.opinion !== null || !isOpen(row)) throw new Refusal('merit.no_claim');
    await giveOpinion(tx, cityCode, { id, ...opinion, by: actor.username, at });
    await note(tx, actor, 'opinion', { merit_id: id, at });
  });
}

/**
 * The seven items with their caps, and what is used of them this month and year, for who is about to claim.
 * @throws Refusal `merit.not_yours`, `merit.unknown_staff`
 */
export async function allowanceFor(
  deps: Deps,
  actor: Actor,
  given: { staff?: string | undefined; on?: string | undefined; bonusInForce: BonusInForce },
): Promise<MeritAllowance> {
  requirePermission(actor, 'merit.claim');
  const by = claimant(actor);
  const { bonusInForce } = given;
  const on = given.on === undefined ? dayOf(deps.clock.now()) : day(given.on);
  const staffNo = given.staff || by.staffNo;
  if (staffNo === undefined) throw new Refusal('merit.unknown_staff', {}, { field: 'staff' });
  if (staffNo !== by.staffNo && !seesOthers(actor)) throw new Refusal('merit.not_yours');
  await inTx(deps.db, (tx) => requireReached(tx, by, staffNo));
  const year = on.slice(0, 4);
  const merits = await meritsOfYear(deps.db.read, by.cityCode, { staffNo, year });
  const { totalCap, items } = await bonusInForce(deps.db.read, by.cityCode, on);
  const months = [...new Set(merits.map(({ occurred_on }) => occurred_on.slice(0, 7)))];
  const counted = (offer: BonusOffer, of: string, waitingToo: boolean) =>
    pointsIn(
      offer,
      merits.filter((one) => one.occurred_on.startsWith(of) && (waitingToo || one.confirmed)),
    );
  const now = monthOf(on);
  return {
    staffNo,
    on,
    totalCap: formatPoints(totalCap),
    items: items.map((offer) => ({
      item: offer.item,
      name: offer.name,
      cap: formatPoints(offer.cap),
      rules: offer.rules.map(({ code, name, unit }) => ({
        code: code as MeritRule,
        name,
        points: formatPoints(unit),
      })),
      month: formatPoints(counted(offer, now, false)),
      waiting: formatPoints(counted(offer, now, true) - counted(offer, now, false)),
      year: formatPoints(months.reduce((all, one) => all + counted(offer, one, false), 0)),
    })),
  };
}

/** Publishes the confirmed merits of a month; answers how many are new in the list. */
export async function publishMonth(deps: Deps, actor: Actor, of: string): Promise<{ published: number }> {
  requirePermission(actor, 'merit.publish');
  const at = deps.clock.now();
  const [first, last] = [firstDay(month(of)), lastDay(month(of))];
  const scope = { ...actor.scope, cityCode: actor.cityCode };
  return await inTx(deps.db, async (tx) => {
    const published = await publishMerits(tx, scope, { first, last, by: actor.name, at });
    await note(tx, actor, 'published', { merit_id: of, at, quantity: published });
    return { published };
  });
}

/** The published list of a month: 张* and what it was for, for everybody who works in the halls. */
export async function meritNoticeOf(deps: Deps, actor: Actor, of: string | undefined): Promise<MeritNotice> {
  requirePermission(actor, 'merit.read');
  const wanted = of === undefined ? monthOf(dayOf(deps.clock.now())) : month(of);
  const span = { first: firstDay(wanted), last: lastDay(wanted) };
  const rows = await publishedMerits(deps.db.read, actor.cityCode, span);
  return {
    items: rows.map((row) => ({
      id: row.merit_id,
      name: maskName(row.name),
      departmentName: row.department_name,
      rule: row.rule as MeritRule,
      quantity: row.quantity,
      occurredOn: row.occurred_on,
      publishedOn: dayOf(row.published_at),
    })),
  };
}

async function note(
  tx: Tx,
  actor: Actor,
  what: string,
  about: { merit_id: string; at: Date; rule?: string; quantity?: number },
): Promise<void> {
  const { merit_id: subjectId, at, rule, quantity } = about;
  await audit(tx, {
    actor,
    action: `merit.${what}`,
    subjectKind: 'merit',
    subjectId,
    detail: { ...(rule ? { rule } : {}), ...(quantity === undefined ? {} : { quantity }) },
    cityCode: actor.cityCode,
    at,
  });
}
