import type { Subject } from '../../kernel/ids.ts';
import { firstDay } from '../../kernel/month.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Appeal, type FilingForm, fileAppeal, readAppeal } from '../../ledger/appeal/index.ts';
import type { Actor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { closedMonth, filterOf, readMonth } from './actions.ts';
import { endingOf, lineKeyOf, veiledKey } from './appeal-reading-actions.ts';
import type { Derivation, StatementLine } from './contract.ts';
import { explainScore } from './derivation-actions.ts';
import type { LineRow } from './statement.ts';
import { findLines, findStatements } from './store.ts';

/**
 * The subject appeals against a line of its statement, as the line stands now.
 *
 * @throws Refusal `appeal.line_unknown`, `appeal.not_subject`, `appeal.line_follows`, `appeal.too_late`,
 * `appeal.already_filed`, `month.not_closed`, `score.none`, `access.permission_denied`
 */
export async function appealLine(
  deps: Deps,
  actor: Actor,
  wanted: { month: string; subject: Subject; form: FilingForm },
): Promise<Appeal> {
  const month = readMonth(wanted.month);
  const { subject, form } = wanted;
  const filter = filterOf(actor, month, subject.kind);
  if (filter.only !== null && filter.only !== subject.code) throw new Refusal('access.permission_denied');
  const { cityCode } = filter;
  await closedMonth(deps, cityCode, month);
  const page = { sort: 'code', descending: false, after: null, limit: 1 } as const;
  const [row] = await findStatements(deps.db.app, { ...filter, only: subject.code }, page);
  if (row === undefined) throw new Refusal('score.none', { month });
  const lines = await findLines(deps.db.app, cityCode, { month: firstDay(month), ...subject });
  const keyOf = (one: LineRow): string => lineKeyOf(month, subject, one);
  const line = lines.find((one) => [keyOf(one), veiledKey(deps.keys, keyOf(one))].includes(form.line));
  if (line === undefined) throw new Refusal('appeal.line_unknown', {}, { field: 'line' });
  const [zh, en] = await Promise.all([
    explainScore(deps, actor, { ...wanted, lang: 'zh-CN' }),
    explainScore(deps, actor, { ...wanted, lang: 'en' }),
  ]);
  const { id } = await fileAppeal(deps, actor, {
    id: form.id,
    month,
    subject,
    subjectName: row.name,
    departmentCode: row.department_code,
    regionCode: row.region_code,
    lineKey: keyOf(line),
    line: pictureOf(line.line_no, zh, en),
    entryId: line.entry_id,
    text: form.text,
    unitCode: row.unit_code,
    ending: await endingOf(deps, cityCode, month, row),
  });
  return await readAppeal(deps, actor, id);
}

/** The line as it stands, in both languages; what would tell who rated is not in it. */
function pictureOf(no: number, zh: Derivation, en: Derivation): Parameters<typeof fileAppeal>[2]['line'] {
  const [one, other] = [lineOf(zh, no), lineOf(en, no)];
  const part = zh.parts.find(({ code }) => code === one.part);
  const partEn = en.parts.find(({ code }) => code === one.part);
  return {
    part: one.part,
    kind: one.kind,
    partName: { zh: part?.name ?? one.part, en: partEn?.name ?? one.part },
    text: { zh: one.text, en: other.text },
    points: one.points,
    entryKind: one.entry_kind,
    rule: one.rule && {
      name: { zh: one.rule.name, en: other.rule?.name ?? one.rule.name },
      value: one.rule.value,
      from: one.rule.from,
      source: one.rule.source,
      schemeHash: one.rule.scheme_hash,
    },
    occurredOn: one.fact?.occurred_on ?? null,
    highest: part?.highest ?? '0.00',
  };
}

function lineOf(derivation: Derivation, no: number): StatementLine {
  const found = derivation.lines.find((line) => line.no === no);
  if (found === undefined) throw new Refusal('appeal.line_unknown', {}, { field: 'line' });
  return found;
}
