import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import {
  type SealLine,
  type SealState,
  sealPage,
  sealState,
} from '../../../../src/feedback/seal/contract.ts';
import { call } from '../../api/call.ts';
import { count, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { Figure } from '../../parts/figure.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { CheckList } from './check-list.tsx';

/** Looked at again so often while a verification runs. */
const AGAIN_MS = 2000;

const stateQuery = queryOptions({
  queryKey: ['seals', 'state'],
  queryFn: ({ signal }) => call(sealState, '/seals/state', { signal }),
  refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? AGAIN_MS : false),
});

function isRunning({ checks }: SealState): boolean {
  return checks[0] !== undefined && checks[0].finishedAt === null;
}

/** The seals of ratings: how it stands with them, what verifications found, and each with its hash. */
export function SealsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/seals' });
  const state = useQuery(stateQuery);
  return (
    <>
      <PageHead title={t('nav.seals')} hint={t('seals.hint')}>
        <Button href="/public/seals" target="_blank">
          {t('seals.public')}
        </Button>
      </PageHead>
      <Loaded query={state}>
        {(shown) => (
          <div className="yp-stack">
            <Figures state={shown} />
            <Checks state={shown} />
            <Block title={t('seals.list')}>
              <List
                path="/seals"
                schema={sealPage}
                query={{}}
                cursor={search.cursor}
                columns={columns(t)}
                rowKey={(row) => String(row.number)}
                label={t('nav.seals')}
                empty={{ title: t('seals.empty.title'), text: t('seals.empty.text') }}
              />
            </Block>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Figures({ state }: { state: SealState }) {
  const { t } = useTranslation();
  const { last, unsealed, nextAt, checks } = state;
  const done = checks.find(({ finishedAt }) => finishedAt !== null);
  const sound = done?.sound ?? true;
  return (
    <div className="yp-figures">
      <Figure
        name={t('seals.last')}
        value={last ? last.number : t('seals.noneYet')}
        small={
          last ? t('seals.lastSmall', { day: last.day, ratings: count(last.size) }) : t('seals.noneSmall')
        }
      />
      <Figure
        name={t('seals.unsealed')}
        value={count(unsealed)}
        small={t('seals.nextAt', { at: moment(nextAt) })}
      />
      <Figure
        name={t('seals.state')}
        value={
          done
            ? t(sound ? 'seals.sound' : 'seals.unsound', { count: done.differenceCount ?? 0 })
            : t('seals.never')
        }
        small={
          done
            ? t('seals.stateSmall', { at: moment(done.finishedAt), ratings: count(done.ratings ?? 0) })
            : t('seals.neverSmall')
        }
        alarm={!sound}
      />
    </div>
  );
}

function Checks({ state }: { state: SealState }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const ask = useMutation({
    mutationFn: () => call(z.object({ id: z.string() }), '/seals/checks', { body: {} }),
    onSuccess: () => cache.invalidateQueries({ queryKey: stateQuery.queryKey }),
  });
  const running = isRunning(state);
  return (
    <Block
      title={t('seals.checks')}
      extra={
        <Button type="primary" loading={ask.isPending || running} onClick={() => ask.mutate()}>
          {t(running ? 'seals.running' : 'seals.verify')}
        </Button>
      }
    >
      <p className="yp-hint">{t('seals.verifyHint')}</p>
      <ProblemAlert error={ask.error} />
      <CheckList checks={state.checks} />
    </Block>
  );
}

function columns(t: TFunction): TableColumnsType<SealLine> {
  const number = { align: 'right', className: 'yp-num' } as const;
  return [
    { ...number, key: 'number', title: t('seals.number'), dataIndex: 'number' },
    { key: 'day', title: t('seals.day'), dataIndex: 'day', className: 'yp-nowrap' },
    {
      key: 'sealedAt',
      title: t('seals.sealedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.sealedAt),
    },
    { ...number, key: 'size', title: t('seals.ratings'), render: (_, row) => count(row.size) },
    {
      key: 'root',
      title: t('seals.root'),
      render: (_, row) => <code className="yp-hash">{row.root}</code>,
    },
    {
      key: 'hash',
      title: t('seals.hash'),
      render: (_, row) => <code className="yp-hash">{row.hash}</code>,
    },
    { key: 'algorithm', title: t('seals.algorithm'), dataIndex: 'algorithm', className: 'yp-nowrap' },
  ];
}
