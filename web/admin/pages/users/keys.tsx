import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Table, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKey, apiKeyListSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

/** The keys by which other systems send records and read results. */
export function KeysPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const query = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => call(apiKeyListSchema, '/keys', { signal }),
  });
  const done = () => {
    setCreating(false);
    setRevoking(undefined);
    void cache.invalidateQueries({ queryKey: ['keys'] });
  };
  return (
    <>
      <PageHead title={t('nav.keys')} hint={t('keys.hint')}>
        <Button type="primary" onClick={() => setCreating(true)}>
          {t('keys.create')}
        </Button>
      </PageHead>
      <Loaded query={query}>
        {({ items }) => (
          <div className="yp-list">
            {items.length === 0 ? (
              <Empty title={t('keys.empty.title')} text={t('keys.empty.text')} />
            ) : (
              <Table<ApiKey>
                aria-label={t('nav.keys')}
                size="small"
                pagination={false}
                scroll={{ x: 'max-content' }}
                rowKey="id"
                dataSource={items}
                columns={columns(t, setRevoking)}
              />
            )}
          </div>
        )}
      </Loaded>
      {creating ? <NewKeyDialog onDone={done} /> : null}
      {revoking ? <RevokeDialog apiKey={revoking} onDone={done} /> : null}
    </>
  );
}

function columns(t: TFunction, revoke: (key: ApiKey) => void): TableColumnsType<ApiKey> {
  return [
    { key: 'name', title: t('keys.name'), dataIndex: 'name' },
    { key: 'scope', title: t('users.scope'), dataIndex: 'scope' },
    { key: 'by', title: t('keys.createdBy'), dataIndex: 'createdBy' },
    { key: 'at', title: t('users.createdAt'), render: (_, row) => moment(row.createdAt) },
    { key: 'used', title: t('keys.lastUsed'), render: (_, row) => row.lastUsedOn ?? t('users.never') },
    {
      key: 'until',
      title: t('keys.expires'),
      render: (_, row) => moment(row.expiresAt) || t('keys.forever'),
    },
    {
      key: 'state',
      title: t('users.state'),
      render: (_, row) =>
        row.revokedAt ? (
          <Tag>{t('keys.revoked', { at: moment(row.revokedAt) })}</Tag>
        ) : (
          <Button size="small" onClick={() => revoke(row)}>
            {t('keys.revoke')}
          </Button>
        ),
    },
  ];
}
