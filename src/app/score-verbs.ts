/** The commands of the score book and the public figures. */
import {
  closeMonth,
  publishMonth,
  readUnit,
  sealMonth,
  type Verification,
  verifyBook,
} from '../close/month/index.ts';
import {
  allScores,
  type Derivation,
  explainScore,
  readMonth,
  type Score,
  tableOf,
} from '../close/statement/index.ts';
import { formatMoment } from '../kernel/day.ts';
import { parseSubjectKind, SUBJECT_KINDS, type Subject } from '../kernel/ids.ts';
import type { Lang } from '../kernel/lang.ts';
import { formatHundredths } from '../kernel/points.ts';
import { formatRate } from '../kernel/rate.ts';
import { Refusal } from '../kernel/refusal.ts';
import { type Actor, cliActor } from '../oversight/access/index.ts';
import { writeTable } from '../platform/files-write.ts';
import { paySheet, payTable } from '../uses/pay/index.ts';
import { statsVerb } from './stats-verb.ts';
import { type Call, json, tableText, textOf, UsageError, usageText, type Verb } from './verb.ts';

const text = { type: 'string' } as const;

function operator(call: Call): Actor {
  return cliActor(call.deps.config.cityCode);
}

/** The hall that is meant; all of the city, unless one is named. */
function unitOf(call: Call): string | null {
  return readUnit(call.values.unit === undefined ? undefined : textOf(call, 'unit'));
}

function named({ month, unit }: { month: string; unit: string | null }): string {
  return unit === null ? month : `${month} ${unit}`;
}

const closeVerb: Verb = {
  name: 'close',
  usage: '--month YYYY-MM [--unit REGION]',
  options: { month: text, unit: text },
  needs: ['month'],
  async run(call) {
    const month = readMonth(textOf(call, 'month'));
    const closed = await closeMonth(call.deps, operator(call), month, unitOf(call));
    if (call.format === 'json') return json(closed);
    const { state, staff, windows, departments, entries_posted, pending } = closed;
    return {
      out:
        call.lang === 'en'
          ? `${named(closed)} ${state}: ${staff} staff, ${windows} windows, ${departments} departments; ` +
            `${entries_posted} entries posted, ${pending} bad ratings pending`
          : `${named(closed)} ${state}：人员 ${staff}，窗口 ${windows}，部门 ${departments}；` +
            `新记分录 ${entries_posted}，待核实差评 ${pending}`,
    };
  },
};

const scoresVerb: Verb = {
  name: 'scores',
  usage: '--month YYYY-MM [--subject staff|window|department] [--format json|csv|xlsx]',
  options: { month: text, subject: text },
  needs: ['month'],
  async run(call) {
    const subject = parseSubjectKind(String(call.values.subject ?? 'staff'));
    if (subject === undefined) throw new UsageError(usageText([scoresVerb]));
    const scores = await allScores(call.deps, operator(call), { month: textOf(call, 'month'), subject });
    if (call.format === 'json') return json(scores);
    if (call.format === 'csv' || call.format === 'xlsx') {
      return { out: await writeTable(tableOf(scores), call.format) };
    }
    return { out: tableText(scoreHead, scores.map(scoreRow)) };
  },
};

const scoreHead = ['code', 'name', 'total', 'base', 'bonus', 'grade', 'rated', 'good', 'bad', 'on time'];

function scoreRow(score: Score): string[] {
  const { subject_code, name, total, base_total, bonus_total, grade, counts } = score;
  const numbers = [counts.rated, counts.good, counts.bad].map(String);
  return [
    subject_code,
    name,
    total,
    base_total,
    bonus_total ?? '—',
    grade ?? '—',
    ...numbers,
    formatRate(score.on_time),
  ];
}

const explainVerb: Verb = {
  name: 'explain',
  usage: '--month YYYY-MM --subject-code CODE [--subject staff|window|department]',
  options: { month: text, 'subject-code': text, subject: text },
  needs: ['month', 'subject-code'],
  async run(call) {
    const derivation = await derive(call);
    return call.format === 'json' ? json(derivation) : { out: derivationText(derivation, call.lang) };
  },
};

/** A code may be anybody's: staff are looked for first, then windows, then departments. */
async function derive(call: Call): Promise<Derivation> {
  const wanted = call.values.subject === undefined ? undefined : parseSubjectKind(textOf(call, 'subject'));
  const kinds = wanted === undefined ? SUBJECT_KINDS : [wanted];
  let refusal: unknown;
  for (const kind of kinds) {
    const subject: Subject = { kind, code: textOf(call, 'subject-code') };
    try {
      return await explainScore(call.deps, operator(call), {
        month: textOf(call, 'month'),
        subject,
        lang: call.lang,
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'score.none') throw error;
      refusal = error;
    }
  }
  throw refusal;
}

function derivationText(one: Derivation, lang: Lang): string {
  const lines = one.lines.map((line) => [
    line.points,
    line.part,
    line.text,
    line.rule ? `${line.rule.value} (${line.rule.from}) ${line.rule.source}` : '',
    line.fact?.id ?? '',
  ]);
  const pending = one.pending.map((line) => [
    `(${line.points})`,
    line.part,
    line.text,
    '',
    line.fact?.id ?? '',
  ]);
  const waived = lang === 'en' ? 'Public notice cut short: ' : '免除公示的理由：';
  return [
    `${one.subject_code} ${one.name}  ${one.month}  ${one.state}  ${one.grade ?? ''}`.trimEnd(),
    ...(one.tie_breakers.length === 0 ? [] : [tieText(one, lang)]),
    tableText(['points', 'part', 'line', 'source', 'fact'], [...lines, ...pending]),
    `= ${one.total}`,
    ...(one.waived_reason === null ? [] : [waived + one.waived_reason]),
  ].join('\n');
}

/** What decides between equal totals, in the scheme's order. */
function tieText({ tie_breakers: ties }: Derivation, lang: Lang): string {
  const each = ties.map(({ name, value }) => `${name} ${value ?? '—'}`);
  return lang === 'en' ? `On equal totals: ${each.join(', ')}` : `总分相同时依次比较：${each.join('，')}`;
}

const publishVerb: Verb = {
  name: 'publish',
  usage: '--month YYYY-MM [--unit REGION]',
  options: { month: text, unit: text },
  needs: ['month'],
  async run(call) {
    const month = readMonth(textOf(call, 'month'));
    const end = await publishMonth(call.deps, operator(call), month, unitOf(call));
    if (call.format === 'json') return json(end);
    const until = end.notice_until && formatMoment(new Date(end.notice_until));
    return {
      out:
        call.lang === 'en'
          ? `${named(end)} is published; objections until ${until}`
          : `${named(end)} 已公示，异议期至 ${until}`,
    };
  },
};

const sealVerb: Verb = {
  name: 'seal',
  usage: '--month YYYY-MM [--unit REGION] [--waive-notice REASON] [--carry-appeals REASON]',
  options: { month: text, unit: text, 'waive-notice': text, 'carry-appeals': text },
  needs: ['month'],
  async run(call) {
    const waiveNotice = call.values['waive-notice'] === undefined ? undefined : textOf(call, 'waive-notice');
    const carry = call.values['carry-appeals'];
    const carryAppeals = carry === undefined ? undefined : textOf(call, 'carry-appeals');
    const month = readMonth(textOf(call, 'month'));
    const end = await sealMonth(call.deps, operator(call), month, {
      waiveNotice,
      carryAppeals,
      unit: unitOf(call),
    });
    if (call.format === 'json') return json(end);
    return { out: call.lang === 'en' ? `${named(end)} is sealed.` : `${named(end)} 已封存。` };
  },
};

const payVerb: Verb = {
  name: 'pay',
  usage: '--month YYYY-MM [--format json|csv|xlsx]',
  options: { month: text },
  needs: ['month'],
  async run(call) {
    const month = textOf(call, 'month');
    if (call.format === 'csv' || call.format === 'xlsx') {
      const table = await payTable(call.deps, operator(call), month, call.lang);
      return { out: await writeTable(table, call.format) };
    }
    const lines = await paySheet(call.deps, operator(call), month, call.lang);
    if (call.format === 'json') return json(lines);
    const rows = lines.map((line) => [
      line.staff_no,
      line.name,
      line.grade ?? '—',
      formatHundredths(line.amount_fen),
      line.reason,
    ]);
    const head = ['staff_no', 'name', 'grade', 'yuan', 'reason'];
    return { out: tableText(head, rows) };
  },
};

const ledgerVerb: Verb = {
  name: 'ledger verify',
  usage: '',
  options: {},
  async run(call) {
    const verification = await verifyBook(call.deps, operator(call));
    const refused = !verification.ok;
    if (call.format === 'json') return { ...json(verification), refused };
    return { out: verificationText(verification, call.lang), refused };
  },
};

/** So many differences are named on a screen; all of them stand in the JSON. */
const SHOWN = 200;

function verificationText({ months, differences }: Verification, lang: Lang): string {
  const head = ['month', 'state', 'statements', 'entries', 'by subject', 'by indicator', 'in statements'];
  const rows = months.map(({ month, state, statements, entries, totals }) => [
    ...[month, state, String(statements), String(entries)],
    ...[totals.by_subject_centi, totals.by_part_centi, totals.in_statements_centi].map(formatHundredths),
  ]);
  const found = differences.slice(0, SHOWN).map((one) => {
    const subject = `${one.subject_kind}/${one.subject_code}`;
    const fact = 'fact_id' in one ? `${one.fact_kind}/${one.fact_id}` : '';
    const said = `${one.expected ?? '—'} ≠ ${one.found ?? '—'}`;
    return [one.month.slice(0, 7), one.code, subject, fact, one.entry_id ?? '', said];
  });
  const count = differences.length;
  const last =
    lang === 'en'
      ? `${count === 0 ? 'No' : count} differences in ${months.length} closed months.`
      : `已核对 ${months.length} 个已结算月份，${count === 0 ? '账实相符，没有差异' : `发现差异 ${count} 处`}。`;
  const list = count === 0 ? [] : [tableText(['month', 'code', 'subject', 'fact', 'entry', '≠'], found)];
  return [tableText(head, rows), ...list, last].join('\n');
}

export const scoreVerbs: readonly Verb[] = [
  closeVerb,
  publishVerb,
  sealVerb,
  scoresVerb,
  explainVerb,
  payVerb,
  ledgerVerb,
  statsVerb,
];
