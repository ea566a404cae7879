import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { smsStatesSchema } from '../../../../src/intake/invitation/contract.ts';
import { call } from '../../api/call.ts';
import { count } from '../../format.ts';
import { Block, Facts } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { StopForm } from './stop-form.tsx';

type States = z.output<typeof smsStatesSchema>;

/** How the invitations by short message fared, and who wants none. */
export function SmsPage() {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <>
      <PageHead title={t('nav.sms')} hint={t('sms.hint')} />
      {can('record.identity') ? <StopForm /> : null}
      {can('system.read') ? <StatesTable /> : null}
    </>
  );
}

function StatesTable() {
  const { t } = useTranslation();
  const states = useQuery({
    queryKey: ['sms-invitations'],
    queryFn: ({ signal }) => call(smsStatesSchema, '/sms-invitations', { signal }),
  });
  return (
    <Block title={t('sms.title')}>
      <Loaded query={states}>
        {({ adapter, items }) => (
          <>
            <Facts facts={[[t('sms.adapter'), t(`sms.adapters.${adapter}`)]]} />
            <Table<States['items'][number]>
              size="small"
              rowKey={(row) => `${row.day} ${row.state} ${row.reason}`}
              pagination={false}
              dataSource={items}
              scroll={{ x: 'max-content' }}
              locale={{
                emptyText: (
                  <div className="yp-state">
                    <h2>{t('sms.empty.title')}</h2>
                    <p>{t('sms.empty.text')}</p>
                  </div>
                ),
              }}
              columns={[
                { key: 'day', title: t('sms.day'), dataIndex: 'day', className: 'yp-nowrap' },
                { key: 'state', title: t('sms.state'), render: (_, row) => t(`sms.states.${row.state}`) },
                { key: 'reason', title: t('sms.reason'), render: (_, row) => row.reason ?? '—' },
                {
                  key: 'count',
                  title: t('sms.count'),
                  align: 'right',
                  className: 'yp-num',
                  render: (_, row) => count(row.count),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Block>
  );
}
