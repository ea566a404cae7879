import { present } from '../../kernel/assert.ts';
import { dayOf, parseMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission, type UserActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { filesOf, openFile, receiveFile } from '../../platform/stored-file.ts';
import { inReach } from '../../registry/region/index.ts';
import { postedOn } from '../../registry/staff/index.ts';
import { cleanText, isGood, type Level, requireSound, tagCodes } from '../rating/index.ts';
import { contentOf, placed, placeOf } from './actions.ts';
import { type Subject, stateOf } from './comment.ts';
import type { InspectionDecision, InspectionForm } from './contract.ts';
import { type CommentListRow, listComments } from './list-store.ts';
import { insertComment, insertDecision } from './store.ts';

/** An inspection is no citizen's: it comes in by another terminal of the hall. */
const INSPECTED = 5;
/** What evidence belongs to. */
export const INSPECTION_FILES = 'inspection';

/**
 * Records what a supervisor found on a visit; it counts once a second person has confirmed it. The same again
 * changes nothing.
 * @throws Refusal `comment.own_subject`, `comment.beyond_scope`, `comment.in_future`,
 *   `comment.unknown_subject`, or the rule of ratings that is broken
 */
export async function recordInspection(deps: Deps, actor: Actor, form: InspectionForm): Promise<void> {
  requirePermission(actor, 'inspect.write');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const now = deps.clock.now();
  const { cityCode } = actor;
  const visitedAt = present(parseMoment(form.visitedAt), 'the form has checked the moment');
  if (visitedAt > now) throw new Refusal('comment.in_future', {}, { field: 'visitedAt' });
  const text = cleanText(form.text);
  const tags = tagCodes(form.tags);
  const level = form.satisfaction as Level;
  requireSound({ satisfaction: level, tags, text, channel: INSPECTED }, dayOf(now));
  const subject: Subject = { kind: form.subjectKind, code: form.subjectCode };
  const place = await placeOf(deps.db.app, cityCode, subject);
  if (!inReach(actor.scope, place)) throw new Refusal('comment.beyond_scope');
  await requireStranger(deps, actor, { subject, days: [visitedAt, now] });
  await inTx(deps.db, async (tx) => {
    const added = await insertComment(tx, cityCode, {
      ...contentOf({ level, tags: tags ?? [], text }),
      ...placed(subject, place),
      comment_id: form.id,
      mode: 'inspect',
      channel: INSPECTED,
      sign_code: null,
      client_id: `inspect:${form.id}`,
      occurred_at: visitedAt,
      received_at: now,
      recorded_by: actor.id,
      recorded_name: actor.name,
    });
    if (!added) return;
    await note(tx, actor, {
      action: 'inspection.recorded',
      id: form.id,
      at: now,
      detail: { subject_kind: subject.kind, subject: subject.code, level },
    });
  });
}

/**
 * Confirms or rejects an inspection, once.
 * @throws Refusal `comment.unknown`, `comment.same_person`, `comment.own_subject`, `comment.decided`,
 *   `comment.evidence_missing`
 */
export async function decideInspection(
  deps: Deps,
  actor: Actor,
  id: string,
  { outcome, note: said }: InspectionDecision,
): Promise<void> {
  requirePermission(actor, 'inspect.confirm');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const row = await inspectionBy(deps.db.app, actor, id);
  const at = deps.clock.now();
  if (row.recorded_by === actor.id) throw new Refusal('comment.same_person');
  const subject = { kind: row.subject_kind, code: row.subject_code };
  await requireStranger(deps, actor, { subject, days: [row.occurred_at, at] });
  if (row.outcome !== null) throw new Refusal('comment.decided');
  const { cityCode } = actor;
  if (outcome === 'confirmed' && !isGood(row.satisfaction as Level)) {
    const files = await filesOf(deps.db.app, ownerOf(cityCode, id));
    if (files.length === 0) throw new Refusal('comment.evidence_missing');
  }
  await inTx(deps.db, async (tx) => {
    const by = { id: actor.id, name: actor.name };
    const decided = await insertDecision(tx, cityCode, {
      commentId: id,
      outcome,
      by,
      at,
      note: said ?? null,
    });
    if (!decided) throw new Refusal('comment.decided');
    await note(tx, actor, { action: 'inspection.decided', id, at, detail: { outcome } });
  });
}

/**
 * Adds evidence to an inspection of one's own, before it is decided.
 * @throws Refusal `comment.unknown`, `comment.not_recorder`, `file.*`
 */
export async function attachToInspection(
  deps: Deps,
  actor: Actor,
  id: string,
  incoming: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<void> {
  requirePermission(actor, 'inspect.write');
  const mine = async (reader: Reader): Promise<UserActor> => {
    const row = await inspectionBy(reader, actor, id);
    if (actor.kind !== 'user' || row.recorded_by !== actor.id || row.outcome !== null) {
      throw new Refusal('comment.not_recorder');
    }
    return actor;
  };
  const { name, id: accountId } = await mine(deps.db.app);
  await receiveFile(deps, ownerOf(actor.cityCode, id), {
    ...incoming,
    by: { id: accountId, name },
    // It may have been decided while the file was on its way.
    admit: async (tx, { type, size_bytes: bytes, sha256 }) => {
      await mine(tx);
      const detail = { type, bytes, sha256 };
      await note(tx, actor, { action: 'inspection.file_added', id, at: deps.clock.now(), detail });
    },
  });
}

/** Evidence of an inspection with its content; that it was read is noted. */
export async function readInspectionFile(deps: Deps, actor: Actor, wanted: { id: string; fileId: string }) {
  const { id, fileId } = wanted;
  await inspectionBy(deps.db.app, actor, id);
  const opened = await openFile(deps, ownerOf(actor.cityCode, id), fileId);
  const detail = { sha256: opened.file.sha256 };
  await inTx(deps.db, (tx) =>
    note(tx, actor, { action: 'inspection.file_read', id, at: deps.clock.now(), detail }),
  );
  return opened;
}

export function ownerOf(cityCode: string, id: string) {
  return { cityCode, kind: INSPECTION_FILES, id };
}

async function inspectionBy(reader: Reader, actor: Actor, id: string): Promise<CommentListRow> {
  const reach = { ...actor.scope, cityCode: actor.cityCode };
  const [row] = await listComments(reader, { ...reach, id, mode: 'inspect', limit: 1 });
  if (row === undefined) throw new Refusal('comment.unknown');
  return row;
}

/** What stands in the way of somebody: the person inspected, or whoever serves at the window. */
async function requireStranger(
  deps: Deps,
  actor: UserActor,
  { subject, days }: { subject: Subject; days: readonly Date[] },
): Promise<void> {
  const { staffNo, cityCode } = actor;
  if (staffNo === undefined) return;
  const own =
    (subject.kind === 'staff' && subject.code === staffNo) ||
    (subject.kind === 'window' &&
      (await postedOn(deps.db.app, cityCode, {
        staffNo,
        windowCode: subject.code,
        days: days.map(dayOf),
      })));
  if (own) throw new Refusal('comment.own_subject');
}

/** Whether the actor could decide the inspection, for the screen to offer. */
export function mayDecide(actor: Actor, row: CommentListRow): boolean {
  return (
    actor.kind === 'user' &&
    actor.permissions.has('inspect.confirm') &&
    stateOf(row) === 'waiting' &&
    row.recorded_by !== actor.id &&
    !(row.subject_kind === 'staff' && row.subject_code === actor.staffNo)
  );
}

/** Whether the actor could add evidence. */
export function mayAttach(actor: Actor, row: CommentListRow): boolean {
  return actor.kind === 'user' && stateOf(row) === 'waiting' && row.recorded_by === actor.id;
}

async function note(
  tx: Tx,
  actor: Actor,
  event: { action: string; id: string; at: Date; detail: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { action, id, at, detail } = event;
  await audit(tx, {
    actor,
    action,
    subjectKind: 'inspection',
    subjectId: id,
    detail,
    cityCode: actor.cityCode,
    at,
  });
}
