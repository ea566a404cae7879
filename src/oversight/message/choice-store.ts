import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Mode } from './choice.ts';
import type { Group } from './kind.ts';

export interface ChoiceRow {
  readonly user_id: string;
  readonly lang: string;
  readonly address_sealed: Buffer | null;
  readonly waiting_sealed: Buffer | null;
  readonly code_hash: Buffer | null;
  readonly code_until: Date | null;
  readonly code_sent_at: Date | null;
  readonly code_tries: number;
  readonly by_mail: Readonly<Partial<Record<Group, Mode>>>;
  readonly quiet_from: string | null;
  readonly quiet_to: string | null;
  readonly quiet_rest_days: boolean | null;
  readonly digest_at: string | null;
}

const COLUMNS = sql`c.user_id, c.lang, c.address_sealed, c.waiting_sealed, c.code_hash, c.code_until,
  c.code_sent_at, c.code_tries, c.by_mail, c.quiet_from, c.quiet_to, c.quiet_rest_days, c.digest_at`;

/** The choices of active accounts; who has chosen nothing isn't among them. */
export async function findChoices(
  reader: Reader,
  cityCode: string,
  userIds: readonly string[],
): Promise<ChoiceRow[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<ChoiceRow>`
    SELECT ${COLUMNS} FROM oversight.message_choice c
    JOIN oversight."user" u ON u.city_code = c.city_code AND u.id = c.user_id AND u.disabled_at IS NULL
    WHERE c.city_code = ${cityCode} AND c.user_id = ANY(${[...userIds]}::text[])`.execute(reader);
  return rows;
}

/** A person's choice held until the transaction ends; made when there is none yet. */
export async function holdChoice(tx: Tx, cityCode: string, userId: string, at: Date): Promise<ChoiceRow> {
  await sql`INSERT INTO oversight.message_choice (city_code, user_id, changed_at)
    VALUES (${cityCode}, ${userId}, ${at}) ON CONFLICT (city_code, user_id) DO NOTHING`.execute(tx);
  const { rows } = await sql<ChoiceRow>`
    SELECT ${COLUMNS} FROM oversight.message_choice c
    WHERE c.city_code = ${cityCode} AND c.user_id = ${userId} FOR UPDATE`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('the choice was just made');
  return row;
}

export type ChoiceChange = Partial<Omit<ChoiceRow, 'user_id'>>;

const CHANGING = [
  'lang',
  'address_sealed',
  'waiting_sealed',
  'code_hash',
  'code_until',
  'code_sent_at',
  'code_tries',
  'quiet_from',
  'quiet_to',
  'quiet_rest_days',
  'digest_at',
] as const satisfies readonly (keyof ChoiceChange)[];

/** Changes a held choice. */
export async function updateChoice(
  tx: Tx,
  owner: { readonly cityCode: string; readonly userId: string },
  change: ChoiceChange,
  at: Date,
): Promise<void> {
  const parts = CHANGING.flatMap((name) => {
    const value = change[name];
    return value === undefined ? [] : [sql`${sql.ref(name)} = ${value}`];
  });
  const modes = change.by_mail === undefined ? [] : [sql`by_mail = ${JSON.stringify(change.by_mail)}::jsonb`];
  await sql`UPDATE oversight.message_choice SET ${sql.join([...parts, ...modes, sql`changed_at = ${at}`])}
    WHERE city_code = ${owner.cityCode} AND user_id = ${owner.userId}`.execute(tx);
}
