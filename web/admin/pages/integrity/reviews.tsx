import { useTranslation } from 'react-i18next';
import type { FindingDetail } from '../../../../src/handling/integrity/contract.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';

/** What people have made of a finding, the newest first. */
export function Reviews({ reviews }: { reviews: FindingDetail['reviews'] }) {
  const { t } = useTranslation();
  if (reviews.length === 0) return null;
  return (
    <Block title={t('integrity.reviews')}>
      <ul className="yp-entries">
        {reviews.map((review) => (
          <li key={review.id}>
            <div>
              {t('integrity.proposed', {
                verdict: t(`integrity.states.${review.verdict}`),
                state: t(`integrity.reviewStates.${review.state}`),
              })}
              {review.excludes.length > 0
                ? t('integrity.withExcluded', { count: review.excludes.length })
                : null}
            </div>
            <div>{review.reason}</div>
            <div className="yp-quiet">
              {review.proposedBy} {moment(review.proposedAt)}
              {review.decidedBy
                ? t('integrity.decidedBy', { name: review.decidedBy, at: moment(review.decidedAt) })
                : null}
            </div>
            {review.note ? <div className="yp-quiet">{review.note}</div> : null}
            {review.excluded ? (
              <div className="yp-quiet">{t('integrity.excludedNow', { count: review.excluded })}</div>
            ) : null}
            {review.state === 'approved' && review.verdict === 'induced' ? (
              <p className="yp-hint">{t('integrity.enterFinding')}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}
