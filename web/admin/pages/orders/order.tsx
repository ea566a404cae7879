import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../../src/handling/work-order/contract.ts';
import { join, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { WindowLink } from '../../parts/registry-links.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { OrderFiles } from './order-files.tsx';
import { OrderMeetings, OrderParts } from './order-parts.tsx';
import { orderQuery } from './order-query.ts';
import { OrderReview } from './order-review.tsx';
import { OrderSource } from './order-source.tsx';
import { OrderSteps } from './order-steps.tsx';
import { OrderStory } from './order-story.tsx';
import { OrderCard, OrderDue, OrderState, Supervised } from './order-words.tsx';

/** One order: how it stands, what the reader can do now, what is owed until when, and its whole story. */
export function OrderDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/orders/$id' });
  const query = useQuery(orderQuery(id));
  return (
    <DetailDrawer title={t('orders.title', { number: query.data?.number ?? '' })} back="/orders">
      <Loaded query={query}>
        {(order) => (
          <>
            <Head order={order} />
            <OrderSteps order={order} />
            {order.kind === 'rectification' ? <OrderReview orderId={order.id} /> : null}
            <OrderSource order={order} />
            <OrderParts order={order} />
            <Owed order={order} />
            <OrderMeetings order={order} />
            <OrderFiles order={order} />
            <OrderStory order={order} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Head({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const can = useCan();
  const number = join([order.projectNo, order.serviceNumber?.toString()], '-');
  return (
    <section className="yp-block" aria-label={t('orders.stateLabel')}>
      <p>
        <OrderState state={order.state} /> <Supervised supervised={order.supervised} />{' '}
        <OrderDue order={order} />
      </p>
      <Facts
        facts={[
          [t('orders.kindLabel'), t(`orders.kind.${order.kind}`)],
          [t('orders.owner'), order.ownerName ?? (order.ownerDepartment || t('orders.nobody'))],
          [t('orders.handler'), order.handlerName],
          [t('orders.complexityLabel'), t(`orders.complexity.${order.complexity}`)],
          [t('orders.cause'), order.cause],
          [t('orders.openedAt'), moment(order.openedAt)],
          [t('orders.answerDue'), moment(order.dueAt)],
          [t('orders.closedAt'), moment(order.closedAt)],
          [t('field.window'), order.windowCode && <WindowLink key="window" code={order.windowCode} />],
          [
            t('field.projectNo'),
            order.stepId && can('record.read') ? (
              <Link key="record" to="/records/$stepId" params={{ stepId: order.stepId }}>
                {number}
              </Link>
            ) : (
              number
            ),
          ],
        ]}
      />
      {order.extensionAsked ? <p className="yp-hint">{t('orders.extensionWaits')}</p> : null}
      {order.reopened ? <p className="yp-hint">{t('orders.reopenedOnce')}</p> : null}
    </section>
  );
}

/** What the order owes, each with its due time, and what was done when. */
function Owed({ order: { duties } }: { order: OrderView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('orders.duties')}>
      <ul className="yp-entries">
        {inOrder(duties.filter(({ step }) => !step.startsWith('part-'))).map((duty) => (
          <li key={duty.step}>
            <strong>{t(`orders.duty.${dutyName(duty.step)}`)}</strong>{' '}
            <span className="yp-nowrap">{t('home.until', { at: moment(duty.dueAt) })}</span>{' '}
            <span className="yp-quiet">{t('orders.days', { count: duty.days })}</span>{' '}
            {duty.doneAt ? t('orders.doneAt', { at: moment(duty.doneAt) }) : null}
            {duty.paused ? t('orders.stands') : null} <OrderCard card={duty.card} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

const DUTIES = ['sign', 'contact', 'answer', 'call_back'] as const;

function dutyName(step: string) {
  return DUTIES.find((one) => one === step) ?? 'answer';
}

function inOrder(duties: OrderView['duties']): OrderView['duties'] {
  return [...duties].sort(
    (one, other) => DUTIES.indexOf(dutyName(one.step)) - DUTIES.indexOf(dutyName(other.step)),
  );
}
