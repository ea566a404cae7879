import { useTranslation } from 'react-i18next';
import type { QuestionTallyView } from '../../../../src/feedback/questionnaire/contract.ts';
import { count, percent } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { useWordsIn } from './questionnaire-words.tsx';

/** Bars of one question: how many of those who answered chose each, with the interval of the share. */
export function QuestionChart({ place, question }: { place: number; question: QuestionTallyView }) {
  const { t } = useTranslation();
  const wordsIn = useWordsIn();
  const { title, kind, asked, answered, answers, mean, nps } = question;
  return (
    <Block title={`${place}. ${wordsIn(title)}`}>
      <p className="yp-hint">
        {t(`questionnaires.kinds.${kind}`)} · {t('questionnaires.answeredOf', { answered, asked })}
        {mean === null ? '' : ` · ${t('questionnaires.mean', { mean, n: answered })}`}
        {nps === null
          ? ''
          : ` · ${t('questionnaires.nps', {
              score: nps.score,
              promoters: nps.promoters,
              passives: nps.passives,
              detractors: nps.detractors,
              n: nps.answered,
            })}`}
      </p>
      {answers.length === 0 || answered === 0 ? null : (
        <table className="yp-spread yp-answers">
          <thead>
            <tr>
              <th scope="col">{t('questionnaires.answer')}</th>
              <th scope="col">{t('questionnaires.share')}</th>
            </tr>
          </thead>
          <tbody>
            {answers.map(({ value, label, share, interval }) => (
              <tr key={value}>
                <th scope="row">{label === null ? t('questionnaires.point', { value }) : wordsIn(label)}</th>
                <td>
                  <meter min={0} max={answered} value={share.numerator} aria-hidden="true" />
                  <span>
                    <strong>{percent(share.numerator, share.denominator)}</strong>{' '}
                    <span className="yp-quiet">
                      {t('questionnaires.shareOf', {
                        count: count(share.numerator),
                        n: count(share.denominator),
                      })}
                      {interval === null
                        ? ''
                        : ` · ${t('questionnaires.interval', {
                            low: tenths(interval.low),
                            high: tenths(interval.high),
                          })}`}
                    </span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Block>
  );
}

/** '0.4950' → '49.5' */
function tenths(share: string): string {
  return (Number(share) * 100).toFixed(1);
}
