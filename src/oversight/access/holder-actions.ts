import type { Reader } from '../../platform/db.ts';
import type { Permission } from './contract.ts';
import { listStaffHolders } from './holder-store.ts';
import { parseScope, type Scope } from './scope.ts';
import { listHolders } from './store.ts';

/** Somebody who could be asked to do something. */
export interface Holder {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly staffNo: string | null;
  readonly scope: Scope;
}

/** The active accounts of a city that hold a permission, by username: for choosing who is to do something. */
export async function holdersOf(reader: Reader, cityCode: string, permission: Permission): Promise<Holder[]> {
  const rows = await listHolders(reader, cityCode, permission);
  return rows.map(({ id, username, name, role, staff_no: staffNo, scope_code: scope }) => ({
    id,
    username,
    name,
    role,
    staffNo,
    scope: (scope === null ? undefined : parseScope(scope, cityCode)) ?? { cityCode },
  }));
}

/** Those of the staff who have an active account with a permission: whom work can be given to. */
export async function accountsOfStaff(
  reader: Reader,
  cityCode: string,
  sought: { staff: readonly string[]; permission: Permission },
): Promise<Set<string>> {
  return new Set(await listStaffHolders(reader, cityCode, sought));
}
