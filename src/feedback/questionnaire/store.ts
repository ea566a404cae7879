import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

export interface QuestionnaireRecord {
  readonly questionnaire_id: string;
  readonly number: string;
  readonly draft: string;
  readonly revision: number;
  readonly changed_by: string;
  readonly changed_at: Date;
  readonly created_at: Date;
  /** the newest that was published */
  readonly version: number | null;
  readonly content_hash: Buffer | null;
  /** the newest opening */
  readonly open_version: number | null;
  readonly from_day: string | null;
  readonly until_day: string | null;
  readonly regions: string[] | null;
  readonly windows: string[] | null;
  readonly closed_at: Date | null;
}

/** Begins a questionnaire under the next number of the year; the same id again begins nothing. */
export async function insertQuestionnaire(
  tx: Tx,
  cityCode: string,
  made: { id: string; year: string; draft: string; by: string; at: Date },
): Promise<boolean> {
  const prefix = `WJ${made.year}-`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`questionnaire/${cityCode}`}, 0))`.execute(tx);
  const { rows } = await sql`
    INSERT INTO feedback.questionnaire (city_code, questionnaire_id, number, draft, revision, created_by,
      created_at, changed_by, changed_at)
    SELECT ${cityCode}, ${made.id}::uuid, ${prefix} || lpad((count(*) + 1)::text, 4, '0'), ${made.draft}, 1,
      ${made.by}, ${made.at}::timestamptz, ${made.by}, ${made.at}::timestamptz
    FROM feedback.questionnaire WHERE city_code = ${cityCode} AND starts_with(number, ${prefix})
    ON CONFLICT (city_code, questionnaire_id) DO NOTHING RETURNING number`.execute(tx);
  return rows.length > 0;
}

/** Saves the draft; false when somebody else has saved since the revision. */
export async function updateDraft(
  tx: Tx,
  cityCode: string,
  saved: { id: string; revision: number; draft: string; by: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE feedback.questionnaire SET draft = ${saved.draft}, revision = revision + 1,
      changed_by = ${saved.by}, changed_at = ${saved.at}
    WHERE city_code = ${cityCode} AND questionnaire_id = ${saved.id}::uuid AND revision = ${saved.revision}
    RETURNING revision`.execute(tx);
  return rows.length > 0;
}

/** Holds the questionnaire until the transaction ends, so that two can't publish it at once. */
export async function lockQuestionnaire(tx: Tx, cityCode: string, id: string): Promise<void> {
  await sql`
    SELECT 1 FROM feedback.questionnaire WHERE city_code = ${cityCode} AND questionnaire_id = ${id}::uuid
    FOR UPDATE`.execute(tx);
}

export async function listQuestionnaires(
  reader: Reader,
  cityCode: string,
  filter: {
    id?: string | undefined;
    after?: { at: Date; id: string } | undefined;
    limit: number;
  },
): Promise<QuestionnaireRecord[]> {
  const { id, after } = filter;
  const conditions = [sql`q.city_code = ${cityCode}`];
  if (id) conditions.push(sql`q.questionnaire_id = ${id}::uuid`);
  if (after) conditions.push(sql`(q.created_at, q.questionnaire_id) < (${after.at}, ${after.id}::uuid)`);
  const { rows } = await sql<QuestionnaireRecord>`
    SELECT q.questionnaire_id, q.number, q.draft, q.revision, q.changed_by, q.changed_at, q.created_at,
      v.version, v.content_hash, o.version AS open_version, o.from_day::text, o.until_day::text, o.regions,
      o.windows, o.closed_at
    FROM feedback.questionnaire q
    LEFT JOIN (
      SELECT DISTINCT ON (questionnaire_id) questionnaire_id, version, content_hash
      FROM feedback.questionnaire_version WHERE city_code = ${cityCode}
      ORDER BY questionnaire_id, version DESC
    ) v ON v.questionnaire_id = q.questionnaire_id
    LEFT JOIN (
      SELECT DISTINCT ON (questionnaire_id) questionnaire_id, version, from_day, until_day, regions, windows,
        closed_at
      FROM feedback.questionnaire_opening WHERE city_code = ${cityCode}
      ORDER BY questionnaire_id, closed_at DESC NULLS FIRST, opened_at DESC
    ) o ON o.questionnaire_id = q.questionnaire_id
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY q.created_at DESC, q.questionnaire_id DESC LIMIT ${filter.limit}`.execute(reader);
  return rows;
}

export interface VersionRow {
  readonly version: number;
  readonly content: string;
  readonly content_hash: Buffer;
  readonly published_by: string;
  readonly published_at: Date;
}

/** Published versions, the newest first. */
export async function findVersions(
  reader: Reader,
  cityCode: string,
  { id, version = null }: { id: string; version?: number | null },
): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    SELECT version, content, content_hash, published_by, published_at FROM feedback.questionnaire_version
    WHERE city_code = ${cityCode} AND questionnaire_id = ${id}::uuid
      AND (${version}::int IS NULL OR version = ${version})
    ORDER BY version DESC`.execute(reader);
  return rows;
}

export async function insertVersion(
  tx: Tx,
  cityCode: string,
  frozen: { id: string; version: number; content: string; hash: Buffer; by: string; at: Date },
): Promise<void> {
  await sql`
    INSERT INTO feedback.questionnaire_version (city_code, questionnaire_id, version, content, content_hash,
      published_by, published_at)
    VALUES (${cityCode}, ${frozen.id}, ${frozen.version}, ${frozen.content}, ${frozen.hash}, ${frozen.by},
      ${frozen.at})`.execute(tx);
}

/** Closes what is open of a questionnaire; answers how many openings ended. */
export async function closeOpenings(
  tx: Tx,
  cityCode: string,
  closed: { id: string; by: string; at: Date },
): Promise<number> {
  const { rows } = await sql`
    UPDATE feedback.questionnaire_opening SET closed_at = ${closed.at}, closed_by = ${closed.by}
    WHERE city_code = ${cityCode} AND questionnaire_id = ${closed.id}::uuid AND closed_at IS NULL
    RETURNING opening_id`.execute(tx);
  return rows.length;
}

export async function insertOpening(
  tx: Tx,
  cityCode: string,
  opening: {
    openingId: string;
    id: string;
    version: number;
    from: string;
    until: string;
    regions: readonly string[];
    windows: readonly string[];
    by: string;
    at: Date;
  },
): Promise<void> {
  await sql`
    INSERT INTO feedback.questionnaire_opening (city_code, opening_id, questionnaire_id, version, from_day,
      until_day, regions, windows, opened_by, opened_at)
    VALUES (${cityCode}, ${opening.openingId}, ${opening.id}, ${opening.version}, ${opening.from}::date,
      ${opening.until}::date, ${[...opening.regions]}::text[], ${[...opening.windows]}::text[], ${opening.by},
      ${opening.at})`.execute(tx);
}

export interface OpenRow {
  readonly questionnaire_id: string;
  readonly number: string;
  readonly version: number;
  readonly content: string;
  readonly until_day: string;
}

/** What can be answered at a window on a day, the newest first. */
export async function findOpenAt(
  reader: Reader,
  cityCode: string,
  place: { windowCode: string; regions: readonly string[]; on: string },
): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow>`
    SELECT o.questionnaire_id, q.number, o.version, v.content, o.until_day::text
    FROM feedback.questionnaire_opening o
    JOIN feedback.questionnaire q
      ON q.city_code = o.city_code AND q.questionnaire_id = o.questionnaire_id
    JOIN feedback.questionnaire_version v ON v.city_code = o.city_code
      AND v.questionnaire_id = o.questionnaire_id AND v.version = o.version
    WHERE o.city_code = ${cityCode} AND o.closed_at IS NULL
      AND ${place.on}::date BETWEEN o.from_day AND o.until_day
      AND ((cardinality(o.regions) = 0 AND cardinality(o.windows) = 0)
        OR ${place.windowCode} = ANY(o.windows)
        OR o.regions && ${[...place.regions]}::text[])
    ORDER BY o.opened_at DESC, o.opening_id LIMIT 20`.execute(reader);
  return rows;
}
