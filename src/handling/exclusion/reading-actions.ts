import { dayOf, isoMoment } from '../../kernel/day.ts';
import { addMonths, firstDay, month, monthOf } from '../../kernel/month.ts';
import { rate } from '../../kernel/rate.ts';
import { Refusal } from '../../kernel/refusal.ts';
import {
  type Actor,
  isSamePerson,
  isSelf,
  ownStaff,
  requirePermission,
} from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { filesOf, openFile, receiveFile, type StoredFile } from '../../platform/stored-file.ts';
import { isAppealable } from './appeal-actions.ts';
import { isConcerned, personOf, sightOf } from './concern-actions.ts';
import type {
  ExclusionQuery,
  ExclusionRowView,
  ExclusionView,
  RatedView,
  UnverifiedQuery,
  UnverifiedRowView,
} from './contract.ts';
import { KIND } from './fact.ts';
import {
  countFigures,
  type ExclusionRow,
  type FigureRow,
  holdOpen,
  listExclusions,
  listUnverified,
  type RatedRow,
} from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Months of service that the list of what waits for a verdict goes back. */
const WAITING_MONTHS = 6;

export function ratedViewOf(row: Omit<RatedRow, 'verdict'>): RatedView {
  return {
    stepId: row.step_id,
    assessNumber: row.assess_number,
    projectNo: row.project_no,
    serviceNumber: row.service_number,
    taskName: row.task_name,
    serviceTime: isoMoment(row.service_time),
    assessedAt: isoMoment(row.assessed_at),
    windowCode: row.window_code,
    staffNo: row.staff_no,
    deptCode: row.dept_code,
    satisfaction: row.satisfaction,
    tags: row.tags,
    channel: row.channel,
    source: row.source,
    hasText: row.has_text,
  };
}

function rowViewOf(row: ExclusionRow): ExclusionRowView {
  return {
    id: row.exclusion_id,
    rating: ratedViewOf(row),
    verdict: row.verdict,
    reason: row.reason,
    state: row.state,
    findingId: row.finding_id,
    proposedBy: row.proposed_name,
    proposedAt: isoMoment(row.proposed_at),
    decidedBy: row.decided_name,
    decidedAt: row.decided_at && isoMoment(row.decided_at),
    note: row.decision_note,
  };
}

/** Proposals within the actor's sight, the newest first. */
export async function exclusionPageFor(
  deps: Deps,
  actor: Actor,
  query: ExclusionQuery,
): Promise<{ items: ExclusionRowView[]; next: string | null }> {
  const { state, verdict, q, cursor, limit } = query;
  const after = decodeMomentCursor(cursor, UUID);
  const filter = { state, verdict, q, after, limit: limit + 1 };
  const rows = await listExclusions(deps.db.read, sightOf(actor), filter);
  return pageOf(rows, limit, rowViewOf, (row) => [row.proposed_at.toISOString(), row.exclusion_id]);
}

/** Bad ratings of the last months that wait for a verdict, the oldest first. */
export async function unverifiedFor(
  deps: Deps,
  actor: Actor,
  { q, cursor, limit }: UnverifiedQuery,
): Promise<{ items: UnverifiedRowView[]; next: string | null }> {
  const fromMonth = firstDay(addMonths(monthOf(dayOf(deps.clock.now())), -WAITING_MONTHS));
  const after = decodeMomentCursor(cursor, /^[1-8]?\d{1,18}$/);
  const filter = { fromMonth, q, after, limit: limit + 1 };
  const rows = await listUnverified(deps.db.read, sightOf(actor), filter);
  return pageOf(
    rows,
    limit,
    (row) => ({ ...ratedViewOf(row), proposed: row.proposed, open: row.tags.length === 0 }),
    (row) => [row.recorded_at.toISOString(), row.step_id],
  );
}

/** A proposal with its files and what it would change. @throws Refusal `exclusion.unknown` */
export async function readExclusion(deps: Deps, actor: Actor, id: string): Promise<ExclusionView> {
  const row = await seen(deps, actor, id);
  const { cityCode } = actor;
  const of = { month: row.service_month, staffNo: row.staff_no, windowCode: row.window_code };
  const figures = await countFigures(deps.db.app, cityCode, of);
  const files = await filesOf(deps.db.app, { cityCode, kind: KIND, id });
  return {
    ...rowViewOf(row),
    evidence: row.evidence,
    appeal: appealOf(row),
    files: files.map(fileViewOf),
    effect: {
      month: month(row.service_month.slice(0, 7)),
      lines: figures.map((figure) => effectOf(row, figure)),
    },
    may: await stepsOpenTo(deps, actor, row),
  };
}

function appealOf(row: ExclusionRow): ExclusionView['appeal'] {
  if (row.appealed_at === null) return null;
  return {
    note: row.appeal_note ?? '',
    at: isoMoment(row.appealed_at),
    firstDecidedBy: row.first_decided_name ?? '',
    firstNote: row.first_note,
  };
}

/** The figures with the rating and without it, whichever of the two stands at the moment. */
function effectOf(row: ExclusionRow, figure: FigureRow): ExclusionView['effect']['lines'][number] {
  const counts = row.assess_number === 1 ? 1 : 0;
  const out = row.state === 'approved' ? counts : 0;
  const good = row.satisfaction >= 3 ? 1 : 0;
  const rated = figure.rated + out;
  const goods = figure.good + out * good;
  const excluded = figure.excluded - out;
  return {
    kind: figure.kind,
    code: figure.code,
    before: rate(goods, rated),
    after: rate(goods - counts * good, rated - counts),
    excludedBefore: excluded,
    excludedAfter: excluded + counts,
  };
}

async function stepsOpenTo(deps: Deps, actor: Actor, row: ExclusionRow): Promise<ExclusionView['may']> {
  if (actor.kind !== 'user') return [];
  const own = row.proposed_by === actor.id;
  if (own && isAppealable(row, deps.clock.now())) {
    return actor.permissions.has('exclusion.propose') ? ['appeal'] : [];
  }
  if (row.state !== 'proposed') return [];
  if (own) return actor.permissions.has('exclusion.propose') ? ['withdraw', 'attach'] : [];
  if (!actor.permissions.has('exclusion.decide') || isSamePerson(actor, row)) return [];
  if (row.appealed_at !== null) {
    const hears = actor.permissions.has('order.assign') && !isSelf(actor, row.first_decided_by);
    if (!hears) return [];
  }
  const { cityCode } = actor;
  const asked = { cityCode, staff: ownStaff(actor), stepIds: [row.step_id], now: deps.clock.now() };
  return (await isConcerned(deps.db.app, asked)) ? [] : ['decide'];
}

/** Adds a file to one's own open proposal. @throws Refusal `exclusion.*`, `file.*` */
export async function attachEvidence(
  deps: Deps,
  actor: Actor,
  id: string,
  incoming: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<ReturnType<typeof fileViewOf>> {
  const person = personOf(actor);
  const row = await seen(deps, actor, id);
  if (row.proposed_by !== person.id) throw new Refusal('exclusion.not_proposer');
  if (row.state !== 'proposed') throw new Refusal('exclusion.decided');
  const owner = { cityCode: person.cityCode, kind: KIND, id };
  const stored = await receiveFile(deps, owner, {
    ...incoming,
    by: { id: person.id, name: person.name },
    // It may have been decided while the file was on its way.
    admit: async (tx, { type, size_bytes: bytes, sha256 }) => {
      if (!(await holdOpen(tx, person.cityCode, id))) throw new Refusal('exclusion.decided');
      const detail = { type, bytes, sha256 };
      await note(tx, actor, 'rating.exclusion_file_added', { row, detail, at: deps.clock.now() });
    },
  });
  return fileViewOf(stored);
}

/**
 * A file of a proposal; that somebody read it is noted.
 * @throws Refusal `exclusion.unknown`, `file.unknown`
 */
export async function readEvidence(deps: Deps, actor: Actor, wanted: { id: string; fileId: string }) {
  requirePermission(actor, 'exclusion.read');
  const row = await seen(deps, actor, wanted.id);
  const opened = await openFile(deps, { cityCode: actor.cityCode, kind: KIND, id: wanted.id }, wanted.fileId);
  const detail = { sha256: opened.file.sha256 };
  await inTx(deps.db, (tx) =>
    note(tx, actor, 'rating.exclusion_file_read', { row, detail, at: deps.clock.now() }),
  );
  return opened;
}

async function seen(deps: Deps, actor: Actor, id: string): Promise<ExclusionRow> {
  const [row] = await listExclusions(deps.db.app, sightOf(actor), { id, limit: 1 });
  if (row === undefined) throw new Refusal('exclusion.unknown');
  return row;
}

async function note(
  tx: Tx,
  actor: Actor,
  action: string,
  { row, detail, at }: { row: ExclusionRow; detail: Record<string, unknown>; at: Date },
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'rating',
    subjectId: row.step_id,
    detail: { exclusion: row.exclusion_id, ...detail },
    cityCode: actor.cityCode,
    at,
  });
}

function fileViewOf(file: StoredFile): ExclusionView['files'][number] {
  return {
    id: file.file_id,
    name: file.name,
    type: file.type,
    size: file.size_bytes,
    uploadedBy: file.uploaded_name,
    uploadedAt: isoMoment(file.uploaded_at),
  };
}
