import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../../src/handling/work-order/contract.ts';
import { Block } from '../../parts/facts.tsx';
import { FileRow } from '../../parts/file-row.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';
import { FilePick } from '../appeals/file-pick.tsx';
import { orderQuery, sendEvidence } from './order-query.ts';

/** The evidence of an order, each piece to be saved, and the way to add more while it is open. */
export function OrderFiles({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const can = useCan();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const one of files) await sendEvidence(order.id, one);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: orderQuery(order.id).queryKey }),
  });
  const open = can('order.handle') && order.state !== 'closed' && order.state !== 'withdrawn';
  if (order.files.length === 0 && !open) return null;
  return (
    <Block title={t('orders.files')}>
      <ProblemAlert error={add.error} />
      {order.files.length === 0 ? <p className="yp-quiet">{t('orders.noFiles')}</p> : null}
      <ul className="yp-entries">
        {order.files.map((file) => (
          <FileRow key={file.id} path={`/work-orders/${order.id}/files/${file.id}`} file={file} />
        ))}
      </ul>
      {open ? (
        <div className="yp-inline-form">
          <FilePick busy={add.isPending} onPick={(files) => add.mutate(files)} />
          <p className="yp-hint">{t('orders.filesHint')}</p>
        </div>
      ) : null}
    </Block>
  );
}
