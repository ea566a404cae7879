import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Params } from './kind.ts';

export interface Candidate {
  readonly id: string;
  readonly scope_code: string | null;
  readonly staff_no: string | null;
}

export interface Wanted {
  /** what the role must allow; null: whatever it allows */
  readonly permission: string | null;
  readonly ids: readonly string[] | null;
  readonly staff: readonly string[] | null;
}

/** Active accounts of the city that could be told something. */
export async function findCandidates(reader: Reader, cityCode: string, wanted: Wanted): Promise<Candidate[]> {
  const { permission, ids, staff } = wanted;
  const { rows } = await sql<Candidate>`
    SELECT u.id, u.scope_code, u.staff_no FROM oversight."user" u
    WHERE u.city_code = ${cityCode} AND u.disabled_at IS NULL
      AND (${permission}::text IS NULL OR EXISTS (SELECT FROM oversight.role_permission p
        WHERE p.role = u.role AND p.permission = ${permission}))
      AND (${ids as string[] | null}::text[] IS NULL OR u.id = ANY(${ids as string[] | null}::text[]))
      AND (${staff as string[] | null}::text[] IS NULL
        OR u.staff_no = ANY(${staff as string[] | null}::text[]))
    ORDER BY u.id`.execute(reader);
  return rows;
}

export interface NewMessage {
  readonly message_id: string;
  readonly user_id: string;
  readonly kind: string;
  readonly fact_key: string;
  readonly params: Params;
  readonly link: string;
}

/** Adds messages; answers whom: those who were told of the fact before are left out. */
export async function insertMessages(
  tx: Tx,
  cityCode: string,
  messages: readonly NewMessage[],
  at: Date,
): Promise<string[]> {
  if (messages.length === 0) return [];
  const { rows } = await sql<{ user_id: string }>`
    INSERT INTO oversight.message (city_code, message_id, user_id, kind, fact_key, params, link, created_at)
    SELECT ${cityCode}, m.message_id, m.user_id, m.kind, m.fact_key, m.params, m.link, ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS m(message_id uuid, user_id text,
      kind text, fact_key text, params jsonb, link text)
    ON CONFLICT (city_code, user_id, kind, fact_key) DO NOTHING RETURNING user_id`.execute(tx);
  return rows.map(({ user_id: id }) => id);
}

export interface MessageRow {
  readonly message_id: string;
  readonly kind: string;
  readonly params: Params;
  readonly link: string;
  readonly created_at: Date;
  readonly read_at: Date | null;
}

export interface MessageFilter {
  readonly kinds?: readonly string[] | undefined;
  readonly state?: 'unread' | 'read' | undefined;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** One person's messages, the newest first. */
export async function listMessages(
  reader: Reader,
  owner: { readonly cityCode: string; readonly userId: string },
  { kinds, state, after, limit }: MessageFilter,
): Promise<MessageRow[]> {
  const conditions = [
    sql`m.city_code = ${owner.cityCode} AND m.user_id = ${owner.userId}`,
    ...(kinds === undefined ? [] : [sql`m.kind = ANY(${[...kinds]}::text[])`]),
    ...(state === undefined ? [] : [sql`(m.read_at IS NULL) = ${state === 'unread'}`]),
    ...(after === undefined
      ? []
      : [sql`(m.created_at, m.message_id) < (${after.at}::timestamptz, ${after.id}::uuid)`]),
  ];
  const { rows } = await sql<MessageRow>`
    SELECT m.message_id, m.kind, m.params, m.link, m.created_at, m.read_at
    FROM oversight.message m WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY m.created_at DESC, m.message_id DESC LIMIT ${limit}`.execute(reader);
  return rows;
}

/** Unread messages of one person, counted no further than `most`. */
export async function countUnread(
  reader: Reader,
  owner: { readonly cityCode: string; readonly userId: string },
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (SELECT FROM oversight.message
      WHERE city_code = ${owner.cityCode} AND user_id = ${owner.userId} AND read_at IS NULL
      LIMIT ${most}) unread`.execute(reader);
  return rows[0]?.count ?? 0;
}

/** Marks what is still unread of one person's messages; those of others are never touched. */
export async function markRead(
  tx: Tx,
  owner: { readonly cityCode: string; readonly userId: string },
  which: {
    readonly ids?: readonly string[];
    readonly upTo?: string;
    readonly kinds?: readonly string[] | undefined;
    readonly at: Date;
  },
): Promise<void> {
  const { ids, upTo = null, kinds, at } = which;
  await sql`UPDATE oversight.message SET read_at = ${at}
    WHERE city_code = ${owner.cityCode} AND user_id = ${owner.userId} AND read_at IS NULL
      AND (${ids === undefined ? null : [...ids]}::uuid[] IS NULL
        OR message_id = ANY(${ids === undefined ? null : [...ids]}::uuid[]))
      AND (${upTo}::uuid IS NULL OR created_at <= (SELECT u.created_at FROM oversight.message u
        WHERE u.city_code = ${owner.cityCode} AND u.user_id = ${owner.userId} AND u.message_id = ${upTo}))
      AND (${kinds === undefined ? null : [...kinds]}::text[] IS NULL
        OR kind = ANY(${kinds === undefined ? null : [...kinds]}::text[]))`.execute(tx);
}

/** How many of a city's messages were older than may be kept. */
export async function deleteMessages(tx: Tx, cityCode: string, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM oversight.message WHERE city_code = ${cityCode} AND created_at < ${before}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
