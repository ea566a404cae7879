import type { Day } from '../../kernel/day.ts';
import { defineRefusals, type RefusalParams } from '../../kernel/refusal.ts';
import type { RuleFault } from '../../platform/rules.ts';
import type { DraftState } from './draft-contract.ts';
import type { Scheme } from './scheme.ts';
import { parseScheme } from './scheme-file.ts';
import { DRAFT_FOLDER, type SchemeTree, schemeFiles, schemeTree } from './scheme-text.ts';
import { type ValuePlace, valuePlaces } from './value-place.ts';

defineRefusals({
  'draft.unknown': {
    status: 404,
    zh: '没有找到这份草案。请回到草案列表重新选择。',
    en: 'There is no such draft. Go back to the list and choose again.',
  },
  'draft.state': {
    status: 409,
    zh: '这份草案现在的状态不允许这样做，可能刚刚有人处理过。请刷新后再看。',
    en: 'The draft is in a state that does not allow this; somebody may just have dealt with it. Refresh.',
  },
  'draft.changed': {
    status: 409,
    zh: '您打开之后，{name} 已经修改了这份草案，您的修改没有保存。请刷新后在最新内容上修改。',
    en: '{name} changed the draft after you opened it, so yours was not saved. Refresh and change it anew.',
  },
  'draft.stale': {
    status: 409,
    zh: '起草之后已有新的方案施行，这份草案的依据已经过时。请先“更新到现行方案”，核对差异后再提交。',
    en:
      'Another version was put into force after this draft was begun. Bring the draft up to it, check the ' +
      'differences and go on.',
  },
  'draft.empty': {
    status: 422,
    zh: '草案与现行方案没有差别，不需要施行。请先修改至少一个数值。',
    en: 'The draft says the same as the scheme in force. Change at least one value first.',
  },
  'draft.broken': {
    status: 422,
    zh: '草案中有 {count} 处问题，不能提交。请按所列各处改正。',
    en: 'The draft has {count} faults and cannot go on. Correct them where they are listed.',
  },
  'draft.value_unknown': {
    status: 422,
    zh: '现行方案中没有“{key}”这一项。请从方案中选择要修改的项目。',
    en: 'The scheme in force has no value {key}. Choose one of its values.',
  },
  'draft.past': {
    status: 422,
    zh: '{from} 早于草案的施行日期 {start}，不能改写以前的数值。请改为 {start} 或以后的日期。',
    en: '{from} lies before the draft takes effect on {start}. Choose that day or a later one.',
  },
  'draft.month_begun': {
    status: 409,
    zh: '{month} 已经结算或封存，施行日期不能落在这个月或更早。请改为 {earliest} 或以后。',
    en: '{month} has been closed, so the scheme cannot change in it. Choose {earliest} or a later day.',
  },
  'draft.not_after': {
    status: 422,
    zh: '现行方案自 {start} 起施行，新方案的施行日期必须晚于这一天。请改为以后的日期。',
    en: 'The version in force starts on {start}; the new one has to start later. Choose a later day.',
  },
  'draft.same_person': {
    status: 403,
    zh: '起草、修改或提交这份草案的人不能批准或退回它。请由另一人办理。',
    en: 'Whoever wrote, changed or proposed the draft cannot decide on it. A second person must.',
  },
  'draft.whole_city': {
    status: 403,
    zh: '考核方案适用于全市，您的数据范围只是其中一部分，没有执行。请由全市范围的考核办办理。',
    en: 'The scheme holds for the whole city and your data scope is a part of it. Leave it to the office.',
  },
});

/** A dated value that a draft adds, or puts in the place of one of the same day. */
export interface DraftChange {
  /** name of the value in the scheme's document: 'rules.daily.late' */
  readonly key: string;
  readonly from: Day;
  /** as a rule file would say it: '-2.00', '5', '17:30', 'item_owner' */
  readonly value: string;
  readonly source: string;
}

/** A draft as it is kept. */
export interface DraftRecord {
  readonly draft_id: string;
  readonly title: string;
  readonly reason: string | null;
  readonly state: DraftState;
  readonly revision: number;
  readonly base_hash: string;
  readonly effective_from: string;
  readonly changes: readonly DraftChange[];
  readonly drafted_by: string;
  readonly drafted_at: Date;
  readonly changed_by: string;
  readonly changed_at: Date;
  /** everybody who ever changed it */
  readonly editors: readonly string[];
  readonly proposed_by: string | null;
  readonly proposed_at: Date | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision_note: string | null;
  readonly hash: string | null;
}

/** What is wrong with a draft, with the value it concerns where it is one. */
export interface DraftFault {
  readonly key: string | null;
  readonly from: string | null;
  readonly code: string;
  readonly params: RefusalParams;
}

export type DraftedScheme =
  | { readonly kind: 'scheme'; readonly scheme: Scheme }
  | { readonly kind: 'broken'; readonly faults: readonly DraftFault[] };

/**
 * The scheme that comes of a version with the changes. It is read from rule files by the very loader, so
 * that a draft is checked like any scheme and told what is wrong in the same words.
 */
export function draftedScheme(base: Scheme, changes: readonly DraftChange[]): DraftedScheme {
  const places = valuePlaces(base);
  const tree = schemeTree(base);
  const unknown: DraftFault[] = [];
  for (const change of changes) {
    const at = places.get(change.key);
    if (at !== undefined) write(tree, at, change);
    else unknown.push(faultOf(change, 'draft.value_unknown', { key: change.key }));
  }
  if (unknown.length > 0) return { kind: 'broken', faults: unknown };
  const parsed = parseScheme(DRAFT_FOLDER, schemeFiles(tree));
  if (parsed.kind === 'scheme') return parsed;
  const changed = changes.flatMap(({ key }) => places.get(key) ?? []);
  const order = [...changed, ...places.values()];
  return { kind: 'broken', faults: parsed.faults.map((fault) => located(fault, order)) };
}

/** A fault of one change. */
export function faultOf({ key, from }: DraftChange, code: string, params: RefusalParams): DraftFault {
  return { key, from, code, params };
}

/** Puts the change among the values that the tree has at the place, in the order of their days. */
function write(tree: SchemeTree, { file, fields }: ValuePlace, change: DraftChange): void {
  const values = [file, ...fields].reduce(child, tree);
  const [present] = Object.values(values);
  const unit = Object.keys(present as SchemeTree).find((name) => name !== 'source') ?? 'points';
  const added = { ...values, [change.from]: { [unit]: change.value, source: change.source } };
  for (const day of Object.keys(values)) delete values[day];
  for (const day of Object.keys(added).sort()) values[day] = added[day] as SchemeTree;
}

function child(tree: SchemeTree, name: string): SchemeTree {
  return tree[name] as SchemeTree;
}

/** The loader's fault at the value that it concerns; of several, at the first in the order given. */
function located(fault: RuleFault, order: readonly ValuePlace[]): DraftFault {
  const { code, params, field } = fault;
  const file = fault.place.file.slice(DRAFT_FOLDER.length + 1, -'.yaml'.length);
  const inFile = order.filter((one) => one.file === file);
  const path = (one: ValuePlace) => one.fields.join('.');
  const found =
    inFile.find((one) => field === path(one) || field.startsWith(`${path(one)}.`)) ??
    inFile.find((one) => path(one).startsWith(`${field}.`));
  const from = /\d{4}-\d{2}-\d{2}/.exec(field)?.[0] ?? params.day ?? null;
  return { key: found?.key ?? null, from: from === null ? null : String(from), code, params };
}
