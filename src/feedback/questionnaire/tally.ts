import { roundRatio } from '../../kernel/points.ts';
import { type Rate, rate } from '../../kernel/rate.ts';
import { wilson } from '../../kernel/wilson.ts';
import type { Content, Question, QuestionKind, Words } from './content-contract.ts';
import { questionsOf, valuesOf } from './questionnaire.ts';

/** How often something stands in the sheets that are counted. */
export interface Counts {
  /** sheets on which the question was asked */
  readonly asked: ReadonlyMap<string, number>;
  /** sheets on which it was answered */
  readonly answered: ReadonlyMap<string, number>;
  /** sheets by `question/value` */
  readonly chosen: ReadonlyMap<string, number>;
}

interface Interval {
  readonly low: string;
  readonly high: string;
}

/** One answer of a question: how many chose it, out of those who answered. */
export interface AnswerTally {
  readonly value: string;
  /** null for a point of a scale, which is its own word */
  readonly label: Words | null;
  readonly share: Rate;
  /** Wilson's interval at 95 %; null where nobody answered */
  readonly interval: Interval | null;
}

/** How likely people are to recommend: the share of promoters (9, 10) less that of detractors (0 to 6). */
export interface Nps {
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
  readonly answered: number;
  /** -100.0 to 100.0 with one decimal */
  readonly score: string;
}

export interface QuestionTally {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly title: Words;
  readonly asked: number;
  readonly answered: number;
  /** empty for a text */
  readonly answers: readonly AnswerTally[];
  /** of a scale or a likelihood, with two decimals; null where nobody answered */
  readonly mean: string | null;
  readonly nps: Nps | null;
}

/** What sheets come to, question by question in their order. */
export function tallyOf(content: Content, counts: Counts): QuestionTally[] {
  return questionsOf(content).map((question) => tallyQuestion(question, counts));
}

function tallyQuestion(question: Question, counts: Counts): QuestionTally {
  const { id, kind, title } = question;
  const answered = counts.answered.get(id) ?? 0;
  const points = valuesOf(question).map((value) => ({
    value,
    count: counts.chosen.get(`${id}/${value}`) ?? 0,
  }));
  return {
    id,
    kind,
    title,
    asked: counts.asked.get(id) ?? 0,
    answered,
    answers: points.map(({ value, count }) => ({
      value,
      label: labelOf(question, value),
      share: rate(count, answered),
      interval: wilson(count, answered),
    })),
    mean: kind === 'scale' || kind === 'nps' ? meanOf(points) : null,
    nps: kind === 'nps' ? npsOf(points) : null,
  };
}

function labelOf(question: Question, value: string): Words | null {
  if (question.kind !== 'single' && question.kind !== 'multiple') return null;
  return question.options.find((option) => option.id === value)?.label ?? null;
}

interface Point {
  readonly value: string;
  readonly count: number;
}

/** The mean of the points, exact and rounded once; null where there are none. */
export function meanOf(points: readonly Point[]): string | null {
  const n = points.reduce((sum, { count }) => sum + count, 0);
  if (n === 0) return null;
  const total = points.reduce((sum, { value, count }) => sum + Number(value) * count, 0);
  return decimal(total, n, 2);
}

/** @returns null where nobody answered */
export function npsOf(points: readonly Point[]): Nps | null {
  const among = (from: number, to: number) =>
    points.reduce((sum, { value, count }) => {
      const point = Number(value);
      return point >= from && point <= to ? sum + count : sum;
    }, 0);
  const [detractors, passives, promoters] = [among(0, 6), among(7, 8), among(9, 10)];
  const answered = detractors + passives + promoters;
  if (answered === 0) return null;
  const score = decimal((promoters - detractors) * 100, answered, 1);
  return { promoters, passives, detractors, answered, score };
}

function decimal(numerator: number, denominator: number, decimals: number): string {
  const scaled = roundRatio(BigInt(numerator) * 10n ** BigInt(decimals), BigInt(denominator));
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Numbers of the sheets that are typed twice: drawn by their keys, so that nobody chooses them. */
export function sampleOf(
  sheets: readonly { readonly number: number; readonly key: string }[],
  rule: { readonly percent: number; readonly least: number },
): number[] {
  const wanted = Math.max(rule.least, Math.ceil((sheets.length * rule.percent) / 100));
  return [...sheets]
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .slice(0, wanted)
    .map(({ number }) => number)
    .sort((one, other) => one - other);
}
