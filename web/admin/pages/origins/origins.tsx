import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EmbedOrigin, embedOriginList } from '../../../../src/intake/invitation/origin-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { NewOriginDialog } from './new-origin-dialog.tsx';

/** The sites that may frame a rating page, and to which citizens are led back. */
export function OriginsPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<EmbedOrigin>();
  const query = useQuery({
    queryKey: ['origins'],
    queryFn: ({ signal }) => call(embedOriginList, '/embed-origins', { signal }),
  });
  const done = () => {
    setAdding(false);
    setRemoving(undefined);
    void cache.invalidateQueries({ queryKey: ['origins'] });
  };
  const columns: TableColumnsType<EmbedOrigin> = [
    { key: 'origin', title: t('origins.origin'), dataIndex: 'origin' },
    { key: 'key', title: t('origins.key'), render: (_, row) => row.keyName || t('origins.everyKey') },
    { key: 'note', title: t('origins.note'), dataIndex: 'note' },
    { key: 'by', title: t('origins.addedBy'), dataIndex: 'addedBy' },
    { key: 'at', title: t('origins.addedAt'), render: (_, row) => moment(row.addedAt) },
    {
      key: 'remove',
      title: t('origins.action'),
      render: (_, row) => (
        <Button size="small" onClick={() => setRemoving(row)}>
          {t('origins.remove')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHead title={t('nav.origins')} hint={t('origins.hint')}>
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('origins.add')}
        </Button>
      </PageHead>
      <Loaded query={query}>
        {({ items }) => (
          <div className="yp-list">
            {items.length === 0 ? (
              <Empty title={t('origins.empty.title')} text={t('origins.empty.text')} />
            ) : (
              <Table<EmbedOrigin>
                aria-label={t('nav.origins')}
                size="small"
                pagination={false}
                scroll={{ x: 'max-content' }}
                rowKey={(row) => `${row.origin} ${row.keyName}`}
                dataSource={items}
                columns={columns}
              />
            )}
          </div>
        )}
      </Loaded>
      {adding ? <NewOriginDialog onDone={done} /> : null}
      {removing ? <RemoveDialog origin={removing} onDone={done} /> : null}
    </>
  );
}

/** Says what ends with it, then takes the site off the list. */
function RemoveDialog({ origin, onDone }: { origin: EmbedOrigin; onDone: () => void }) {
  const { t } = useTranslation();
  const remove = useMutation({
    mutationFn: () =>
      call(embedOriginList, '/embed-origins/remove', {
        body: { origin: origin.origin, keyName: origin.keyName },
      }),
    onSuccess: onDone,
  });
  return (
    <ConfirmDialog
      title={t('origins.removeTitle', { origin: origin.origin })}
      verb={t('origins.remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onDone}
    >
      <p>{t('origins.removeEffect')}</p>
    </ConfirmDialog>
  );
}
