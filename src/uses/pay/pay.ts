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
  /** The veto was taken back after the sealing: grade and amount without it. */
  readonly corrected: { readonly grade: Grade | null; readonly amountFen: Fen } | null;
}

/** What is still to be paid for a sealed month; nothing while an appeal is open. */
export function correctionOf({ amountFen, appealing, corrected }: PayCase): Fen {
  return corrected === null || appealing ? 0 : corrected.amountFen - amountFen;
}

/** Why this amount, in one sentence or two. */
export function payReason(one: PayCase, lang: Lang): string {
  const { corrected, appealing } = one;
  if (corrected === null || appealing) return sealedReason(one, lang);
  const [amount, more] = [formatFen(corrected.amountFen), formatFen(correctionOf(one))];
  return lang === 'en'
    ? `${sealedReason(one, lang)} The veto was taken back after the sealing: ` +
        `grade ${corrected.grade} gives ${amount}, a correction of ${more}.`
    : `${sealedReason(one, lang)}封存后一票否决已撤销，按等次“${corrected.grade}”应为 ${amount}，补差 ${more}。`;
}

function sealedReason({ grade, veto, amountFen, final, appealing }: PayCase, lang: Lang): string {
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
