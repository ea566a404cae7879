import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Stance } from './contract.ts';

export interface MemberRow {
  readonly user_id: string;
  readonly username: string;
  readonly name: string;
  readonly chair: boolean;
  readonly vote: 'upheld' | 'rejected' | null;
  readonly vote_reason: string | null;
  readonly voted_at: Date | null;
}

/** The review group, the chair first. */
export async function findMembers(reader: Reader, cityCode: string, appealId: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    SELECT user_id, username, name, chair, vote, vote_reason, voted_at FROM ledger.appeal_member
    WHERE city_code = ${cityCode} AND appeal_id = ${appealId}::uuid ORDER BY chair DESC, username
  `.execute(reader);
  return rows;
}

export async function updateOpinion(
  tx: Tx,
  cityCode: string,
  given: {
    appealId: string;
    stance: Stance;
    text: string | null;
    by: string | null;
    name: string | null;
    at: Date;
  },
): Promise<void> {
  await sql`
    UPDATE ledger.appeal SET state = 'group', stance = ${given.stance}, opinion = ${given.text},
      opinion_by = ${given.by}, opinion_name = ${given.name}, opinion_at = ${given.at}
    WHERE city_code = ${cityCode} AND appeal_id = ${given.appealId}::uuid`.execute(tx);
}

export interface NewMember {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly chair: boolean;
}

/** Puts a group in the place of the last one; who stays on it keeps the vote. */
export async function replaceMembers(
  tx: Tx,
  cityCode: string,
  group: { appealId: string; members: readonly NewMember[]; by: string; at: Date },
): Promise<void> {
  const { appealId, members } = group;
  const ids = members.map(({ userId }) => userId);
  await sql`DELETE FROM ledger.appeal_member WHERE city_code = ${cityCode} AND appeal_id = ${appealId}::uuid
    AND NOT user_id = ANY(${ids}::text[])`.execute(tx);
  await sql`
    INSERT INTO ledger.appeal_member (city_code, appeal_id, user_id, username, name, chair)
    SELECT ${cityCode}, ${appealId}::uuid, x."userId", x.username, x.name, x.chair
    FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS x("userId" text, username text, name text,
      chair boolean)
    ON CONFLICT (city_code, appeal_id, user_id) DO UPDATE SET chair = excluded.chair`.execute(tx);
  await sql`
    UPDATE ledger.appeal SET state = 'review', appointed_by = ${group.by}, appointed_at = ${group.at}
    WHERE city_code = ${cityCode} AND appeal_id = ${appealId}::uuid`.execute(tx);
}

export async function updateVote(
  tx: Tx,
  cityCode: string,
  vote: { appealId: string; userId: string; vote: string; reason: string; at: Date },
): Promise<void> {
  await sql`
    UPDATE ledger.appeal_member SET vote = ${vote.vote}, vote_reason = ${vote.reason}, voted_at = ${vote.at}
    WHERE city_code = ${cityCode} AND appeal_id = ${vote.appealId}::uuid AND user_id = ${vote.userId}
  `.execute(tx);
}

export interface Ending {
  readonly appealId: string;
  readonly state: 'upheld' | 'rejected' | 'withdrawn';
  readonly reason: string | null;
  readonly by: string;
  readonly name: string;
  readonly at: Date;
  readonly given: { readonly centi: number; readonly entryId: string; readonly month: string } | null;
}

export async function updateEnd(tx: Tx, cityCode: string, end: Ending): Promise<void> {
  await sql`
    UPDATE ledger.appeal SET state = ${end.state}, reason = ${end.reason}, decided_by = ${end.by},
      decided_name = ${end.name}, decided_at = ${end.at}, given_centi = ${end.given?.centi ?? null},
      given_entry = ${end.given?.entryId ?? null}, given_month = ${end.given?.month ?? null}
    WHERE city_code = ${cityCode} AND appeal_id = ${end.appealId}::uuid`.execute(tx);
}
