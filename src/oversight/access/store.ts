import { sql } from 'kysely';
import type { Reader, Tx } from '../../platform/db.ts';

/** An account with its role, as read. */
export interface UserRow {
  id: string;
  city_code: string;
  username: string;
  name: string;
  role: string;
  scope_code: string | null;
  staff_no: string | null;
  two_factor_enabled: boolean;
  must_change_password: boolean;
  disabled_at: Date | null;
  password: string | null;
}

const userColumns = sql`u.id, u.city_code, u.username, u.name, u.role, u.scope_code, u.staff_no,
  u.two_factor_enabled,
  u.must_change_password, u.disabled_at, a.password`;

/** The account of a name, with the hash of its password. */
export async function findUserByName(db: Reader, username: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    SELECT ${userColumns} FROM oversight."user" u
    LEFT JOIN oversight.account a ON a.user_id = u.id AND a.provider_id = 'credential'
    WHERE u.username = ${username}`.execute(db);
  return rows[0];
}

export async function findUserById(db: Reader, id: string): Promise<UserRow | undefined> {
  const { rows } = await sql<UserRow>`
    SELECT ${userColumns} FROM oversight."user" u
    LEFT JOIN oversight.account a ON a.user_id = u.id AND a.provider_id = 'credential'
    WHERE u.id = ${id}`.execute(db);
  return rows[0];
}

/** Whether the city has any account at all. */
export async function hasUsers(db: Reader, cityCode: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    SELECT EXISTS (SELECT FROM oversight."user" WHERE city_code = ${cityCode}) AS found`.execute(db);
  return rows[0]?.found ?? false;
}

export interface NewUser {
  id: string;
  cityCode: string;
  username: string;
  name: string;
  role: string;
  scopeCode: string | null;
  staffNo: string | null;
  passwordHash: string;
  mustChangePassword: boolean;
  at: Date;
}

/** False when the name or the member of staff already has an account. */
export async function insertUser(tx: Tx, user: NewUser): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO oversight."user" (id, city_code, username, name, role, scope_code, staff_no,
      must_change_password,
      created_at, updated_at)
    VALUES (${user.id}, ${user.cityCode}, ${user.username}, ${user.name}, ${user.role}, ${user.scopeCode},
      ${user.staffNo}, ${user.mustChangePassword}, ${user.at}, ${user.at})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx);
  if (rows.length === 0) return false;
  await sql`
    INSERT INTO oversight.account (id, user_id, provider_id, account_id, password, created_at, updated_at)
    VALUES (${user.id}, ${user.id}, 'credential', ${user.id}, ${user.passwordHash}, ${user.at},
      ${user.at})`.execute(tx);
  return true;
}

export async function updatePassword(
  tx: Tx,
  change: { userId: string; hash: string; mustChange: boolean; at: Date },
): Promise<void> {
  await sql`UPDATE oversight.account SET password = ${change.hash}, updated_at = ${change.at}
    WHERE user_id = ${change.userId} AND provider_id = 'credential'`.execute(tx);
  await sql`UPDATE oversight."user" SET must_change_password = ${change.mustChange},
    updated_at = ${change.at},
    password_changed_at = CASE WHEN ${change.mustChange} THEN password_changed_at
      ELSE ${change.at}::timestamptz END
    WHERE id = ${change.userId}`.execute(tx);
}

export async function updateRole(
  tx: Tx,
  change: { userId: string; role: string; scopeCode: string | null; staffNo: string | null; at: Date },
): Promise<void> {
  await sql`UPDATE oversight."user" SET role = ${change.role}, scope_code = ${change.scopeCode},
    staff_no = ${change.staffNo}, updated_at = ${change.at} WHERE id = ${change.userId}`.execute(tx);
}

/** The account that a member of staff has. */
export async function findUserOfStaff(
  db: Reader,
  cityCode: string,
  staffNo: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM oversight."user" WHERE city_code = ${cityCode} AND staff_no = ${staffNo}`.execute(db);
  return rows[0]?.id;
}

export async function updateDisabled(
  tx: Tx,
  userId: string,
  disabledAt: Date | null,
  at: Date,
): Promise<void> {
  await sql`UPDATE oversight."user" SET disabled_at = ${disabledAt}, updated_at = ${at}
    WHERE id = ${userId}`.execute(tx);
}

export async function updateSignedIn(tx: Tx, userId: string, at: Date): Promise<void> {
  await sql`UPDATE oversight."user" SET last_signed_in_at = ${at} WHERE id = ${userId}`.execute(tx);
}

export interface RoleRow {
  role: string;
  name_zh: string;
  name_en: string;
  needs_second_factor: boolean;
  needs_staff_no: boolean;
  permissions: string[];
}

export async function allRoles(db: Reader): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    SELECT r.role, r.name_zh, r.name_en, r.needs_second_factor, r.needs_staff_no,
      ARRAY(SELECT p.permission FROM oversight.role_permission p WHERE p.role = r.role
        ORDER BY 1) AS permissions
    FROM oversight.role r ORDER BY r.sort`.execute(db);
  return rows;
}

/** A line of the list of accounts. */
export interface UserListRow {
  id: string;
  username: string;
  name: string;
  role: string;
  scope_code: string | null;
  staff_no: string | null;
  two_factor_enabled: boolean;
  must_change_password: boolean;
  sessions: number;
  last_signed_in_at: Date | null;
  disabled_at: Date | null;
  created_at: Date;
}

export interface UserFilter {
  cityCode: string;
  q?: string | undefined;
  role?: string | undefined;
  state?: 'active' | 'disabled' | undefined;
  id?: string | undefined;
  after?: string | undefined;
  limit: number;
  at: Date;
  /** Sessions without a request since then are over. */
  idleSince: Date;
}

/** Accounts of the city by username; one more than the limit tells that there are more. */
export async function listUsers(db: Reader, filter: UserFilter): Promise<UserListRow[]> {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null;
  const conditions = [
    sql`u.city_code = ${filter.cityCode}`,
    ...(like ? [sql`(u.username ILIKE ${like} OR u.name ILIKE ${like} OR u.staff_no ILIKE ${like})`] : []),
    ...(filter.role ? [sql`u.role = ${filter.role}`] : []),
    ...(filter.state ? [sql`(u.disabled_at IS NULL) = ${filter.state === 'active'}`] : []),
    ...(filter.id ? [sql`u.id = ${filter.id}`] : []),
    ...(filter.after ? [sql`u.username > ${filter.after}`] : []),
  ];
  const { rows } = await sql<UserListRow>`
    SELECT u.id, u.username, u.name, u.role, u.scope_code, u.staff_no, u.two_factor_enabled,
      u.must_change_password, u.last_signed_in_at, u.disabled_at, u.created_at,
      (SELECT count(*)::int FROM oversight.session s
        WHERE s.user_id = u.id AND s.expires_at > ${filter.at}
          AND s.updated_at > ${filter.idleSince}) AS sessions
    FROM oversight."user" u WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY u.username LIMIT ${filter.limit + 1}`.execute(db);
  return rows;
}

/** Active accounts of the city whose role allows something, by username. */
export async function listHolders(
  db: Reader,
  cityCode: string,
  permission: string,
): Promise<Pick<UserRow, 'id' | 'username' | 'name' | 'role' | 'scope_code' | 'staff_no'>[]> {
  const { rows } = await sql<UserRow>`
    SELECT u.id, u.username, u.name, u.role, u.scope_code, u.staff_no FROM oversight."user" u
    JOIN oversight.role_permission p ON p.role = u.role AND p.permission = ${permission}
    WHERE u.city_code = ${cityCode} AND u.disabled_at IS NULL
    ORDER BY u.username LIMIT 500`.execute(db);
  return rows;
}
