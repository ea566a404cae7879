import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RatingDetail, ratingDetail } from '../../../../src/feedback/rating/contract.ts';
import { call } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { Channel, Level, RatingTags, useRatingWords, Verdict } from '../../parts/rating-words.tsx';
import { PersonLink, WindowLink } from '../../parts/registry-links.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { ProposalDialog } from '../exclusions/proposal-dialog.tsx';
import { orderOfStep } from '../orders/order-query.ts';
import { OrderDue, OrderState } from '../orders/order-words.tsx';

/** One rating: what was said, about which service, and what became of it. Never who said it. */
export function RatingDrawer() {
  const { t } = useTranslation();
  const can = useCan();
  const { stepId, assessNumber } = useParams({ from: '/office/ratings/$stepId/$assessNumber' });
  const path = `/ratings/${encodeURIComponent(stepId)}/${encodeURIComponent(assessNumber)}`;
  const query = useQuery({
    queryKey: ['rating', stepId, assessNumber],
    queryFn: ({ signal }) => call(ratingDetail, path, { signal }),
  });
  const title = query.data ? t('ratings.title', { at: moment(query.data.assessedAt) }) : t('ratings.one');
  return (
    <DetailDrawer title={title} back="/ratings">
      <Loaded query={query}>
        {(rating) => (
          <>
            <Said rating={rating} />
            <Service rating={rating} />
            {rating.satisfaction <= 2 || rating.verdict ? <Decision rating={rating} /> : null}
            {rating.satisfaction <= 2 && can('order.read') ? <RatingOrder stepId={rating.stepId} /> : null}
            <Exclude rating={rating} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

/** The order by which the rating is answered. */
function RatingOrder({ stepId }: { stepId: string }) {
  const { t } = useTranslation();
  const { data: order } = useQuery(orderOfStep(stepId));
  if (!order) return null;
  return (
    <Block title={t('orders.ofRating')}>
      <p>
        <Link to="/orders/$id" params={{ id: order.id }}>
          {order.number}
        </Link>{' '}
        <OrderState state={order.state} /> <OrderDue order={order} />
      </p>
    </Block>
  );
}

function Said({ rating }: { rating: RatingDetail }) {
  const { t } = useTranslation();
  const { dimensions } = useRatingWords();
  const scores = { process: rating.process, efficiency: rating.efficiency, attitude: rating.attitude };
  return (
    <Block title={t('ratings.said')} extra={<Verdict verdict={rating.verdict} level={rating.satisfaction} />}>
      <p className="yp-big">
        <Level level={rating.satisfaction} />
      </p>
      <RatingTags tags={rating.tags} />
      {rating.text ? <blockquote className="yp-pre">{rating.text}</blockquote> : null}
      <Facts
        facts={[
          ...Object.entries(scores).map(
            ([code, value]) => [dimensions.find((each) => each.code === code)?.text ?? code, value] as const,
          ),
          [t('ratings.channel'), <Channel key="channel" code={rating.channel} />],
          [t('ratings.mode'), t(`ratings.modes.${rating.mode}`)],
          [t('ratings.name'), t(rating.realName ? 'ratings.realName' : 'ratings.anonymous')],
          [t('field.source'), t(`ratings.source.${rating.source}`)],
          [t('assisted.enteredBy'), rating.entered && <Entered key="entered" entered={rating.entered} />],
          [t('ratings.at'), moment(rating.assessedAt)],
          [t('ratings.recordedAt'), moment(rating.recordedAt)],
          [t('ratings.receipt'), <code key="receipt">{rating.receipt}</code>],
        ]}
      />
    </Block>
  );
}

/** Who entered it for the citizen, and from what. */
function Entered({ entered }: { entered: NonNullable<RatingDetail['entered']> }) {
  const can = useCan();
  const said = join([entered.by, moment(entered.at), entered.reference]);
  if (entered.batchId === null) return <>{said}</>;
  return (
    <>
      {said}{' '}
      {can('rating.enter') ? (
        <Link to="/assisted/$id" params={{ id: entered.batchId }}>
          {entered.batch}
        </Link>
      ) : (
        entered.batch
      )}
    </>
  );
}

function Service({ rating }: { rating: RatingDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const number = `${rating.projectNo}-${rating.serviceNumber}`;
  return (
    <Block title={t('ratings.service')}>
      <Facts
        facts={[
          [t('field.taskName'), rating.taskName],
          [t('field.serviceName'), rating.serviceName],
          [
            t('field.projectNo'),
            can('record.read') ? (
              <Link key="record" to="/records/$stepId" params={{ stepId: rating.stepId }}>
                {number}
              </Link>
            ) : (
              number
            ),
          ],
          [t('field.serviceTime'), moment(rating.serviceTime)],
          [
            t('field.window'),
            rating.windowCode && <WindowLink key="w" code={rating.windowCode} name={rating.windowName} />,
          ],
          [
            t('field.staff'),
            rating.staffNo && <PersonLink key="s" staffNo={rating.staffNo} name={rating.staffName} />,
          ],
          [t('field.department'), join([rating.deptName, rating.deptCode])],
          [t('field.areaCode'), rating.regionCode],
        ]}
      />
    </Block>
  );
}

/** Whoever sees that a rating isn't genuine proposes it here, a good one too; another person decides. */
function Exclude({ rating }: { rating: RatingDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState(false);
  if (rating.verdict || !can('exclusion.propose')) return null;
  return (
    <div className="yp-actions">
      <Button onClick={() => setOpen(true)}>{t('exclusions.propose')}</Button>
      {open ? <ProposalDialog rating={rating} onDone={() => setOpen(false)} /> : null}
    </div>
  );
}

function Decision({ rating }: { rating: RatingDetail }) {
  const { t } = useTranslation();
  if (!rating.verdict) {
    return (
      <Block title={t('ratings.decision')}>
        <p className="yp-hint">{t('ratings.undecided')}</p>
      </Block>
    );
  }
  return (
    <Block title={t('ratings.decision')}>
      <Facts
        facts={[
          [t('ratings.verdict'), t(`verdict.${rating.verdict}`)],
          [t('ratings.attribution'), rating.attribution && t(`subject.${rating.attribution}`)],
          [t('ratings.verifiedBy'), rating.verifiedBy],
          [t('ratings.approvedBy'), rating.approvedBy],
          [t('ratings.decidedOn'), rating.decidedOn],
        ]}
      />
    </Block>
  );
}
