import { type FigureReader, figureReader } from '../../feedback/rating/index.ts';
import { addDays, dayOf } from '../../kernel/day.ts';
import { addMonths, FIRST_MONTH, firstDay, lastDay, type Month, monthOf } from '../../kernel/month.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import { systemActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { sha256 } from '../../platform/crypto.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { publicFigures } from './actions.ts';
import { archiveHeads, findArchive, insertArchive } from './archive-store.ts';
import { type PublicFigures, type PublicHandling, publicLine } from './contract.ts';
import { type Correction, correctionsOf } from './correction.ts';
import { publicHandling } from './handling-actions.ts';
import { periodOf } from './publication.ts';
import { publicationRules } from './rules.ts';

defineRefusals({
  'publication.not_archived': {
    status: 404,
    zh: '这个月还没有存档。每月结束后过几天自动存档；可在“按月存档”中查看已有的月份。',
    en:
      'This month is not archived. Months are archived by themselves some days after their end; see ' +
      '“Archive by month” for those that are.',
  },
});

/** A month as it was published. */
export interface Archived {
  readonly month: Month;
  readonly archivedAt: Date;
  readonly figures: PublicFigures;
  readonly handling: PublicHandling;
  readonly digest: string;
  /** both as they were handed out */
  readonly text: { readonly figures: string; readonly handling: string };
}

/**
 * Archives each finished month that is due and isn't archived yet, as far back as the pages go; months
 * before the first service are none of ours. Safe to repeat; answers those it has archived.
 */
export async function archiveDue(deps: Deps, reader: FigureReader): Promise<Month[]> {
  const { cityCode } = deps.config;
  const today = dayOf(deps.clock.now());
  const rules = publicationRules(today);
  const known = new Set((await archiveHeads(deps.db.app, cityCode)).map(({ month }) => month));
  const made: Month[] = [];
  let begun = false;
  for (let back = rules.yearsBack * 12; back > 0; back -= 1) {
    const month = addMonths(monthOf(today), -back);
    begun ||= known.has(firstDay(month));
    if (month < FIRST_MONTH || known.has(firstDay(month))) continue;
    if (addDays(lastDay(month), rules.archiveAfterDays) > today) continue;
    const period = periodOf(month, today);
    if (period === undefined) continue;
    const figures = await publicFigures(deps, reader, period);
    begun ||= figures.total.ratable !== 0;
    if (!begun) continue;
    const handling = await publicHandling(deps, period);
    if (await keep(deps, month, { figures, handling })) made.push(month);
  }
  return made;
}

async function keep(
  deps: Deps,
  month: Month,
  said: { figures: PublicFigures; handling: PublicHandling },
): Promise<boolean> {
  const { cityCode } = deps.config;
  const [figures, handling] = [JSON.stringify(said.figures), JSON.stringify(said.handling)];
  const digest = sha256(`${figures}\n${handling}`).toString('hex');
  const archived_at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const total = JSON.stringify(said.figures.total);
    const row = { month: firstDay(month), archived_at, figures, handling, digest, total };
    if (!(await insertArchive(tx, cityCode, row))) return false;
    await audit(tx, {
      actor: systemActor(cityCode, 'publication'),
      cityCode,
      action: 'publication.archived',
      subjectKind: 'month',
      subjectId: month,
      detail: { digest },
      result: 'ok',
      at: archived_at,
    });
    return true;
  });
}

/** What is archived never changes: the months that are asked for are kept, at most so many. */
const KEPT_MONTHS = 12;

/** Hands out archived months. */
export interface Archive {
  /** @throws Refusal `publication.not_archived` */
  month(month: Month): Promise<Archived>;
}

export function archiveOf(deps: Deps): Archive {
  const kept = new Map<Month, Archived>();
  return {
    async month(month) {
      const known = kept.get(month) ?? (await archived(deps, month));
      if (kept.size >= KEPT_MONTHS) kept.clear();
      kept.set(month, known);
      return known;
    },
  };
}

async function archived(deps: Deps, month: Month): Promise<Archived> {
  const row = await findArchive(deps.db.read, deps.config.cityCode, firstDay(month));
  if (row === undefined) throw new Refusal('publication.not_archived', {}, { field: 'month' });
  const { figures, handling, digest, archived_at: archivedAt } = row;
  return {
    ...{ month, archivedAt, digest, text: { figures, handling } },
    figures: JSON.parse(figures) as PublicFigures,
    handling: JSON.parse(handling) as PublicHandling,
  };
}

/** What is counted of an archived month now, where it is otherwise. @throws as `Archive` */
export async function recount(
  deps: Deps,
  month: Month,
): Promise<{ month: Month; archivedAt: Date; digest: string; sound: boolean; corrections: Correction[] }> {
  const kept = await archived(deps, month);
  const period = periodOf(month, dayOf(deps.clock.now()));
  const reader = figureReader(deps.db.read, deps.config.cityCode);
  const now = period ? await publicFigures(deps, reader, period) : kept.figures;
  const { digest, archivedAt, text } = kept;
  const sound = sha256(`${text.figures}\n${text.handling}`).toString('hex') === digest;
  return { month, archivedAt, digest, sound, corrections: correctionsOf(kept.figures, now) };
}

/** The archived months with their headline, the newest first. */
export async function listArchive(deps: Deps) {
  const heads = await archiveHeads(deps.db.read, deps.config.cityCode);
  return heads.map((head) => ({
    month: head.month.slice(0, 7) as Month,
    archivedAt: head.archived_at,
    total: publicLine.parse(JSON.parse(head.total)),
  }));
}
