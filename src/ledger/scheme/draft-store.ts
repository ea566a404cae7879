import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { DraftChange, DraftRecord } from './draft.ts';

const COLUMNS = sql`draft_id, title, reason, state, revision, base_hash, effective_from, changes, drafted_by,
  drafted_at, changed_by, changed_at, editors, proposed_by, proposed_at, decided_by, decided_at,
  decision_note, hash`;

/** Most drafts that the list shows: a city writes a handful a year. */
const LIST_ROWS = 200;

/** The newest drafts of a city first. */
export async function findDrafts(reader: Reader, cityCode: string): Promise<DraftRecord[]> {
  const { rows } = await sql<DraftRecord>`
    SELECT ${COLUMNS} FROM ledger.scheme_draft WHERE city_code = ${cityCode}
    ORDER BY changed_at DESC, draft_id LIMIT ${LIST_ROWS}`.execute(reader);
  return rows;
}

export async function findDraft(
  reader: Reader,
  cityCode: string,
  draftId: string,
): Promise<DraftRecord | undefined> {
  const { rows } = await sql<DraftRecord>`
    SELECT ${COLUMNS} FROM ledger.scheme_draft
    WHERE city_code = ${cityCode} AND draft_id = ${draftId}`.execute(reader);
  return rows[0];
}

/** The draft, held until the transaction ends. */
export async function lockDraft(tx: Tx, cityCode: string, draftId: string): Promise<DraftRecord | undefined> {
  const { rows } = await sql<DraftRecord>`
    SELECT ${COLUMNS} FROM ledger.scheme_draft
    WHERE city_code = ${cityCode} AND draft_id = ${draftId} FOR UPDATE`.execute(tx);
  return rows[0];
}

/**
 * One decision on a draft at a time: two that start in different months hold no row in common, and the later
 * one would be based on a scheme that isn't the newest any more.
 */
export async function holdDecisions(tx: Tx, cityCode: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(72103, ${cityCode}::text::int)`.execute(tx);
}

export interface DraftContent {
  readonly draftId: string;
  readonly title: string;
  readonly reason: string | null;
  readonly baseHash: string;
  readonly effectiveFrom: string;
  readonly changes: readonly DraftChange[];
  readonly by: string;
  readonly now: Date;
}

export async function insertDraft(tx: Tx, cityCode: string, draft: DraftContent): Promise<void> {
  const { draftId, title, reason, baseHash, effectiveFrom, changes, by, now } = draft;
  await sql`
    INSERT INTO ledger.scheme_draft (city_code, draft_id, title, reason, state, revision, base_hash,
      effective_from, changes, drafted_by, drafted_at, changed_by, changed_at, editors)
    VALUES (${cityCode}, ${draftId}, ${title}, ${reason}, 'draft', 1, ${baseHash}, ${effectiveFrom},
      ${JSON.stringify(changes)}::jsonb, ${by}, ${now}, ${by}, ${now}, ARRAY[${by}]::text[])`.execute(tx);
}

/** Another content for a draft that is held. */
export async function updateDraft(tx: Tx, cityCode: string, draft: DraftContent): Promise<void> {
  const { draftId, title, reason, baseHash, effectiveFrom, changes, by, now } = draft;
  await sql`
    UPDATE ledger.scheme_draft SET title = ${title}, reason = ${reason}, base_hash = ${baseHash},
      effective_from = ${effectiveFrom}, changes = ${JSON.stringify(changes)}::jsonb, changed_by = ${by},
      changed_at = ${now}, revision = revision + 1,
      editors = CASE WHEN ${by} = ANY(editors) THEN editors ELSE editors || ${by}::text END
    WHERE city_code = ${cityCode} AND draft_id = ${draftId}`.execute(tx);
}

/** A draft that is held is proposed, or given up by those who wrote it. */
export async function updateDraftStep(
  tx: Tx,
  cityCode: string,
  step: { draftId: string; state: 'proposed' | 'withdrawn'; by: string; now: Date },
): Promise<void> {
  const proposed = step.state === 'proposed';
  await sql`
    UPDATE ledger.scheme_draft SET state = ${step.state}, revision = revision + 1,
      proposed_by = CASE WHEN ${proposed}::boolean THEN ${step.by} ELSE proposed_by END,
      proposed_at = CASE WHEN ${proposed}::boolean THEN ${step.now}::timestamptz ELSE proposed_at END
    WHERE city_code = ${cityCode} AND draft_id = ${step.draftId}`.execute(tx);
}

/** The second person's word on a draft that is held. */
export async function updateDraftDecision(
  tx: Tx,
  cityCode: string,
  decision: { draftId: string; hash: string | null; note: string | null; by: string; now: Date },
): Promise<void> {
  const { draftId, hash, note, by, now } = decision;
  await sql`
    UPDATE ledger.scheme_draft SET state = ${hash === null ? 'rejected' : 'in_force'}, hash = ${hash},
      decided_by = ${by}, decided_at = ${now}, decision_note = ${note}, revision = revision + 1
    WHERE city_code = ${cityCode} AND draft_id = ${draftId}`.execute(tx);
}
