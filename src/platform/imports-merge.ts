import type { RefusalParams } from '../kernel/refusal.ts';
import { type ImportedRow, type RowFault, type RowProblem, sift } from './imports.ts';

/** What a row is to what stands under its number: the same, the same and more, or something else. */
export type Following = 'same' | 'more' | 'differs';

/** How the rows of a register that only grows meet what it holds. */
export interface Merge<Row, Stored> {
  /** The column with the number that the keeper of the record gave. */
  key: string & keyof Row & keyof Stored;
  /** What stands, by that number. */
  known: ReadonlyMap<string, Stored>;
  /** Everything that is wrong with the row by itself. */
  faultsOf(row: Row): readonly (RowFault | undefined)[];
  toStored(row: Row): Stored;
  compare(known: Stored, given: Stored): Following;
  /** Refusal of a row that contradicts what stands; its sentence has a place for the `id`. */
  differs: string;
}

export interface Merged<Stored> {
  added: Stored[];
  /** Those that say more than what stands. */
  filled: Stored[];
  unchanged: number;
  problems: RowProblem[];
}

/** Tells apart which rows are new, which say more than what stands, and which contradict it. */
export function mergeRows<Row, Stored>(
  rows: readonly ImportedRow<Row>[],
  merge: Merge<Row, Stored>,
): Merged<Stored> {
  const added: Stored[] = [];
  const filled: Stored[] = [];
  let unchanged = 0;
  const { problems } = sift(rows, (row) => {
    const faults = merge.faultsOf(row).filter((fault) => fault !== undefined);
    if (faults.length > 0) return faults;
    const given = merge.toStored(row);
    const id = String(row[merge.key]);
    const known = merge.known.get(id);
    const following = known === undefined ? 'new' : merge.compare(known, given);
    const params: RefusalParams = { id };
    if (following === 'differs') return { column: merge.key, code: merge.differs, params };
    if (following === 'new') added.push(given);
    else if (following === 'more') filled.push(given);
    else unchanged += 1;
    return undefined;
  });
  return { added, filled, unchanged, problems };
}

/** The same record; who confirmed it may be named later, and stays once named. */
export function compareConfirmed<Stored extends { readonly confirmed_by: string | null }>(
  known: Stored,
  given: Stored,
): Following {
  const names = Object.keys(given) as (string & keyof Stored)[];
  const equal = names.every((name) => name === 'confirmed_by' || known[name] === given[name]);
  if (!equal) return 'differs';
  if (known.confirmed_by === null) return given.confirmed_by === null ? 'same' : 'more';
  return given.confirmed_by === null || given.confirmed_by === known.confirmed_by ? 'same' : 'differs';
}
