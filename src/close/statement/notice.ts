import type { Grade } from '../../kernel/assessment.ts';
import { dayOf, formatMoment, parseMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import type { Derivation, StatementLine } from './contract.ts';

/** What an official notice says besides the statement itself. */
export interface NoticeFrame {
  /** the hall that issues it */
  readonly hall: string;
  readonly publishedAt: Date | null;
  readonly noticeUntil: Date | null;
  readonly sealedAt: Date | null;
  /** why the public notice was cut short or left out */
  readonly waivedReason: string | null;
  /** the clause that lets the subject appeal */
  readonly appealClause: string;
  readonly now: Date;
}

interface NoticeTable {
  readonly kind: 'table';
  /** shares of the width add up to 100 */
  readonly columns: readonly { readonly title: string; readonly share: number; readonly right?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** A piece of the notice, from the top down; how it is drawn is another's business. */
export type NoticeBlock =
  | { readonly kind: 'title' | 'subtitle' | 'address' | 'heading' | 'text' | 'note'; readonly text: string }
  | { readonly kind: 'signature'; readonly lines: readonly string[] }
  | NoticeTable;

const GRADES_EN: Readonly<Record<Grade, string>> = {
  好: 'Good (好)',
  较好: 'Fairly good (较好)',
  一般: 'Ordinary (一般)',
  较差: 'Poor (较差)',
};

/** The statement as an official notice to its subject (考核结果通知书), in the form of GB/T 9704. */
export function noticeOf(made: Derivation, frame: NoticeFrame, lang: Lang): NoticeBlock[] {
  const say = (zh: string, en: string): string => (lang === 'en' ? en : zh);
  const sealed = made.state === 'sealed';
  const [year, month] = made.month.split('-').map(Number);
  const staff = made.subject_kind === 'staff';
  const name = staff ? say(`${made.name}同志`, made.name) : made.name;
  const text = (zh: string, en: string): NoticeBlock => ({ kind: 'text', text: say(zh, en) });
  return [
    {
      kind: 'title',
      text: say(`${year}年${month}月平时考核结果通知书`, `Notice of Assessment, ${made.month}`),
    },
    {
      kind: 'subtitle',
      text: sealed ? say('（正式结果）', '(final result)') : say('（暂定结果）', '(provisional result)'),
    },
    { kind: 'address', text: say(`${name}：`, `To ${name} (${made.subject_code}):`) },
    text(
      `根据《${made.scheme_name}》，现将你${staff ? '' : '窗口（部门）'}${year}年${month}月平时考核结果通知如下。`,
      `Under the “${made.scheme_name}” your result for ${made.month} is as follows.`,
    ),
    { kind: 'heading', text: say('一、考核结果', '1. Result') },
    text(...resultSentence(made)),
    scores(made, say),
    { kind: 'heading', text: say('二、计分依据', '2. How the points came about') },
    lines(
      made.lines.filter(({ kind, points }) => kind !== 'base' && points !== '0.00'),
      made,
      say,
    ),
    ...pending(made, say),
    { kind: 'heading', text: say('三、公示与申诉', '3. Public notice and appeal') },
    text(...noticeSentence(frame, sealed)),
    text(...appealSentence(made, frame)),
    { kind: 'signature', lines: [frame.hall, written(frame.sealedAt ?? frame.now, lang)] },
    {
      kind: 'text',
      text: say(
        '被通知人（签收）：＿＿＿＿＿＿　　年　　月　　日',
        'Received by: ______________  on: ____________',
      ),
    },
    {
      kind: 'note',
      text: say(
        `编号：${made.subject_code}　结算时间：${moment(made.closed_at)}`,
        `Code: ${made.subject_code}  Closed: ${moment(made.closed_at)}`,
      ),
    },
    {
      kind: 'note',
      text: say(`办法版本：${made.scheme_hash}`, `Scheme version: ${made.scheme_hash}`),
    },
  ];
}

type Say = (zh: string, en: string) => string;

function resultSentence(made: Derivation): [zh: string, en: string] {
  const { total, grade, veto, counts } = made;
  const graded = grade === null ? '' : `，等次为“${grade}”`;
  const gradedEn = grade === null ? '' : `, grade ${GRADES_EN[grade]}`;
  const vetoed = veto ? '因一票否决，等次为最低等。' : '';
  const vetoedEn = veto ? ' A veto sets the lowest grade.' : '';
  const rated = `可评${counts.ratable}件，已评${counts.rated}件，好评${counts.good}件，差评${counts.bad}件`;
  const excluded = made.excluded === 0 ? '' : `，另有${made.excluded}件经核实不计`;
  const ratedEn = `${counts.ratable} ratable, ${counts.rated} rated, ${counts.good} good, ${counts.bad} bad`;
  const { numerator, denominator } = made.on_time;
  const onTime = denominator === 0 ? '' : `；有承诺时限${denominator}件，按时办结${numerator}件`;
  const promisedEn = denominator === 0 ? '' : ` Finished on time: ${numerator} of ${denominator} promised.`;
  const { numerator: content, denominator: reached } = made.call_back;
  const called = reached === 0 ? '' : `；回访到${reached}人，满意${content}人`;
  const calledEn =
    reached === 0 ? '' : ` Call-backs: ${content} of ${reached} people reached were satisfied.`;
  const countedEn = `${ratedEn}; ${made.excluded} excluded.${promisedEn}${calledEn}`;
  return [
    `总分${total}分${graded}。${vetoed}${rated}${excluded}${onTime}${called}。`,
    `Total ${total} points${gradedEn}.${vetoedEn} Services: ${countedEn}`,
  ];
}

function scores(made: Derivation, say: Say): NoticeBlock {
  const bonus = made.parts.filter(({ kind, points }) => kind === 'bonus' && points !== '0.00');
  const rows = [...made.parts.filter(({ kind }) => kind === 'indicator'), ...bonus];
  return {
    kind: 'table',
    columns: [
      { title: say('指标', 'Indicator'), share: 52 },
      { title: say('满分（上限）', 'At most'), share: 24, right: true },
      { title: say('得分', 'Points'), share: 24, right: true },
    ],
    rows: [
      ...rows.map(({ name, highest, points }) => [name, highest, points]),
      [say('总分', 'Total'), '', made.total],
    ],
  };
}

function lines(shown: readonly StatementLine[], made: Derivation, say: Say): NoticeBlock {
  const partName = (code: string) =>
    made.parts.find((part) => part.code === code)?.name ?? say('总分', 'Total');
  return {
    kind: 'table',
    columns: [
      { title: say('日期', 'Date'), share: 17 },
      { title: say('指标', 'Indicator'), share: 17 },
      { title: say('事项与依据', 'What, and by which clause'), share: 53 },
      { title: say('分值', 'Points'), share: 13, right: true },
    ],
    rows: shown.map(({ fact, part, kind, text, rule, points }) => [
      fact?.occurred_on ?? '',
      partName(part),
      [text, fact?.evidence ?? null, rule?.source ?? null]
        .filter((one) => one !== null)
        .join(say('；', '; ')),
      kind === 'inherited' || kind === 'mean' ? points : signed(points),
    ]),
  };
}

function pending(made: Derivation, say: Say): NoticeBlock[] {
  if (made.pending.length === 0) return [];
  const count = made.pending.length;
  return [
    {
      kind: 'text',
      text: say(
        `另有${count}项待核实扣分未计入总分，属实后入账，误评或恶意的作废：`,
        `${count} deductions await their verdict and are not in the total:`,
      ),
    },
    lines(made.pending, made, say),
  ];
}

function noticeSentence(frame: NoticeFrame, sealed: boolean): [zh: string, en: string] {
  const { publishedAt, noticeUntil, waivedReason } = frame;
  if (waivedReason !== null) {
    return [
      `本月结果${publishedAt === null ? '免除公示' : '提前结束公示'}，理由：${waivedReason}。`,
      `The public notice was ${publishedAt === null ? 'waived' : 'cut short'}. Reason: ${waivedReason}`,
    ];
  }
  if (publishedAt === null || noticeUntil === null) {
    return [
      '本月结果尚未公示，公示和封存前可能调整。',
      'The result is not on public notice yet and may change.',
    ];
  }
  const [from, until] = [formatMoment(publishedAt), formatMoment(noticeUntil)];
  const [fromZh, untilZh] = [minuteWritten(publishedAt), minuteWritten(noticeUntil)];
  return [
    `本月结果自${fromZh}起公示，异议期至${untilZh}${sealed ? '，期满已封存' : ''}。`,
    `The result was put on public notice on ${from}; objections until ${until}${sealed ? '; sealed' : ''}.`,
  ];
}

function appealSentence(made: Derivation, frame: NoticeFrame): [zh: string, en: string] {
  const until = made.appeal_until === null ? null : parseMoment(made.appeal_until);
  const clause = frame.appealClause;
  const how = '在“我的档案”中逐项提出申诉并附证明材料，由所在部门提出意见、复核小组复核，原记分人员回避';
  const howEn =
    'appeal line by line in “My file” and attach evidence; the department gives its opinion and a review ' +
    'group without the original scorer decides';
  if (until === null || until === undefined) {
    return [
      `对结果有异议的，公示后可依据${clause}${how}。`,
      `If you disagree you may, after publication (${clause}), ${howEn}.`,
    ];
  }
  if (until < frame.now) {
    return [
      `申诉期限（${clause}）已于${minuteWritten(until)}届满。`,
      `The time for appeals (${clause}) ended on ${formatMoment(until)}.`,
    ];
  }
  return [
    `对结果有异议的，可于${minuteWritten(until)}前依据${clause}${how}。`,
    `If you disagree you may until ${formatMoment(until)} (${clause}) ${howEn}.`,
  ];
}

function signed(points: string): string {
  return points.startsWith('-') ? points.replace('-', '−') : `+${points}`;
}

function moment(instant: string): string {
  const at = parseMoment(instant);
  return at === undefined ? '' : formatMoment(at);
}

/** 2026年6月8日, as official documents write days. */
function written(at: Date, lang: Lang): string {
  const text = dayOf(at);
  const [year, month, date] = text.split('-').map(Number);
  return lang === 'en' ? text : `${year}年${month}月${date}日`;
}

/** 2026年6月8日17:30, within a sentence. */
function minuteWritten(at: Date): string {
  return `${written(at, 'zh-CN')}${formatMoment(at).slice(11)}`;
}
