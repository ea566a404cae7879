import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ratingDetail } from '../../../../src/feedback/rating/contract.ts';
import { type OrderView, speakerView } from '../../../../src/handling/work-order/contract.ts';
import { call } from '../../api/call.ts';
import { Block, Facts } from '../../parts/facts.tsx';
import { FileRow } from '../../parts/file-row.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Level, RatingTags, Verdict } from '../../parts/rating-words.tsx';
import { useCan } from '../../session.ts';

/** What the order answers: a bad rating, or what somebody said; never who said it. */
export function OrderSource({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const can = useCan();
  if (order.kind === 'rectification') {
    return order.stepId && can('rating.read') ? <RatingSource stepId={order.stepId} /> : null;
  }
  return (
    <Block title={t('orders.said')}>
      {order.said ? (
        <blockquote className="yp-pre">{order.said}</blockquote>
      ) : (
        <p className="yp-quiet">{t('orders.notShown')}</p>
      )}
      {order.saidFiles.length > 0 ? (
        <ul className="yp-entries">
          {order.saidFiles.map((file) => (
            <FileRow key={file.id} path={`/work-orders/${order.id}/said-files/${file.id}`} file={file} />
          ))}
        </ul>
      ) : null}
      {order.named ? <Speaker order={order} /> : <p className="yp-quiet">{t('orders.anonymous')}</p>}
    </Block>
  );
}

function RatingSource({ stepId }: { stepId: string }) {
  const { t } = useTranslation();
  const { data: rating } = useQuery({
    queryKey: ['rating', stepId, '1'],
    queryFn: ({ signal }) => call(ratingDetail, `/ratings/${stepId}/1`, { signal }),
    retry: false,
  });
  if (!rating) return null;
  return (
    <Block
      title={t('orders.rating')}
      extra={<Verdict verdict={rating.verdict} level={rating.satisfaction} />}
    >
      <p>
        <Link to="/ratings/$stepId/$assessNumber" params={{ stepId, assessNumber: '1' }}>
          <Level level={rating.satisfaction} />
        </Link>{' '}
        <span className="yp-quiet">{rating.taskName}</span>
      </p>
      <RatingTags tags={rating.tags} />
      {rating.text ? <blockquote className="yp-pre">{rating.text}</blockquote> : null}
      <p className="yp-quiet">{t(rating.realName ? 'ratings.realName' : 'ratings.anonymous')}</p>
    </Block>
  );
}

/** Name and phone of whoever spoke, opened for a reason that the audit keeps. */
function Speaker({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const open = useMutation({
    mutationFn: (reason: string) =>
      call(speakerView, `/work-orders/${order.id}/speaker`, { body: { reason } }),
    onSuccess: () => setAsking(false),
  });
  if (open.data) {
    return (
      <Facts
        facts={[
          [t('orders.speakerName'), open.data.name],
          [t('field.mobile'), open.data.phone],
        ]}
      />
    );
  }
  if (!can('order.handle')) return <p className="yp-quiet">{t('orders.named')}</p>;
  if (!asking) return <Button onClick={() => setAsking(true)}>{t('orders.openSpeaker')}</Button>;
  return (
    <Form<{ reason: string }>
      layout="vertical"
      name="speaker"
      className="yp-inline-form"
      onFinish={({ reason }) => open.mutate(reason)}
    >
      <ProblemAlert error={open.error} />
      <Form.Item
        name="reason"
        label={t('identity.reason')}
        extra={t('identity.audited')}
        rules={[{ required: true, min: 4, max: 500, message: t('identity.reasonRule') }]}
      >
        <Input.TextArea autoFocus rows={2} maxLength={500} />
      </Form.Item>
      <div className="yp-actions">
        <Button type="primary" htmlType="submit" loading={open.isPending}>
          {t('orders.openSpeaker')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}
