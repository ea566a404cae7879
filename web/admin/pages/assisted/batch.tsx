import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type BatchView, batchView } from '../../../../src/feedback/rating/assisted-contract.ts';
import { call } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Level } from '../../parts/rating-words.tsx';
import { Loaded } from '../../parts/states.tsx';
import { EntryForm } from './entry-form.tsx';
import { Scans } from './scans.tsx';

export function batchQuery(id: string) {
  return queryOptions({
    queryKey: ['entry-batch', id],
    queryFn: ({ signal }) => call(batchView, `/assisted/batches/${id}`, { signal }),
  });
}

/** A pile of paper forms: the scan on one side, the lines on the other. */
export function BatchPage() {
  const { id } = useParams({ from: '/office/assisted/$id' });
  const query = useQuery(batchQuery(id));
  return <Loaded query={query}>{(batch) => <Batch batch={batch} />}</Loaded>;
}

function Batch({ batch }: { batch: BatchView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: batchQuery(batch.id).queryKey });
  const end = useMutation({
    mutationFn: () => call(batchView, `/assisted/batches/${batch.id}/end`, { method: 'POST' }),
    onSuccess: again,
  });
  const open = batch.endedAt === null;
  return (
    <>
      <PageHead
        title={t('assisted.batchTitle', { number: batch.number })}
        hint={join([batch.note, batch.openedBy, moment(batch.openedAt)])}
      >
        <Tag color={open ? 'processing' : 'default'}>{t(open ? 'assisted.open' : 'assisted.ended')}</Tag>
        <Link to="/assisted">{t('assisted.back')}</Link>
        {open ? (
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {t('assisted.end')}
          </Button>
        ) : null}
      </PageHead>
      <div className="yp-beside">
        <Scans batch={batch} onChange={again} />
        <div className="yp-stack">
          {open ? (
            <Block title={t('assisted.enter')}>
              {batch.files.length > 0 ? (
                <EntryForm source="paper" batchId={batch.id} onSaved={again} />
              ) : (
                <p className="yp-hint">{t('assisted.scanFirst')}</p>
              )}
            </Block>
          ) : null}
          <Lines batch={batch} />
        </div>
      </div>
    </>
  );
}

function Lines({ batch }: { batch: BatchView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('assisted.lines', { count: batch.entries })}>
      {batch.lines.length === 0 ? <p className="yp-quiet">{t('assisted.noLines')}</p> : null}
      <ul className="yp-entries">
        {batch.lines.map((line) => (
          <li key={line.stepId}>
            <Link to="/ratings/$stepId/$assessNumber" params={{ stepId: line.stepId, assessNumber: '1' }}>
              {line.projectNo}-{line.serviceNumber}
            </Link>{' '}
            <Level level={line.satisfaction} />{' '}
            <span className="yp-quiet">
              {join([
                line.taskName,
                line.page === null ? null : t('assisted.onPage', { page: line.page }),
                line.enteredBy,
                moment(line.enteredAt),
              ])}
            </span>
          </li>
        ))}
      </ul>
    </Block>
  );
}
