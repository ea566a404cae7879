import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Form, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REVIEW_FINDINGS, type RectificationView } from '../../../../src/handling/rectification/contract.ts';
import { until } from '../../format.ts';
import { Block, Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Level } from '../../parts/rating-words.tsx';
import { useCan } from '../../session.ts';
import { rectificationQuery, useReview } from './order-query.ts';
import { Note, Options } from './step-fields.tsx';

/** Whether the bad rating is genuine, who said so, and what the order charges. */
export function OrderReview({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { data: view } = useQuery(rectificationQuery(orderId));
  if (!view) return null;
  return (
    <Block
      title={t('orders.review')}
      extra={
        view.mayReview && !asking ? (
          <Button onClick={() => setAsking(true)}>{t('orders.doReview')}</Button>
        ) : null
      }
    >
      <Found view={view} />
      {asking && view.mayReview ? (
        <ReviewForm orderId={orderId} view={view} onDone={() => setAsking(false)} />
      ) : null}
      <Charges view={view} />
      <Second view={view} />
    </Block>
  );
}

function Found({ view }: { view: RectificationView }) {
  const { t } = useTranslation();
  const can = useCan();
  const { verdict, exclusion } = view;
  return (
    <>
      {verdict === null ? <p className="yp-hint">{t('ratings.undecided')}</p> : null}
      <Facts
        facts={[
          [t('ratings.verdict'), verdict && t(`verdict.${verdict}`)],
          [t('ratings.attribution'), view.attribution && t(`subject.${view.attribution}`)],
          [t('ratings.verifiedBy'), view.verifiedBy],
          [
            t('exclusions.one'),
            exclusion && (
              <>
                {can('exclusion.read') ? (
                  <Link to="/exclusions/$id" params={{ id: exclusion.id }}>
                    {t('exclusions.asWhat', { verdict: t(`verdict.${exclusion.verdict}`) })}
                  </Link>
                ) : (
                  t('exclusions.asWhat', { verdict: t(`verdict.${exclusion.verdict}`) })
                )}{' '}
                <Tag>{t(`exclusions.states.${exclusion.state}`)}</Tag>
              </>
            ),
          ],
        ]}
      />
    </>
  );
}

/** The second rating: given, or until when it may be, with its link for whoever calls. */
function Second({ view: { second } }: { view: RectificationView }) {
  const { t } = useTranslation();
  if (!second) return null;
  return (
    <Facts
      facts={[
        [
          t('orders.second'),
          second.satisfaction === null ? (
            t('orders.secondUntil', { at: until(second.until) })
          ) : (
            <Level key="level" level={second.satisfaction} />
          ),
        ],
        [
          t('orders.secondLink'),
          second.url && second.satisfaction === null ? <code key="url">{second.url}</code> : null,
        ],
      ]}
    />
  );
}

/** What late or poor answering charges, and whom; or why nobody. */
function Charges({ view: { charges } }: { view: RectificationView }) {
  const { t } = useTranslation();
  if (charges.length === 0) return null;
  return (
    <ul className="yp-entries" aria-label={t('orders.charges')}>
      {charges.map((charge) => (
        <li key={charge.rule}>
          {charge.on} {t(`orders.rule.${charge.rule}`)}{' '}
          {charge.waived ? (
            <span className="yp-quiet">{t(`orders.waived.${charge.waived}`)}</span>
          ) : (
            <span>
              {charge.subjectKind ? t(`subject.${charge.subjectKind}`) : ''} {charge.subjectCode}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

interface FormProps {
  orderId: string;
  view: RectificationView;
  onDone: () => void;
}

function ReviewForm({ orderId, view, onDone }: FormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ finding: string }>();
  const finding = Form.useWatch('finding', form);
  const review = useReview(orderId, () => {
    void message.success(t('orders.taken', { step: t('orders.doReview') }));
    onDone();
  });
  const excludes = finding === 'mistaken' || finding === 'malicious';
  return (
    <Form
      form={form}
      name="order-review"
      layout="vertical"
      className="yp-inline-form"
      aria-label={t('orders.review')}
      onFinish={(body: object) => review.mutate(body)}
    >
      <ProblemAlert error={review.error} />
      <Options
        name="finding"
        label={t('orders.findingLabel')}
        options={REVIEW_FINDINGS.map((value) => ({ value, label: t(`orders.finding.${value}`) }))}
      />
      {finding ? <p className="yp-hint">{t(`orders.findingHint.${hintOf(finding)}`)}</p> : null}
      {finding === 'upheld' && !view.tagged ? (
        <Options
          optional
          name="attribution"
          label={t('ratings.attribution')}
          options={(['staff', 'window', 'department'] as const).map((value) => ({
            value,
            label: t(`subject.${value}`),
          }))}
        />
      ) : null}
      <Note least={4} />
      {excludes ? <Note least={4} name="evidence" /> : null}
      <div className="yp-actions">
        <Button type="primary" htmlType="submit" loading={review.isPending}>
          {t('orders.doIt', { step: t('orders.doReview') })}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </Form>
  );
}

function hintOf(finding: string) {
  if (finding === 'upheld' || finding === 'reasonable') return finding;
  return 'excluded' as const;
}
