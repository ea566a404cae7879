import { type Day, day, isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { sentence } from '../../kernel/refusal.ts';
import { contentHash } from './canonical.ts';
import type { SchemeLine } from './contract.ts';
import { schemeLines } from './document.ts';
import type { DraftChange, DraftedScheme, DraftFault, DraftRecord } from './draft.ts';
import type { Difference, Draft, DraftRow } from './draft-contract.ts';
import type { Scheme } from './scheme.ts';

interface Around {
  readonly base: Scheme;
  readonly baseFrom: Day;
  readonly stale: boolean;
  readonly drafted: DraftedScheme;
  readonly faults: readonly DraftFault[];
  readonly writes: boolean;
  readonly decides: boolean;
  readonly lang: Lang;
}

/** A draft with what it changes, what is wrong with it and what its reader may do. */
export function draftView(row: DraftRecord, around: Around): Draft {
  const { base, baseFrom, stale, drafted, faults, lang } = around;
  const on = day(row.effective_from);
  const lines = schemeLines(base, on, lang);
  const made = drafted.kind === 'scheme' ? schemeLines(drafted.scheme, on, lang) : [];
  const { state } = row;
  const open = state === 'draft' || state === 'proposed';
  return {
    id: row.draft_id,
    title: row.title,
    reason: row.reason,
    state,
    revision: row.revision,
    effective_from: row.effective_from,
    changes: [...row.changes],
    base: { hash: row.base_hash, effective_from: baseFrom },
    stale,
    hash: drafted.kind === 'scheme' ? contentHash(drafted.scheme) : null,
    differences: differences(row.changes, lines, made),
    faults: faults.map(({ key, from, code, params }) => ({ key, from, text: sentence(code, lang, params) })),
    lines,
    drafted_by: row.drafted_by,
    drafted_at: isoMoment(row.drafted_at),
    changed_by: row.changed_by,
    changed_at: isoMoment(row.changed_at),
    proposed_by: row.proposed_by,
    proposed_at: row.proposed_at && isoMoment(row.proposed_at),
    decided_by: row.decided_by,
    decided_at: row.decided_at && isoMoment(row.decided_at),
    decision_note: row.decision_note,
    may: {
      edit: around.writes && state === 'draft',
      propose: around.writes && state === 'draft' && !stale && faults.length === 0,
      withdraw: around.writes && open,
      decide: around.decides && state === 'proposed',
    },
  };
}

export function draftRow(row: DraftRecord): DraftRow {
  return {
    id: row.draft_id,
    title: row.title,
    state: row.state,
    effective_from: row.effective_from,
    changes: row.changes.length,
    changed_by: row.changed_by,
    changed_at: isoMoment(row.changed_at),
    proposed_by: row.proposed_by,
    decided_by: row.decided_by,
    decided_at: row.decided_at && isoMoment(row.decided_at),
  };
}

/** Each change beside what would hold on its day without it, in the order of the document. */
function differences(
  changes: readonly DraftChange[],
  lines: readonly SchemeLine[],
  made: readonly SchemeLine[],
): Difference[] {
  const after = new Map(made.map((line) => [line.key, line]));
  return lines.flatMap(({ key, section, part, name, values }) =>
    changes
      .filter((change) => change.key === key)
      .sort((one, other) => (one.from < other.from ? -1 : 1))
      .map(({ from, value, source }) => ({
        ...{ key, section, part, name, from, source },
        before: values.findLast((one) => one.from <= from) ?? null,
        after: after.get(key)?.values.find((one) => one.from === from)?.text ?? value,
      })),
  );
}
