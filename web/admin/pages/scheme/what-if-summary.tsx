import { useTranslation } from 'react-i18next';
import type { WhatIf } from '../../../../src/close/month/what-if-contract.ts';
import { count, minus } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { useGradeName } from '../../parts/score-words.tsx';
import { yuan } from './yuan.ts';

/** What the draft would make of the month, in figures. */
export function WhatIfSummary({ whatIf }: { whatIf: WhatIf }) {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  const { summary, subject, month, on } = whatIf;
  const grades = summary.grades.map((one) =>
    t('whatIf.gradeCount', { from: gradeName(one.from), to: gradeName(one.to), count: one.count }),
  );
  return (
    <section className="yp-block">
      <h2>{t('whatIf.summary', { month, on })}</h2>
      <p className="yp-hint">{t('whatIf.hint')}</p>
      <div className="yp-figures">
        <Figure
          name={t('whatIf.moved')}
          value={count(summary.moved)}
          small={t('whatIf.movedOf', {
            assessed: count(summary.assessed),
            up: count(summary.up),
            down: count(summary.down),
          })}
        />
        <Figure
          name={t('whatIf.meanShift')}
          value={minus(summary.mean_shift)}
          small={t('whatIf.range', { fall: minus(summary.largest_fall), rise: minus(summary.largest_rise) })}
        />
        {subject === 'staff' ? (
          <>
            <Figure
              name={t('whatIf.gradeChanges')}
              value={count(summary.grade_changes)}
              small={grades.length > 0 ? grades.join(t('whatIf.comma')) : t('whatIf.noGrade')}
            />
            <Figure
              name={t('whatIf.payDifference')}
              value={yuan(summary.pay.difference_fen, true)}
              small={t('whatIf.payOf', {
                people: count(summary.pay.people),
                before: yuan(summary.pay.before_fen),
                after: yuan(summary.pay.after_fen),
              })}
            />
          </>
        ) : null}
      </div>
    </section>
  );
}
