import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { identityView, type maskedIdentity } from '../../../../src/intake/case/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { Block, type Fact, Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';

type Masked = z.output<typeof maskedIdentity>;
type Plain = z.output<typeof identityView>;

/** The applicant, masked. Whoever may see more gives a reason, which the audit keeps. */
export function Identity({ masked, path }: { masked: Masked; path: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const [asking, setAsking] = useState(false);
  const open = useMutation({
    mutationFn: (reason: string) => call(identityView, `${path}/identity`, { body: { reason } }),
    onSuccess: () => setAsking(false),
  });
  const offer = can('record.identity') && !asking && !open.data;
  return (
    <Block
      title={t('identity.title')}
      extra={
        offer ? (
          <Button size="small" onClick={() => setAsking(true)}>
            {t('identity.view')}
          </Button>
        ) : null
      }
    >
      {open.data ? <PlainFacts identity={open.data} /> : <MaskedFacts identity={masked} />}
      {asking ? (
        <Form<{ reason: string }>
          layout="vertical"
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
              {t('identity.view')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </Form>
      ) : null}
    </Block>
  );
}

function MaskedFacts({ identity }: { identity: Masked }) {
  const { t } = useTranslation();
  const facts: Fact[] = [
    [t('field.userName'), identity.userName],
    [t('field.certKey'), identity.certKey],
    [t('field.mobile'), identity.mobile],
  ];
  if (facts.every(([, value]) => !value)) return <p className="yp-quiet">{t('identity.none')}</p>;
  return <Facts facts={facts} />;
}

function PlainFacts({ identity }: { identity: Plain }) {
  const { t } = useTranslation();
  if (identity.pseudonymisedAt) {
    return <p>{t('identity.gone', { at: moment(identity.pseudonymisedAt) })}</p>;
  }
  return (
    <Facts
      facts={[
        [t('field.userName'), identity.userName],
        [t('field.certKey'), identity.certKey],
        [t('field.mobile'), identity.mobile],
        [t('field.agentName'), identity.agentName],
      ]}
    />
  );
}
