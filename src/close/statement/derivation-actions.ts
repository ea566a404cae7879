import { type Level, nationalRules, ownRatings } from '../../feedback/rating/index.ts';
import { assert } from '../../kernel/assert.ts';
import { BONUS_ITEMS, INDICATORS } from '../../kernel/assessment.ts';
import { type Day, isoMoment } from '../../kernel/day.ts';
import type { Subject } from '../../kernel/ids.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import { formatPoints } from '../../kernel/points.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type EntryWithReceipt, entriesWithReceipts, REDRESS_RULE } from '../../ledger/entry/index.ts';
import { type Scheme, type SchemeLine, schemeLines, schemesByHash } from '../../ledger/scheme/index.ts';
import { monthValues } from '../../ledger/scoring/index.ts';
import { type Actor, ratedAs } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { closedMonth, filterOf, readMonth } from './actions.ts';
import { type LineAppeal, lineAppeals, veiledKey } from './appeal-reading-actions.ts';
import type { Derivation, StatementLine } from './contract.ts';
import { lineText, pendingText } from './line-text.ts';
import { type LineRow, type StatementRow, scoreOf } from './statement.ts';
import { findEnding, findLines, findStatements } from './store.ts';
import { tieBreakersOf } from './tie-text.ts';

interface Reading {
  readonly lang: Lang;
  /** values of the month's scheme by key, as they stood on the month's first day */
  readonly values: ReadonlyMap<string, SchemeLine>;
  readonly schemeHash: string;
  readonly schemes: ReadonlyMap<string, Scheme>;
  readonly entries: ReadonlyMap<string, EntryWithReceipt>;
  /** whose rating it is isn't told which case it was: that would tell who rated */
  hidesRater(one: EntryWithReceipt | undefined): boolean;
}

/**
 * The complete derivation of one subject's total: every line with its rule, the value used, its date and
 * clause, and the fact behind it. The points of the lines add up to the total.
 *
 * @throws Refusal `month.not_closed`, `score.none`, `access.permission_denied`
 */
export async function explainScore(
  deps: Deps,
  actor: Actor,
  wanted: { month: string; subject: Subject; lang: Lang },
): Promise<Derivation> {
  const month = readMonth(wanted.month);
  const { subject, lang } = wanted;
  const filter = filterOf(actor, month, subject.kind);
  if (filter.only !== null && filter.only !== subject.code) throw new Refusal('access.permission_denied');
  const { cityCode } = filter;
  await closedMonth(deps, cityCode, month);
  const page = { sort: 'code', descending: false, after: null, limit: 1 } as const;
  const [row] = await findStatements(deps.db.read, { ...filter, only: subject.code }, page);
  if (row === undefined) throw new Refusal('score.none', { month });
  const { unit_code: unit, closed_at: closedAt } = row;
  const ending = await findEnding(deps.db.read, cityCode, { month: firstDay(month), unit, closedAt });
  const waived = ending?.waived_reason ?? null;
  const lines = await findLines(deps.db.read, cityCode, { month: firstDay(month), ...subject });
  const ids = lines.flatMap(({ entry_id: id }) => (id === null ? [] : [id]));
  const entries = await entriesWithReceipts(deps.db.read, cityCode, { ids, month, subject });
  const byId = new Map(entries.map((one) => [one.entry.entry_id, one]));
  const appeals = await lineAppeals(deps, actor, lines, { month, subject, row, entries: byId });
  const shown = { month, subject, lang, waived, row, lines, entries, appeals };
  return await derivationOf(deps, actor, shown);
}

export interface Derived {
  readonly month: Month;
  readonly subject: Subject;
  readonly lang: Lang;
  /** why the public notice was cut short */
  readonly waived?: string | null;
  readonly row: StatementRow;
  readonly lines: readonly LineRow[];
  /** behind the lines, and those that wait for a verdict */
  readonly entries: readonly EntryWithReceipt[];
  /** until when lines can be appealed, and how each stands with that */
  readonly appeals: { readonly until: string | null; readonly of: (line: LineRow) => LineAppeal };
}

/** A statement, stored or only computed, with everything that its reader may know of each line. */
export async function derivationOf(deps: Deps, actor: Actor, derived: Derived): Promise<Derivation> {
  const { month, subject, lang, waived = null, row, lines, entries, appeals } = derived;
  const hashes = [row.scheme_hash, ...entries.map(({ entry }) => entry.scheme_hash)];
  const schemes = await schemesByHash(deps.db.read, actor.scope.cityCode, hashes);
  const scheme = schemes.get(row.scheme_hash);
  assert(scheme !== undefined, 'a statement keeps its scheme');
  const on: Day = firstDay(month);
  const reading: Reading = {
    lang,
    values: new Map(schemeLines(scheme, on, lang).map((one) => [one.key, one])),
    schemeHash: row.scheme_hash,
    schemes,
    entries: new Map(entries.map((one) => [one.entry.entry_id, one])),
    hidesRater: await raterVeil(deps, actor, { subject, entries }),
  };
  const waiting = entries.filter(({ entry }) => entry.kind === 'pending');
  return {
    ...scoreOf(row, month),
    closed_at: isoMoment(row.closed_at),
    scheme_hash: row.scheme_hash,
    scheme_name: lang === 'en' ? scheme.nameEn : scheme.name,
    excluded: row.excluded,
    appeal_until: appeals.until,
    waived_reason: waived,
    parts: partsOf(row, { scheme, lang, max: monthValues(scheme, month) }),
    tie_breakers: tieBreakersOf(row, scheme.ties, lang),
    lines: lines.map((line) => {
      const appeal = appeals.of(line);
      const veiled = appeal.key !== null && reading.hidesRater(foundOf(line, reading));
      const key = veiled ? veiledKey(deps.keys, appeal.key ?? '') : appeal.key;
      return { ...lineOf(line, reading), ...appeal, key };
    }),
    pending: waiting.map((one, at) => pendingLine(one, at + 1, reading)),
  };
}

/** In the own file every rating is veiled, in the files of windows and departments those of the reader. */
async function raterVeil(
  deps: Deps,
  actor: Actor,
  { subject, entries }: { subject: Subject; entries: readonly EntryWithReceipt[] },
): Promise<Reading['hidesRater']> {
  const rated = entries.filter(({ entry }) => entry.fact_kind === 'rating');
  if (subject.kind === 'staff' && subject.code === ratedAs(actor)) {
    return (one) => one?.entry.fact_kind === 'rating';
  }
  const own = await ownRatings(
    deps.db.read,
    actor,
    rated.map(({ entry }) => entry.fact_id),
  );
  return (one) => one?.entry.fact_kind === 'rating' && own.has(one.entry.fact_id);
}

function partsOf(
  row: StatementRow,
  { scheme, lang, max }: { scheme: Scheme; lang: Lang; max: ReturnType<typeof monthValues> },
): Derivation['parts'] {
  const points = scoreOf(row, readMonth('2022-01'));
  const indicators = INDICATORS.map((code) => ({
    code,
    name: lang === 'en' ? scheme.indicators[code].nameEn : scheme.indicators[code].name,
    kind: 'indicator' as const,
    points: points.indicators[code],
    highest: formatPoints(max.indicators[code].max),
  }));
  if (row.bonus_centi === null) return indicators;
  const bonus = BONUS_ITEMS.map((code) => ({
    code,
    name: lang === 'en' ? scheme.bonus[code].nameEn : scheme.bonus[code].name,
    kind: 'bonus' as const,
    points: points.bonus[code] ?? formatPoints(0),
    highest: formatPoints(max.bonus[code].cap),
  }));
  return [...indicators, ...bonus];
}

function foundOf(line: LineRow, { entries }: Reading): EntryWithReceipt | undefined {
  return line.entry_id === null ? undefined : entries.get(line.entry_id);
}

function lineOf(line: LineRow, reading: Reading): Omit<StatementLine, keyof LineAppeal> {
  const found = foundOf(line, reading);
  const entryName = found === undefined ? '' : ruleName(found, reading);
  const carries = (line.kind === 'entry' || line.kind === 'redress') && found !== undefined;
  return {
    no: line.line_no,
    part: line.part,
    kind: line.kind,
    points: formatPoints(line.points_centi),
    text: lineText(line.kind, line.about ?? {}, entryName, reading.lang),
    rule: carries ? entryRule(found, reading) : valueRule(line.value_key, reading),
    ...entryFields(found, reading),
    other_entry_id: tellsRater(line, reading) ? null : line.other_entry_id,
  };
}

/** A link between a rating and another fact of the same case would tell the person which case was rated. */
function tellsRater(line: LineRow, { hidesRater, entries }: Reading): boolean {
  const linked = [line.entry_id, line.other_entry_id];
  return linked.some((id) => id !== null && hidesRater(entries.get(id)));
}

function pendingLine(found: EntryWithReceipt, no: number, reading: Reading): StatementLine {
  const { entry } = found;
  const name = ruleName(found, reading);
  return {
    no,
    part: entry.part,
    kind: 'entry',
    points: formatPoints(entry.points_centi * entry.quantity),
    text: levelOf(found, reading) ?? lineText('entry', { quantity: entry.quantity }, name, reading.lang),
    rule: entryRule(found, reading),
    ...entryFields(found, reading),
    other_entry_id: null,
    key: null,
    may_appeal: false,
    appeal: null,
  };
}

/** The level of the rating that a pending deduction waits for: the rule's name says that it was upheld. */
function levelOf({ receipt }: EntryWithReceipt, { lang }: Reading): string | undefined {
  const words = nationalRules().levels.get(receipt?.satisfaction as Level);
  return words && pendingText(words[lang], lang);
}

function ruleName({ entry }: EntryWithReceipt, { schemes, lang }: Reading): string {
  if (entry.rule === REDRESS_RULE) return lang === 'en' ? 'Upheld appeal' : '申诉成立更正';
  const rule = schemes.get(entry.scheme_hash)?.rules.find(({ code }) => code === entry.rule);
  return (lang === 'en' ? rule?.nameEn : rule?.name) ?? entry.rule;
}

/** The value that the entry itself carries: what it was on the day of the fact. */
function entryRule(found: EntryWithReceipt, reading: Reading): StatementLine['rule'] {
  const { entry } = found;
  return {
    code: entry.rule,
    name: ruleName(found, reading),
    value: formatPoints(entry.kind === 'reversal' ? -entry.points_centi : entry.points_centi),
    from: entry.explanation.value_from,
    source: entry.explanation.source,
    scheme_hash: entry.scheme_hash,
  };
}

/** The value of the whole month that a derived line rests on. */
function valueRule(key: string, { values, schemeHash }: Reading): StatementLine['rule'] {
  const value = values.get(key);
  if (value === undefined || value.current === null) return null;
  const { text, from, source } = value.current;
  return { code: key, name: value.name, value: text, from, source, scheme_hash: schemeHash };
}

type EntryFields = Pick<StatementLine, 'entry_id' | 'entry_kind' | 'quantity' | 'recorded_at' | 'fact'>;

function entryFields(found: EntryWithReceipt | undefined, reading: Reading): EntryFields {
  if (found === undefined) {
    return { entry_id: null, entry_kind: null, quantity: null, recorded_at: null, fact: null };
  }
  const { entry } = found;
  // An entry's id follows from its fact, and its instant from the rating's: either would tell who rated.
  const hidden = reading.hidesRater(found);
  return {
    entry_id: hidden ? null : entry.entry_id,
    entry_kind: entry.kind,
    quantity: entry.quantity,
    recorded_at: hidden ? null : isoMoment(entry.recorded_at),
    fact: factOf(found, reading),
  };
}

function factOf(found: EntryWithReceipt, { hidesRater }: Reading): StatementLine['fact'] {
  const { entry, receipt } = found;
  const hidden = hidesRater(found);
  const satisfaction = receipt?.satisfaction ?? null;
  return {
    kind: entry.fact_kind,
    id: hidden ? null : entry.fact_id,
    occurred_on: entry.occurred_on,
    project_no: hidden ? null : entry.project_no,
    evidence: receipt?.evidence ?? null,
    recorded_by: hidden ? null : entry.recorded_by,
    confirmed_by: hidden ? null : entry.confirmed_by,
    rating:
      satisfaction === null
        ? null
        : {
            satisfaction,
            tags: entry.explanation.tags ?? [],
            verdict: receipt?.verdict ?? null,
            service_number: hidden ? null : (receipt?.service_number ?? null),
          },
  };
}
