import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { phoneAnswer } from '../../../../src/feedback/follow-up/contract.ts';
import { call } from '../../api/call.ts';
import { Block, Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** The phone of whoever is called, once a reason is given; the audit keeps it. */
export function PhoneBlock({ id }: { id: string }) {
  const { t } = useTranslation();
  const open = useMutation({
    mutationFn: (reason: string) => call(phoneAnswer, `/call-backs/${id}/phone`, { body: { reason } }),
  });
  if (open.data) {
    const { name, phone } = open.data;
    return (
      <Block title={t('callBacks.phone.title')}>
        <Facts
          facts={[
            [t('callBacks.phone.name'), name],
            [t('callBacks.phone.number'), <strong key="phone">{phone}</strong>],
          ]}
        />
      </Block>
    );
  }
  return (
    <Block title={t('callBacks.phone.title')}>
      <ProblemAlert error={open.error} />
      <Form<{ reason: string }>
        layout="vertical"
        className="yp-inline-form"
        onFinish={({ reason }) => open.mutate(reason)}
      >
        <Form.Item
          name="reason"
          label={t('callBacks.phone.reason')}
          extra={t('callBacks.phone.audited')}
          rules={[{ required: true, min: 4, max: 500, message: t('identity.reasonRule') }]}
        >
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={open.isPending}>
          {t('callBacks.phone.view')}
        </Button>
      </Form>
    </Block>
  );
}
