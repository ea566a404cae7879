import type { Grade } from '../../kernel/assessment.ts';
import { type Fen, formatFen } from '../../kernel/fen.ts';
import type { Lang } from '../../kernel/lang.ts';

/** What decides a person's amount. */
export interface PayCase {
  readonly grade: Grade | null;
  readonly veto: boolean;
  readonly amountFen: Fen;
  /** The month is sealed: the amount is what is paid, not what would be. */
  readonly final: boolean;
  /** An appeal against a line of the month is open: nothing is paid until it is decided. */
  readonly appealing: boolean;
}

/** Why this amount, in one sentence. */
export function payReason({ grade, veto, amountFen, final, appealing }: PayCase, lang: Lang): string {
  const amount = formatFen(amountFen);
  if (appealing) {
    return lang === 'en'
      ? `Held back until an open appeal is decided; grade ${grade} would give ${amount}.`
      : `本月申诉尚未办结，暂缓发放；按现等次“${grade}”应为 ${amount}。`;
  }
  if (lang === 'en') {
    const why = veto ? `Grade ${grade} by veto` : `Grade ${grade}`;
    return `${why}: ${amount} by the pay table${final ? '' : ' (not sealed yet)'}.`;
  }
  const why = veto ? `一票否决，等次“${grade}”` : `等次“${grade}”`;
  return `${why}，按绩效浮动标准 ${amount}${final ? '' : '（尚未封存，仅供预览）'}。`;
}
