import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type NewNetwork,
  type OfficeNetwork,
  officeNetworkList,
} from '../../../../src/oversight/access/network-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';

const KEY = ['office-networks'];

/** The networks of the hall's own computers, from which no rating link is opened. */
export function NetworksPage() {
  const { t } = useTranslation();
  const [removing, setRemoving] = useState<OfficeNetwork>();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call(officeNetworkList, '/office-networks', { signal }),
  });
  return (
    <>
      <PageHead title={t('nav.networks')} hint={t('networks.hint')} />
      <Alert className="yp-alert" type="warning" showIcon title={t('networks.never')} />
      <Loaded query={query}>
        {({ items, yours }) => (
          <div className="yp-stack">
            <NewNetworkForm yours={yours} />
            <div className="yp-list">
              {items.length === 0 ? (
                <Empty title={t('networks.empty.title')} text={t('networks.empty.text')} />
              ) : (
                <Table<OfficeNetwork>
                  aria-label={t('nav.networks')}
                  size="small"
                  pagination={false}
                  scroll={{ x: 'max-content' }}
                  rowKey="network"
                  dataSource={items}
                  columns={[
                    {
                      key: 'network',
                      title: t('networks.network'),
                      render: (_, row) => <code>{row.network}</code>,
                    },
                    { key: 'note', title: t('networks.note'), dataIndex: 'note' },
                    { key: 'by', title: t('networks.addedBy'), dataIndex: 'addedBy' },
                    { key: 'at', title: t('networks.addedAt'), render: (_, row) => moment(row.addedAt) },
                    {
                      key: 'remove',
                      title: t('networks.steps'),
                      render: (_, row) => (
                        <Button
                          size="small"
                          aria-label={t('networks.removeOne', { network: row.network })}
                          onClick={() => setRemoving(row)}
                        >
                          {t('networks.remove')}
                        </Button>
                      ),
                    },
                  ]}
                />
              )}
            </div>
          </div>
        )}
      </Loaded>
      {removing ? <RemoveDialog network={removing} onDone={() => setRemoving(undefined)} /> : null}
    </>
  );
}

function NewNetworkForm({ yours }: { yours: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [form] = Form.useForm<NewNetwork>();
  const add = useMutation({
    mutationFn: (body: NewNetwork) => call(officeNetworkList, '/office-networks', { body }),
    onSuccess: (list) => {
      cache.setQueryData(KEY, list);
      form.resetFields();
    },
  });
  const needed = [{ required: true, message: t('form.required') }];
  return (
    <Form<NewNetwork>
      form={form}
      layout="vertical"
      className="yp-inline-form"
      onFinish={(values) => add.mutate(values)}
    >
      <ProblemAlert error={add.error} />
      <p className="yp-hint">{t('networks.yours', { address: yours })}</p>
      <Form.Item name="network" label={t('networks.network')} extra={t('networks.format')} rules={needed}>
        <Input maxLength={60} autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="note" label={t('networks.note')} rules={needed}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {t('networks.add')}
      </Button>
    </Form>
  );
}

function RemoveDialog({ network, onDone }: { network: OfficeNetwork; onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      call(officeNetworkList, '/office-networks/remove', { body: { network: network.network } }),
    onSuccess: (list) => {
      cache.setQueryData(KEY, list);
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t('networks.removeTitle')}
      verb={t('networks.remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onDone}
    >
      <p>{t('networks.removeText', { network: network.network, note: network.note })}</p>
    </ConfirmDialog>
  );
}
