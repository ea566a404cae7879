import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type SheetBatchView,
  sheetBatchView,
} from '../../../../src/feedback/questionnaire/batch-contract.ts';
import { call } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { allQuestions } from './content-edit.ts';
import { BatchTag } from './paper.tsx';
import { useWordsIn } from './questionnaire-words.tsx';
import { SheetForm } from './sheet-form.tsx';
import { typedOf } from './typed.ts';

function batchQuery(id: string) {
  return queryOptions({
    queryKey: ['questionnaire-batch', id],
    queryFn: ({ signal }) => call(sheetBatchView, `/questionnaire-batches/${id}`, { signal }),
  });
}

/** A pile of paper sheets: typed, then a sample of it typed again and compared. */
export function PaperBatchPage() {
  const { id } = useParams({ from: '/office/questionnaire-batches/$id' });
  const query = useQuery(batchQuery(id));
  return <Loaded query={query}>{(batch) => <Batch batch={batch} />}</Loaded>;
}

function Batch({ batch }: { batch: SheetBatchView }) {
  const { t } = useTranslation();
  const wordsIn = useWordsIn();
  const cache = useQueryClient();
  const keep = (saved: SheetBatchView) => cache.setQueryData(batchQuery(batch.id).queryKey, saved);
  const end = useMutation({
    mutationFn: () => call(sheetBatchView, `/questionnaire-batches/${batch.id}/end`, { method: 'POST' }),
    onSuccess: keep,
  });
  const done = new Set(batch.checks.map(({ number }) => number));
  const left = batch.sample.filter((number) => !done.has(number));
  return (
    <>
      <PageHead
        title={t('paper.batchTitle', { number: batch.number })}
        hint={join([
          wordsIn(batch.title),
          t('questionnaires.versionNo', { version: batch.version }),
          batch.windowCode,
          batch.filledOn,
          batch.openedBy,
          moment(batch.openedAt),
        ])}
      >
        <BatchTag batch={batch} />
        <Link to="/questionnaire-batches">{t('paper.back')}</Link>
        {batch.may.type && batch.numbers.length > 0 ? (
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {t('paper.end')}
          </Button>
        ) : null}
      </PageHead>
      <div className="yp-stack">
        <ProblemAlert error={end.error} />
        {batch.may.type ? (
          <Block title={t('paper.type')}>
            <SheetForm batch={batch} to="sheets" next={(batch.numbers.at(-1) ?? 0) + 1} onSaved={keep} />
          </Block>
        ) : null}
        {batch.outcome === 'rejected' ? (
          <Alert type="error" showIcon title={t('paper.rejectedText')} />
        ) : null}
        {batch.endedAt !== null && batch.outcome === null ? (
          <Alert
            type="info"
            showIcon
            title={t('paper.sample', { numbers: batch.sample.join('、') })}
            description={batch.may.check ? undefined : t('paper.somebodyElse')}
          />
        ) : null}
        {batch.may.check && left[0] !== undefined ? (
          <Block title={t('paper.checkTitle', { left: left.length })}>
            <SheetForm batch={batch} to="checks" next={left[0]} onSaved={keep} />
          </Block>
        ) : null}
        <Checks batch={batch} onSaved={keep} />
        <Block title={t('paper.typed', { count: batch.sheets })}>
          <p className="yp-quiet">{batch.numbers.join('、') || t('paper.none')}</p>
        </Block>
      </div>
    </>
  );
}

/** What two people typed otherwise; whoever checks decides by the paper. */
function Checks({ batch, onSaved }: { batch: SheetBatchView; onSaved: (saved: SheetBatchView) => void }) {
  const { t } = useTranslation();
  const wordsIn = useWordsIn();
  const settle = useMutation({
    mutationFn: (body: { number: number; holds: 'first' | 'second' }) =>
      call(sheetBatchView, `/questionnaire-batches/${batch.id}/settlements`, { body }),
    onSuccess: onSaved,
  });
  if (batch.checks.length === 0) return null;
  const questions = allQuestions(batch.content);
  return (
    <Block title={t('paper.checks')}>
      <ProblemAlert error={settle.error} />
      <ul className="yp-entries">
        {batch.checks.map(({ number, checkedBy, differs, holds }) => (
          <li key={number}>
            <strong>{t('paper.sheetNo', { number })}</strong>{' '}
            <span className="yp-quiet">
              {checkedBy} ·{' '}
              {differs.length === 0
                ? t('paper.same')
                : t(holds === null ? 'paper.differs' : `paper.holds.${holds}`)}
            </span>
            {differs.map(({ question, first, second }) => {
              const asked = questions.find(({ id }) => id === question);
              return (
                <p key={question}>
                  {asked ? wordsIn(asked.title) : question}{' '}
                  {t('paper.both', {
                    first: typedOf(asked, first) || '—',
                    second: typedOf(asked, second) || '—',
                  })}
                </p>
              );
            })}
            {holds === null && batch.may.check ? (
              <div className="yp-actions">
                {(['first', 'second'] as const).map((which) => (
                  <Button
                    key={which}
                    size="small"
                    loading={settle.isPending}
                    onClick={() => settle.mutate({ number, holds: which })}
                  >
                    {t(`paper.settle.${which}`)}
                  </Button>
                ))}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}
