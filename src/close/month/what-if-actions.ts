import { day, dayOf, parseDay } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, type Month, monthOf } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { lateMonths, triedBook } from '../../ledger/entry/index.ts';
import { periodsFrom, sealedSubjects, sealingsFrom } from '../../ledger/period/index.ts';
import {
  draftToTry,
  heldSince,
  type SchemeInForce,
  schemeOn,
  schemesInForce,
} from '../../ledger/scheme/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inSnapshot, inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { keptStatements, readMonth } from '../statement/index.ts';
import { frozenMonth, frozenSides } from './frozen.ts';
import { gatherMonth, statementsOf } from './gather-actions.ts';
import { redressIn } from './redress-actions.ts';
import { moves, type Pair, pairsOf, rowOf, sidesOf, sorted, summaryOf, whatIfTable } from './what-if.ts';
import type { WhatIf, WhatIfQuery } from './what-if-contract.ts';

/** Before every month that there is: a scheme that is tried holds for all of them. */
const EVER = day('1900-01-01');

/**
 * What a draft would make of a month, beside the scheme in force. Both are computed from the same facts in
 * the way of a close, within a transaction that the database lets only read; the draft counts as if it held
 * from the month's first day on. Of a sealed month the present side is its statements as they are.
 *
 * @throws Refusal `draft.unknown`, `draft.broken`, `month.in_future`, `scheme.day`, `scheme.none_in_force`
 */
export async function tryDraft(
  deps: Deps,
  actor: Actor,
  draftId: string,
  query: WhatIfQuery,
): Promise<WhatIf> {
  const began = deps.clock.now();
  const month = readMonth(query.month);
  const draft = await draftToTry(deps, actor, draftId);
  if (month > monthOf(dayOf(began))) throw new Refusal('month.in_future', { month }, { field: 'month' });
  const on = query.on === undefined ? draft.effectiveFrom : parseDay(query.on);
  if (on === undefined) throw new Refusal('scheme.day', {}, { field: 'on' });
  const scheme = heldSince(draft.scheme, on, EVER);
  const tried = { effectiveFrom: EVER, hash: 'draft', scheme, recordedAt: began };
  const pairs = await compared(deps, actor.scope.cityCode, month, tried);
  const ofKind = pairs.filter(({ kind }) => kind === query.subject);
  return {
    month,
    subject: query.subject,
    on,
    title: draft.title,
    took_ms: deps.clock.now().getTime() - began.getTime(),
    summary: summaryOf(ofKind),
    items: sorted(ofKind.filter(moves), query).map(rowOf),
  };
}

async function compared(deps: Deps, cityCode: string, month: Month, tried: SchemeInForce): Promise<Pair[]> {
  const now = deps.clock.now();
  return await inSnapshot(deps.db, async (tx) => {
    const inForce = await schemesInForce(tx, cityCode);
    const late = await lateMonths(tx, cityCode, month);
    const trying = { schemes: [tried], present: inForce, late, now };
    const period = (await periodsFrom(tx, cityCode, month)).find((one) => one.month === month);
    if (period?.sealedAt) return await comparedSealed(tx, cityCode, month, { trying, at: period.sealedAt });
    const present = schemeOn(inForce, firstDay(month));
    const gathered = await gatherMonth(tx, cityCode, month, { late });
    const book = await triedBook(tx, cityCode, month, { ...trying, schemes: inForce });
    const redress = await redressIn(tx, cityCode, month, { at: now });
    const before = sidesOf(statementsOf(gathered, { ...book, redress }, present.scheme, month));
    const other = await triedBook(tx, cityCode, month, trying);
    const pairs = pairsOf(before, statementsOf(gathered, { ...other, redress }, tried.scheme, month));
    return await withSealed(tx, cityCode, month, { pairs, trying });
  });
}

/** Whose hall was sealed before the others is compared as in a sealed month. */
async function withSealed(
  tx: Tx,
  cityCode: string,
  month: Month,
  { pairs, trying }: { pairs: Pair[]; trying: Parameters<typeof triedBook>[3] },
): Promise<Pair[]> {
  const at = (await sealingsFrom(tx, cityCode, month)).apart(month);
  if (at === null) return pairs;
  const sealed = await sealedSubjects(tx, cityCode, month);
  const isSealed = ({ kind, code }: Pair) => sealed.has(`${kind}/${code}`);
  const frozen = await comparedSealed(tx, cityCode, month, { trying: { ...trying, sealed: true }, at });
  return [...pairs.filter((one) => !isSealed(one)), ...frozen.filter(isSealed)];
}

/** A sealed month is what its statements say; the draft is tried on what they were made from. */
async function comparedSealed(
  tx: Tx,
  cityCode: string,
  month: Month,
  { trying, at }: { trying: Parameters<typeof triedBook>[3]; at: Date },
): Promise<Pair[]> {
  const kept = await keptStatements(tx, cityCode, firstDay(month));
  const book = await triedBook(tx, cityCode, month, trying);
  const redress = await redressIn(tx, cityCode, month, { at });
  const { scheme } = schemeOn(trying.schemes, firstDay(month));
  const made = statementsOf(frozenMonth(kept), { ...book, redress }, scheme, month);
  return pairsOf(frozenSides(kept), made);
}

/** The same as a table for download; the export is audited. @throws Refusal without `export.run` */
export async function tryDraftTable(
  deps: Deps,
  actor: Actor,
  draftId: string,
  query: WhatIfQuery,
  lang: Lang,
): Promise<OutTable> {
  requirePermission(actor, 'export.run');
  const { month, on, items } = await tryDraft(deps, actor, draftId, query);
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.what_if',
      subjectKind: 'scheme_draft',
      subjectId: draftId,
      detail: { month, on, subject: query.subject, format: query.format, rows: items.length },
      cityCode: actor.scope.cityCode,
      at: deps.clock.now(),
    }),
  );
  return whatIfTable(items, lang);
}
