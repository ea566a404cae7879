import { Link, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type LateRow, latePage } from '../../../../src/feedback/rating/kiosk-contract.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Level, RatingTags } from '../../parts/rating-words.tsx';
import { filtersOf } from '../../search.ts';

/** Ratings that a device stored in time and uploaded too late: counted apart, in no figure. */
export function LateRatingsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/late-ratings' });
  const query = filtersOf(search, ['window']);
  return (
    <>
      <PageHead title={t('nav.lateRatings')} hint={t('lateRatings.hint')} />
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter short name="window" value={search.window} label={t('field.windowCode')} />
      </FilterBar>
      <List
        path="/late-ratings"
        schema={latePage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => `${row.stepId} ${row.id}`}
        label={t('nav.lateRatings')}
        empty={{ title: t('lateRatings.empty.title'), text: t('lateRatings.empty.text') }}
      />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<LateRow> {
  const time = (key: 'serviceTime' | 'shownAt' | 'deviceAt' | 'receivedAt', title: string) => ({
    key,
    title,
    className: 'yp-nowrap',
    render: (_: unknown, row: LateRow) => moment(row[key]),
  });
  return [
    {
      key: 'project',
      title: t('field.projectNo'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/records/$stepId" params={{ stepId: row.stepId }}>
          {row.projectNo}-{row.serviceNumber}
        </Link>
      ),
    },
    { key: 'task', title: t('field.taskName'), dataIndex: 'taskName' },
    { key: 'window', title: t('field.windowCode'), className: 'yp-nowrap', dataIndex: 'windowCode' },
    time('serviceTime', t('field.serviceTime')),
    { key: 'level', title: t('devices.level'), render: (_, row) => <Level level={row.satisfaction} /> },
    { key: 'tags', title: t('lateRatings.tags'), render: (_, row) => <RatingTags tags={row.tags} /> },
    { key: 'source', title: t('field.source'), render: (_, row) => t(`ratings.source.${row.source}`) },
    time('shownAt', t('lateRatings.shownAt')),
    time('deviceAt', t('lateRatings.deviceAt')),
    time('receivedAt', t('lateRatings.receivedAt')),
  ];
}
