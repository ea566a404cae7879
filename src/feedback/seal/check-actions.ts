import { randomUUID } from 'node:crypto';
import { isoMoment } from '../../kernel/day.ts';
import { type Actor, requirePermission, systemActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeCursor, pageOf } from '../../platform/cursor.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import {
  type CheckRow,
  findChecks,
  findWaiting,
  finishCheck,
  insertCheck,
  isWaiting,
} from './check-store.ts';
import type { SealCheck, SealDifference, SealLine, SealState } from './contract.ts';
import { sealCheckAsked } from './fact.ts';
import { sealClock, sealRules } from './rules.ts';
import { nextSealing } from './seal.ts';
import { countRatings, findLast, findSealsBefore, type SealRow } from './store.ts';
import { verifyRatings } from './verify-actions.ts';

/** Verifications shown. */
const SHOWN = 10;
/** Differences kept of a verification; the command line tells more. */
const KEPT = 100;
/** A verification that has waited longer was lost with its queue: another one may be asked for. */
const PATIENCE_MS = 6 * 3_600_000;
const LAST_BATCH = '9223372036854775807';

/** The seals of the auditor's city, the newest first, a page at a time. */
export async function listSeals(
  deps: Deps,
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: SealLine[]; next: string | null }> {
  requirePermission(actor, 'audit.read');
  const before = cursor === undefined ? null : Number(decodeCursor(cursor, 1)[0]);
  const page = { before: Number.isSafeInteger(before) ? before : null, limit: limit + 1 };
  const rows = await findSealsBefore(deps.db.read, actor.scope.cityCode, page);
  return pageOf(rows, limit, lineOf, (row) => [String(row.seal_number)]);
}

/** How it stands with the seals: the last one, when the next is made, what was verified. */
export async function sealStateOf(deps: Deps, actor: Actor): Promise<SealState> {
  requirePermission(actor, 'audit.read');
  const { cityCode } = actor.scope;
  const last = await findLast(deps.db.app, cityCode);
  const now = deps.clock.now();
  const span = { after: last?.through_batch ?? '0', through: LAST_BATCH };
  return {
    last: last ? lineOf(last) : null,
    nextAt: isoMoment(nextSealing(now, sealClock(now, sealRules()))),
    unsealed: await countRatings(deps.db.app, cityCode, span),
    checks: (await findChecks(deps.db.app, cityCode, SHOWN)).map(checkOf),
  };
}

/** Asks for a verification of all ratings; one that waits already is the same one. Answers its id. */
export async function askCheck(deps: Deps, actor: Actor): Promise<{ id: string }> {
  requirePermission(actor, 'audit.read');
  const { cityCode } = actor.scope;
  const now = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const waiting = await findWaiting(tx, cityCode, new Date(now.getTime() - PATIENCE_MS));
    if (waiting !== undefined) return { id: waiting.check_id };
    const id = randomUUID();
    const askedBy = actor.kind === 'user' ? actor.username : actor.name;
    await insertCheck(tx, cityCode, { id, askedAt: now, askedBy });
    await emit(tx, sealCheckAsked, { cityCode, checkId: id });
    return { id };
  });
}

/** Verifies what was asked for and notes what came of it. Safe to repeat. */
export async function checkSeals(
  deps: Deps,
  { cityCode, checkId }: { cityCode: string; checkId: string },
): Promise<void> {
  if (!(await isWaiting(deps.db.app, cityCode, checkId))) return;
  const actor = systemActor(cityCode, 'seal');
  const found = await verifyRatings(deps, actor);
  const finishedAt = deps.clock.now();
  const { ok: sound, seals, ratings, difference_count: differenceCount } = found;
  await inTx(deps.db, async (tx) => {
    const differences = found.differences.slice(0, KEPT);
    const result = { finishedAt, sound, seals, ratings, differenceCount, differences };
    if (!(await finishCheck(tx, cityCode, checkId, result))) return;
    await audit(tx, {
      actor,
      action: 'seal.verified',
      subjectKind: 'seal',
      subjectId: found.last === null ? '' : String(found.last.number),
      result: sound ? 'ok' : 'failed',
      detail: { seals, ratings, differences: differenceCount },
      cityCode,
      at: finishedAt,
    });
  });
  if (!sound) {
    deps.log.error({ event: 'seal.verified', differences: differenceCount }, 'ratings are not as sealed');
  }
}

function lineOf(row: SealRow): SealLine {
  return {
    number: row.seal_number,
    day: row.day,
    sealedAt: isoMoment(row.sealed_at),
    algorithm: row.algorithm,
    size: row.size,
    root: row.root.toString('hex'),
    hash: row.seal_hash.toString('hex'),
  };
}

function checkOf(row: CheckRow): SealCheck {
  const whole = (text: string | null) => (text === null ? null : Number(text));
  return {
    id: row.check_id,
    askedAt: isoMoment(row.asked_at),
    askedBy: row.asked_by,
    finishedAt: row.finished_at && isoMoment(row.finished_at),
    sound: row.sound,
    seals: row.seals,
    ratings: whole(row.ratings),
    differenceCount: whole(row.difference_count),
    differences: (row.differences ?? []) as SealDifference[],
  };
}
