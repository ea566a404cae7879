import type { Reader } from '../../platform/db.ts';
import type { Permission } from './contract.ts';
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
