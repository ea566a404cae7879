import { deskRules } from '../../feedback/stuck-matter/index.ts';
import { dayOf, startOfDay } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, type Month, monthOf, nextMonth, parseMonth } from '../../kernel/month.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutBlock, OutDocument } from '../../platform/files-docx.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { exported } from '../../registry/region/index.ts';
import { type Count, countBy, type MatterRow, repeatedCauses } from './summary.ts';
import type { SummaryView } from './summary-contract.ts';
import { findMatters } from './summary-store.ts';
import { groupNames, type SummaryWords, summaryWords } from './summary-words.ts';

/**
 * The stuck matters received in a month within the actor's scope (domain §4: monthly root-cause summary);
 * without a month, this one.
 */
export async function summaryOf(
  deps: Deps,
  actor: Actor,
  { month: asked, lang }: { month: string | undefined; lang: Lang },
): Promise<SummaryView> {
  requirePermission(actor, 'voice.read');
  const now = deps.clock.now();
  const month = (asked && parseMonth(asked)) || monthOf(dayOf(now));
  const rows = await findMatters(deps.db.read, actor.scope, {
    from: startOfDay(firstDay(month)),
    until: startOfDay(firstDay(nextMonth(month))),
    now,
  });
  const handled = rows.filter(({ exclusion }) => exclusion === null);
  const of = (fits: (row: MatterRow) => boolean | null) => handled.filter(fits).length;
  return {
    month,
    received: rows.length,
    told: rows.length - handled.length,
    handled: handled.length,
    ended: of(({ ended, withdrawn }) => ended && !withdrawn),
    withdrawn: of(({ withdrawn }) => withdrawn),
    onTime: of((row) => row.on_time),
    overdue: of((row) => row.overdue),
    reopened: of((row) => row.reopened),
    extended: of((row) => row.extended),
    joint: of((row) => row.joint),
    meetings: handled.reduce((sum, row) => sum + row.meetings, 0),
    ...groupsOf(handled, month, lang),
  };
}

function groupsOf(rows: readonly MatterRow[], month: Month, lang: Lang) {
  const { categories, causes } = deskRules(firstDay(month));
  const { unnamed } = summaryWords(lang);
  const words = new Map([...categories, ...causes].map(({ code, words: one }) => [code, one[lang]]));
  const departments = new Map(rows.map((row) => [row.department ?? '', row.department_name ?? '']));
  const named = (counts: Count[], names?: ReadonlyMap<string, string>) =>
    counts.map((one) => ({ ...one, name: names?.get(one.code) || one.code || unnamed }));
  return {
    groups: {
      category: named(
        countBy(rows, (row) => row.category),
        words,
      ),
      cause: named(
        countBy(rows, (row) => row.cause),
        words,
      ),
      department: named(
        countBy(rows, (row) => row.department),
        departments,
      ),
      window: named(countBy(rows, (row) => row.window)),
      item: named(countBy(rows, (row) => row.item)),
    },
    repeated: repeatedCauses(rows).map(({ cause, departmentName, matters }) => ({
      cause: words.get(cause) ?? cause,
      departmentName,
      matters: [...matters],
    })),
  };
}

interface Wanted {
  readonly month: string | undefined;
  readonly lang: Lang;
}

/** The counts as a table to hand out. */
export async function summaryTable(deps: Deps, actor: Actor, wanted: Wanted): Promise<OutTable> {
  const view = await summaryOf(deps, actor, wanted);
  const say = summaryWords(wanted.lang);
  return await exported(deps, actor, 'stuck_summary', {
    columns: [say.group, say.name, say.count, say.onTime, say.overdue],
    rows: groupNames(say).flatMap(([group, title]) =>
      view.groups[group].map((one) => [title, one.name, one.count, one.onTime, one.overdue]),
    ),
  });
}

/** The same as an official report (公文), to print or as docx. */
export async function summaryReport(deps: Deps, actor: Actor, wanted: Wanted): Promise<OutDocument> {
  const view = await summaryOf(deps, actor, wanted);
  const say = summaryWords(wanted.lang);
  await exported(deps, actor, 'stuck_summary', { columns: [], rows: [] });
  const title = say.title(view.month);
  const blocks: OutBlock[] = [
    { kind: 'title', text: title },
    { kind: 'text', text: say.overview(view) },
    ...groupNames(say).flatMap(([group, heading]) => table(heading, view.groups[group], say)),
    { kind: 'heading', text: say.repeated },
    ...(view.repeated.length === 0 ? [{ kind: 'text' as const, text: say.none }] : []),
    ...view.repeated.flatMap((one) => [
      { kind: 'text' as const, text: say.repeatedAt(one.departmentName, one.cause, one.matters.length) },
      ...one.matters.map(({ number, done }) => ({
        kind: 'text' as const,
        text: `${number}：${done ?? say.open}`,
      })),
    ]),
    { kind: 'signature', lines: [dayOf(deps.clock.now())] },
  ];
  return { title, lang: wanted.lang, documents: [blocks] };
}

function table(heading: string, counts: SummaryView['groups']['cause'], say: SummaryWords): OutBlock[] {
  if (counts.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      columns: [
        { title: say.name, share: 52 },
        { title: say.count, share: 16, right: true },
        { title: say.onTime, share: 16, right: true },
        { title: say.overdue, share: 16, right: true },
      ],
      rows: counts.map((one) => [one.name, `${one.count}`, `${one.onTime}`, `${one.overdue}`]),
    },
  ];
}
