/** A stuck matter as the monthly summary counts it. */
export interface MatterRow {
  readonly number: string;
  readonly category: string | null;
  /** told the remedy at once, with no order */
  readonly exclusion: string | null;
  readonly cause: string | null;
  readonly department: string | null;
  readonly department_name: string | null;
  readonly window: string | null;
  readonly item: string | null;
  readonly ended: boolean | null;
  readonly withdrawn: boolean | null;
  readonly on_time: boolean;
  readonly overdue: boolean;
  readonly reopened: boolean;
  readonly extended: boolean;
  readonly meetings: number;
  readonly joint: boolean;
  /** the answer that was handed in last */
  readonly done: string | null;
}

export interface Count {
  /** empty where nobody has said */
  readonly code: string;
  readonly count: number;
  readonly onTime: number;
  readonly overdue: number;
}

/** A cause that came up at one department more than once, and what was done each time. */
export interface Repeated {
  readonly cause: string;
  readonly department: string;
  readonly departmentName: string;
  readonly matters: readonly { readonly number: string; readonly done: string | null }[];
}

/** Counts rows by what is named of each, the most frequent first. */
export function countBy(rows: readonly MatterRow[], by: (row: MatterRow) => string | null): Count[] {
  const groups = new Map<string, MatterRow[]>();
  for (const row of rows) {
    const code = by(row) ?? '';
    groups.set(code, [...(groups.get(code) ?? []), row]);
  }
  return [...groups]
    .map(([code, of]) => ({
      code,
      count: of.length,
      onTime: of.filter((row) => row.on_time).length,
      overdue: of.filter((row) => row.overdue).length,
    }))
    .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

/** Causes that came up at one department again within the month. */
export function repeatedCauses(rows: readonly MatterRow[]): Repeated[] {
  const groups = new Map<string, MatterRow[]>();
  for (const row of rows) {
    if (row.cause === null || row.department === null) continue;
    const key = `${row.cause} ${row.department}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()]
    .filter((of) => of.length > 1)
    .sort((one, other) => other.length - one.length)
    .map((of) => ({
      cause: of[0]?.cause ?? '',
      department: of[0]?.department ?? '',
      departmentName: of[0]?.department_name ?? of[0]?.department ?? '',
      matters: of.map(({ number, done }) => ({ number, done })),
    }));
}
