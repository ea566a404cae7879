import { lastSeal, sealLine } from '../../feedback/seal/index.ts';
import { valueOn } from '../../kernel/history.ts';
import type { Subject } from '../../kernel/ids.ts';
import type { Lang } from '../../kernel/lang.ts';
import { firstDay, type Month } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { schemesByHash } from '../../ledger/scheme/index.ts';
import { type Actor, ratedAs, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutBlock, OutDocument } from '../../platform/files-docx.ts';
import { regionNames } from '../../registry/region/index.ts';
import { closedMonth, filterOf, readMonth } from './actions.ts';
import type { Derivation } from './contract.ts';
import { explainScore } from './derivation-actions.ts';
import { noticeOf } from './notice.ts';
import { findEnding, findStatements } from './store.ts';

/** Most notices that one document holds. */
const MOST = 1000;

/**
 * The statement of one subject as an official notice. Taking somebody else's away is audited.
 * @throws Refusal `month.not_closed`, `score.none`, `access.permission_denied`
 */
export async function noticeFor(
  deps: Deps,
  actor: Actor,
  wanted: { month: string; subject: Subject; lang: Lang },
): Promise<OutDocument> {
  const month = readMonth(wanted.month);
  const { subject, lang } = wanted;
  const made = await explainScore(deps, actor, { month, subject, lang });
  const own = subject.kind === 'staff' && subject.code === ratedAs(actor);
  if (!own) {
    requirePermission(actor, 'export.run');
    await note(deps, actor, { month, detail: { subject: `${subject.kind}/${subject.code}` } });
  }
  const blocks = await blocksOf(deps, actor, made, { month, lang });
  const foot = await footOf(deps, actor, lang);
  return { title: titleOf(month, lang, made.name), lang, documents: [blocks], foot };
}

/**
 * The notices of all staff of a department, each on pages of its own; the export is audited.
 * @throws Refusal `month.not_closed`, `score.none`, `access.permission_denied`
 */
export async function departmentNotices(
  deps: Deps,
  actor: Actor,
  wanted: { month: string; department: string; lang: Lang },
): Promise<OutDocument> {
  requirePermission(actor, 'export.run');
  const month = readMonth(wanted.month);
  const { department, lang } = wanted;
  const filter = filterOf(actor, month, 'staff');
  await closedMonth(deps, filter.cityCode, month);
  if (filter.departmentCode !== null && filter.departmentCode !== department) {
    throw new Refusal('score.none', { month }, { field: 'department' });
  }
  const page = { sort: 'code', descending: false, after: null, limit: MOST } as const;
  const rows = await findStatements(deps.db.read, { ...filter, departmentCode: department }, page);
  if (rows.length === 0) throw new Refusal('score.none', { month }, { field: 'department' });
  await note(deps, actor, { month, detail: { department, notices: rows.length } });
  const documents: OutBlock[][] = [];
  for (const { subject_code: code } of rows) {
    const made = await explainScore(deps, actor, { month, subject: { kind: 'staff', code }, lang });
    documents.push(await blocksOf(deps, actor, made, { month, lang }));
  }
  return { title: titleOf(month, lang, department), lang, documents, foot: await footOf(deps, actor, lang) };
}

async function blocksOf(
  deps: Deps,
  actor: Actor,
  made: Derivation,
  { month, lang }: { month: Month; lang: Lang },
): Promise<OutBlock[]> {
  const { cityCode } = actor.scope;
  const filter = filterOf(actor, month, made.subject_kind);
  const page = { sort: 'code', descending: false, after: null, limit: 1 } as const;
  const [row] = await findStatements(deps.db.read, { ...filter, only: made.subject_code }, page);
  const of = row && { month: firstDay(month), unit: row.unit_code, closedAt: row.closed_at };
  const ending = of && (await findEnding(deps.db.read, cityCode, of));
  const scheme = (await schemesByHash(deps.db.read, cityCode, [made.scheme_hash])).get(made.scheme_hash);
  const region = row && (await regionNames(deps.db.read, [row.unit_code])).get(row.unit_code);
  const clause = scheme && valueOn(scheme.limits['appeal.file'].values, firstDay(month)).value.source;
  return noticeOf(
    made,
    {
      hall: lang === 'en' ? `Government-Service Hall, ${region ?? cityCode}` : `${region ?? ''}政务服务大厅`,
      publishedAt: ending?.published_at ?? null,
      noticeUntil: ending?.notice_until ?? null,
      sealedAt: ending?.sealed_at ?? null,
      waivedReason: ending?.waived_reason ?? null,
      appealClause: clause ?? '',
      now: deps.clock.now(),
    },
    lang,
  );
}

/** The last seal of the ratings: what has been printed and handed out can't be taken back. */
async function footOf(deps: Deps, actor: Actor, lang: Lang): Promise<string[]> {
  const { cityCode } = actor.scope;
  const seal = await lastSeal(deps.db.read, cityCode);
  if (seal === undefined) return [];
  const where = `${deps.config.publicUrl}/public/seals?city=${cityCode}`;
  return [sealLine(seal, where, lang)];
}

function titleOf(month: Month, lang: Lang, name: string): string {
  return lang === 'en' ? `Notice of assessment, ${month}, ${name}` : `${month} 平时考核结果通知书（${name}）`;
}

async function note(
  deps: Deps,
  actor: Actor,
  { month, detail }: { month: Month; detail: Record<string, string | number> },
): Promise<void> {
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'export.notices',
      subjectKind: 'month',
      subjectId: month,
      detail,
      cityCode: actor.scope.cityCode,
      at: deps.clock.now(),
    }),
  );
}
