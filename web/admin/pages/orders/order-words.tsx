import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrderRowView } from '../../../../src/handling/work-order/contract.ts';
import { moment } from '../../format.ts';

type State = OrderRowView['state'];

/** No state is red: red is kept for what is overdue. */
const stateColors: Readonly<Record<State, string>> = {
  unassigned: 'processing',
  unsigned: 'processing',
  handling: 'processing',
  paused: 'default',
  approval: 'processing',
  call_back: 'processing',
  closed: 'success',
  withdrawn: 'default',
};

export function OrderState({ state }: { state: State }) {
  const { t } = useTranslation();
  return <Tag color={stateColors[state]}>{t(`orders.state.${state}`)}</Tag>;
}

/** Yellow and red cards in words too: colour is never the only sign. */
export function OrderCard({ card }: { card: OrderRowView['card'] }) {
  const { t } = useTranslation();
  if (card === 'none') return null;
  return <Tag color={card === 'red' ? 'error' : 'warning'}>{t(`orders.card.${card}`)}</Tag>;
}

/** Until when something has to happen, and how urgent that is; nothing for what has ended. */
export function OrderDue({ order }: { order: Pick<OrderRowView, 'state' | 'nextDueAt' | 'card'> }) {
  if (order.state === 'closed' || order.state === 'withdrawn') return null;
  return (
    <>
      <span className="yp-nowrap">{moment(order.nextDueAt)}</span> <OrderCard card={order.card} />
    </>
  );
}

export function Supervised({ supervised }: { supervised: boolean }) {
  const { t } = useTranslation();
  return supervised ? <Tag color="warning">{t('orders.supervised')}</Tag> : null;
}
