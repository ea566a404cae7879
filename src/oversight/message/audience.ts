/** Whose scope is meant, and who is spared. */
export interface Reach {
  /** only those who speak for this department */
  readonly department?: string;
  /** those whose scope is the whole city, or a region that covers this one; no department's people */
  readonly over?: { readonly regionCode: string | null };
  /** whoever did it, and whoever it concerns, hears nothing */
  readonly except?: { readonly accounts?: readonly string[]; readonly staff?: readonly string[] };
}

interface Person {
  readonly id: string;
  readonly staffNo: string | null;
  readonly regionPrefix?: string | undefined;
  readonly departmentCode?: string | undefined;
}

/** Whether somebody whose account fits is meant by scope. */
export function isMeant(reach: Reach, person: Person): boolean {
  const { department, over, except } = reach;
  if (except?.accounts?.includes(person.id)) return false;
  if (person.staffNo !== null && except?.staff?.includes(person.staffNo)) return false;
  if (department !== undefined) return person.departmentCode === department;
  if (over === undefined) return true;
  if (person.departmentCode !== undefined) return false;
  return person.regionPrefix === undefined || (over.regionCode ?? '').startsWith(person.regionPrefix);
}
