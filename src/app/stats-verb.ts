/** `stats`: every figure that is published, counted anew from the records. */
import { statsFor, statsQuery } from '../feedback/rating/index.ts';
import type { Day } from '../kernel/day.ts';
import { firstDay, lastDay, monthOf } from '../kernel/month.ts';
import { formatRate, type Rate } from '../kernel/rate.ts';
import { cliActor } from '../oversight/access/index.ts';
import { parseInput } from '../platform/field-error.ts';
import { publishedOf, recount } from '../uses/publication/index.ts';
import { type Answer, type Call, json, tableText, textOf, UsageError, type Verb } from './verb.ts';

const text = { type: 'string' } as const;

/** What can be counted: the rates by default; all others as the public sees them. */
const FIGURES = {
  rates,
  rankings,
  handling,
  comments,
  archive,
} as const;

interface Span {
  readonly from: Day;
  readonly to: Day;
}

export const statsVerb: Verb = {
  name: 'stats',
  usage:
    '--from DATE --to DATE [--by city|county|township|department|window|item|channel|source] ' +
    '[--figures rates|rankings|handling|comments|archive]',
  options: { from: text, to: text, by: text, figures: text },
  needs: ['from', 'to'],
  async run(call): Promise<Answer> {
    const asked = call.values.figures === undefined ? 'rates' : textOf(call, 'figures');
    const of = Object.entries(FIGURES).find(([name]) => name === asked)?.[1];
    if (of === undefined) throw new UsageError(statsVerb.usage);
    return await of(call);
  },
};

function queryOf(call: Call) {
  return parseInput(statsQuery, {
    from: textOf(call, 'from'),
    to: textOf(call, 'to'),
    ...(call.values.by === undefined ? {} : { by: textOf(call, 'by') }),
  });
}

function spanOf(call: Call): Span {
  const { from, to } = queryOf(call);
  return { from: from as Day, to: to as Day };
}

async function rates(call: Call): Promise<Answer> {
  const lines = await statsFor(call.deps, cliActor(call.deps.config.cityCode), queryOf(call));
  if (call.format === 'json') return json(lines);
  const rows = lines.map((line) => [
    line.code,
    line.name,
    ...[line.ratable, line.rated, line.unrated, line.good, line.bad, line.excluded].map(String),
    formatRate(line.active_good_rate),
    formatRate(line.active_rating_rate),
  ]);
  const head = ['code', 'name', 'ratable', 'rated', 'unrated', 'good', 'bad', 'excluded'];
  return { out: tableText([...head, 'good rate', 'rating rate'], rows) };
}

async function rankings(call: Call): Promise<Answer> {
  const { rankings: all } = await publishedOf(call.deps, spanOf(call));
  const asked = call.values.by === undefined ? undefined : textOf(call, 'by');
  const lines = Object.values(all.rankings)
    .flatMap((one) => one?.lines ?? [])
    .filter(({ by }) => asked === undefined || by === asked);
  if (call.format === 'json') return json(lines);
  const rows = lines.map((line) => [
    ...[line.by, `${line.place}${line.tied ? '=' : ''}`, `${line.place_from}-${line.place_to}`],
    ...[line.code, line.name, formatRate(line.active_good_rate), line.shrunk_rate],
  ]);
  const head = ['by', 'place', 'possible', 'code', 'name', 'good rate', 'shrunk rate'];
  return { out: tableText(head, rows) };
}

async function handling(call: Call): Promise<Answer> {
  const { handling: handled } = await publishedOf(call.deps, spanOf(call));
  const lines = [handled.total, ...handled.lines];
  if (call.format === 'json') return json(lines);
  const said = (one: Rate | null): string => (one === null ? 'withheld' : formatRate(one));
  const rows = lines.map((line) => [
    ...[line.code, line.name, said(line.bad_answered_rate), said(line.called_back_rate)],
    said(line.call_back_satisfaction_rate),
  ]);
  return { out: tableText(['code', 'name', 'answered', 'called back', 'satisfied'], rows) };
}

async function comments(call: Call): Promise<Answer> {
  const { figures } = await publishedOf(call.deps, spanOf(call));
  if (call.format === 'json') return json(figures.apart);
  const rows = figures.apart.map(({ mode, count, good_rate: good }) => [
    mode,
    count === null ? 'withheld' : String(count),
    good === null ? 'withheld' : formatRate(good),
  ]);
  return { out: tableText(['mode', 'count', 'good rate'], rows) };
}

/** A published month beside what is counted of it now. */
async function archive(call: Call): Promise<Answer> {
  const { from, to } = spanOf(call);
  const month = monthOf(from);
  if (from !== firstDay(month) || to !== lastDay(month)) {
    throw new UsageError('--figures archive --from YYYY-MM-01 --to YYYY-MM-DD: one whole month');
  }
  const counted = await recount(call.deps, month);
  if (call.format === 'json') return json(counted);
  const rows = counted.corrections.map(({ by, code, name, was, now }) => [
    ...[by, code, name],
    ...[was, now].map((counts) => (counts === null ? 'withheld' : Object.values(counts).join('/'))),
  ]);
  const about = `${counted.month} ${counted.digest} ${counted.sound ? 'ok' : 'CHANGED'}`;
  const head = ['by', 'code', 'name', 'published', 'now'];
  return { out: [about, ...(rows.length > 0 ? [tableText(head, rows)] : [])].join('\n') };
}
