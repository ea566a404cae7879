import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../../src/handling/work-order/contract.ts';
import { join, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { FileRow } from '../../parts/file-row.tsx';
import { OrderCard } from './order-words.tsx';

const COLORS = { asked: 'processing', answered: 'success', returned: 'default', waived: 'default' } as const;

/** What other departments were asked for, until when, and what each has said. */
export function OrderParts({ order: { parts } }: { order: OrderView }) {
  const { t } = useTranslation();
  if (parts.length === 0) return null;
  return (
    <Block title={t('orders.parts')}>
      <ul className="yp-entries">
        {parts.map((part) => (
          <li key={part.no}>
            <strong>{part.departmentName ?? part.department}</strong>{' '}
            <Tag color={COLORS[part.state]}>{t(`orders.partState.${part.state}`)}</Tag>
            {part.dueAt && part.state === 'asked' ? (
              <span className="yp-nowrap">{t('home.until', { at: moment(part.dueAt) })}</span>
            ) : null}{' '}
            <OrderCard card={part.card} />
            <div className="yp-pre">{part.asked ?? t('orders.notShown')}</div>
            <div className="yp-quiet">{join([part.askedBy, moment(part.askedAt)])}</div>
            {part.words ? <blockquote className="yp-pre">{part.words}</blockquote> : null}
            {part.endedBy ? (
              <div className="yp-quiet">{join([part.endedBy, moment(part.endedAt)])}</div>
            ) : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}

/** When departments met about it, what they agreed on, and the minutes. */
export function OrderMeetings({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  if (order.meetings.length === 0) return null;
  return (
    <Block title={t('orders.meetings')}>
      <ul className="yp-entries">
        {order.meetings.map((one) => {
          const minutes = order.files.find(({ id }) => id === one.minutes);
          return (
            <li key={one.no}>
              <strong className="yp-nowrap">{one.heldOn}</strong> {one.departments.join('、')}
              <div className="yp-pre">{one.outcome ?? t('orders.notShown')}</div>
              <div className="yp-quiet">{join([one.recordedBy, moment(one.recordedAt)])}</div>
              {minutes ? (
                <ul className="yp-entries">
                  <FileRow path={`/work-orders/${order.id}/files/${minutes.id}`} file={minutes} />
                </ul>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Block>
  );
}
