import { type Day, dayOf } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutCell, OutTable } from '../../platform/files-write.ts';
import { EXPORT_ROWS, exported } from '../../registry/region/index.ts';
import { contentOf, knownQuestionnaire } from './actions.ts';
import type { Content } from './content-contract.ts';
import {
  type QuestionnaireResults,
  type ResultsQuery,
  SHEET_CHANNELS,
  type SheetsQuery,
} from './contract.ts';
import { questionsOf, wordsIn } from './questionnaire.ts';
import { questionnaireRules } from './rules.ts';
import { findVersions } from './store.ts';
import { type Counts, meanOf, tallyOf } from './tally.ts';
import {
  type AnswerRow,
  countAnswers,
  countChannels,
  countWindows,
  listSheets,
  listTexts,
  type SheetSpan,
  type WindowCount,
} from './tally-store.ts';

const TEXTS = 500;

type Query = Omit<ResultsQuery, 'format' | 'lang'>;

async function spanOf(
  reader: Reader,
  actor: Actor,
  id: string,
  query: Query,
): Promise<{ span: SheetSpan; content: Content; number: string }> {
  const { from, to } = query;
  if (from && to && to < from) throw new Refusal('questionnaire.range_reversed', {}, { field: 'to' });
  const { cityCode } = actor;
  const { number } = await knownQuestionnaire(reader, actor, id);
  const [found] = await findVersions(reader, cityCode, { id, version: query.version ?? null });
  if (found === undefined) throw new Refusal('questionnaire.unknown_version', {}, { field: 'version' });
  const span = { ...query, ...actor.scope, cityCode, id, version: found.version };
  return { span, content: contentOf(found.content), number };
}

/**
 * What the sheets of one version come to, within the actor's reach. With fewer sheets than the rule of the
 * day asks for, nothing but their number is told: a few answers would show who gave them.
 * @throws Refusal `questionnaire.unknown`, `.unknown_version`, `.range_reversed`
 */
export async function resultsOf(
  deps: Deps,
  actor: Actor,
  id: string,
  query: Query,
): Promise<QuestionnaireResults> {
  requirePermission(actor, 'questionnaire.read');
  const reader = deps.db.read;
  const { span, content } = await spanOf(reader, actor, id, query);
  const channels = await countChannels(reader, span);
  const total = (key: 'sheets' | 'repeated' | 'waiting') => channels.reduce((sum, one) => sum + one[key], 0);
  const sheets = total('sheets');
  const smallest = smallestOn(dayOf(deps.clock.now()));
  const withheld = sheets < smallest;
  const pointed = questionsOf(content).filter(({ kind }) => kind === 'scale' || kind === 'nps');
  const points = pointed.map((question) => question.id);
  return {
    version: span.version,
    title: content.title,
    sheets,
    repeated: total('repeated'),
    waiting: total('waiting'),
    channels: SHEET_CHANNELS.map((channel) => ({
      channel,
      sheets: channels.find((one) => one.channel === channel)?.sheets ?? 0,
    })),
    smallest,
    withheld,
    questions: withheld
      ? []
      : tallyOf(content, countsOf(await countAnswers(reader, span))).map((one) => ({
          ...one,
          answers: one.answers.map((answer) => ({ ...answer })),
        })),
    windows: windowsOf(await countWindows(reader, span, points), points, smallest),
    texts: withheld ? [] : await listTexts(reader, span, TEXTS),
  };
}

function smallestOn(on: Day): number {
  return questionnaireRules(on).smallestGroup;
}

function countsOf(rows: readonly AnswerRow[]): Counts {
  const asked = new Map<string, number>();
  const answered = new Map<string, number>();
  const chosen = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, count: number) =>
    to.set(key, (to.get(key) ?? 0) + count);
  for (const { question, value, first, count } of rows) {
    if (first) add(asked, question, count);
    if (value === null) continue;
    if (first) add(answered, question, count);
    add(chosen, `${question}/${value}`, count);
  }
  return { asked, answered, chosen };
}

function windowsOf(rows: readonly WindowCount[], questions: readonly string[], smallest: number) {
  return rows
    .filter(({ question }) => question === null)
    .map((window) => {
      const own = rows.filter(({ window_code: code }) => code === window.window_code);
      const means = questions.flatMap((question) => {
        const points = own.flatMap((one) =>
          one.question === question && one.value !== null ? [{ value: one.value, count: one.count }] : [],
        );
        const mean = meanOf(points);
        return mean === null ? [] : [{ question, mean }];
      });
      return {
        windowCode: window.window_code,
        windowName: window.window_name,
        departmentName: window.department_name,
        sheets: window.count,
        means: window.count < smallest ? null : means,
      };
    });
}

/** The tallies as a table. @throws Refusal as `resultsOf`, `access.permission_denied` */
export async function resultTable(
  deps: Deps,
  actor: Actor,
  { id, query, lang }: { id: string; query: Query; lang: Lang },
): Promise<OutTable> {
  const results = await resultsOf(deps, actor, id, query);
  const rows = results.questions.flatMap((question): OutCell[][] => {
    const head = [question.id, wordsIn(question.title, lang), question.kind];
    const { asked, answered, mean, nps } = question;
    const lines = question.answers.map(({ value, label, share, interval }) => [
      ...[...head, value, label ? wordsIn(label, lang) : value, share.numerator, answered, asked],
      ...[share.value, interval?.low, interval?.high],
    ]);
    const one = (name: string, value: string): OutCell[] => [...head, name, value, null, answered, asked];
    return [
      ...(lines.length > 0 ? lines : [[...head, null, null, null, answered, asked]]),
      ...(mean === null ? [] : [one('mean', mean)]),
      ...(nps === null ? [] : [one('nps', nps.score)]),
    ];
  });
  return await exported(deps, actor, 'questionnaire', {
    columns: [
      ...['question', 'title', 'kind', 'value', 'label', 'count', 'answered', 'asked'],
      ...['share', 'interval_low', 'interval_high'],
    ],
    rows: rows.map((row) => [...row, ...Array<null>(11 - row.length).fill(null)]),
  });
}

/**
 * Counted sheets one by one: window, day and answers. Texts stay out where a window has too few sheets of a
 * version. For whoever writes questionnaires alone.
 */
export async function sheetTable(
  deps: Deps,
  actor: Actor,
  { id, query, lang }: { id: string; query: Omit<SheetsQuery, 'format' | 'lang'>; lang: Lang },
): Promise<OutTable> {
  requirePermission(actor, 'questionnaire.write');
  const { span, content } = await spanOf(deps.db.read, actor, id, query);
  const smallest = smallestOn(dayOf(deps.clock.now()));
  const rows = await listSheets(deps.db.read, span, EXPORT_ROWS);
  const ofWindow = new Map<string, number>();
  for (const { window_code: code } of rows) ofWindow.set(code, (ofWindow.get(code) ?? 0) + 1);
  const shown = rows.length < smallest ? [] : rows;
  const questions = questionsOf(content);
  return await exported(deps, actor, 'questionnaire_sheets', {
    columns: [
      ...['version', 'day', 'window_code', 'department_code', 'channel'],
      ...questions.map((question) => `${question.id} ${wordsIn(question.title, lang)}`),
    ],
    rows: shown.map((row) => [
      ...[span.version, row.day, row.window_code, row.department_code, row.channel],
      ...questions.map((question): OutCell => {
        const given = row.answers[question.id];
        if (given === undefined) return null;
        if (question.kind !== 'text') return given.join(',');
        const few = (ofWindow.get(row.window_code) ?? 0) < smallest;
        return few ? null : (row.texts?.[question.id] ?? null);
      }),
    ]),
  });
}
