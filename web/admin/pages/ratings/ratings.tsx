import { Link, Outlet, useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import {
  RATING_SOURCES,
  type RatingRow,
  ratingPage,
  verdicts,
} from '../../../../src/feedback/rating/contract.ts';
import { moment } from '../../format.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Channel, Level, RatingTags, useRatingWords, Verdict } from '../../parts/rating-words.tsx';
import { PersonLink, WindowLink } from '../../parts/registry-links.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan } from '../../session.ts';

const filters = [
  ...(['level', 'tag', 'window', 'department', 'staff', 'channel', 'source', 'from', 'to'] as const),
  ...(['hasText', 'verdict', 'q'] as const),
];

/** The ratings, by any mix of filters; the address holds them, so a view can be sent to a colleague. */
export function RatingsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/ratings' });
  const can = useCan();
  const query = filtersOf(search, filters);
  return (
    <>
      <PageHead title={t('nav.ratings')} hint={t('ratings.hint')} />
      <RatingFilters search={search} active={Object.keys(query).length > 0} />
      <List
        path="/ratings"
        schema={ratingPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => `${row.stepId}/${row.assessNumber}`}
        label={t('nav.ratings')}
        empty={{ title: t('ratings.empty.title'), text: t('ratings.empty.text') }}
        exported={can('export.run')}
      />
      <Outlet />
    </>
  );
}

function RatingFilters({ search, active }: { search: Search; active: boolean }) {
  const { t } = useTranslation();
  const words = useRatingWords();
  const tags = words.tags.filter((tag) => !search.level || String(tag.level) === search.level);
  const choice = ({ code, text }: { code: number; text: string }) => ({
    value: String(code),
    label: `${code} ${text}`,
  });
  return (
    <FilterBar active={active}>
      <SearchFilter name="q" value={search.q} label={t('records.search')} />
      <DayRangeFilter from={search.from} to={search.to} labels={[t('list.from'), t('list.to')]} />
      <SelectFilter
        name="level"
        value={search.level}
        label={t('ratings.level')}
        choices={words.levels.map(choice)}
      />
      <SelectFilter
        name="tag"
        value={search.tag}
        label={t('ratings.tag')}
        choices={tags.map(choice)}
        width={200}
      />
      <SelectFilter
        name="verdict"
        value={search.verdict}
        label={t('ratings.verdict')}
        choices={verdicts.map((value) => ({ value, label: t(`verdict.${value}`) }))}
      />
      <SelectFilter
        name="channel"
        value={search.channel}
        label={t('ratings.channel')}
        choices={words.channels.map(choice)}
      />
      <SelectFilter
        name="source"
        value={search.source}
        label={t('field.source')}
        choices={RATING_SOURCES.map((value) => ({ value, label: t(`ratings.source.${value}`) }))}
      />
      <SelectFilter
        name="hasText"
        value={search.hasText}
        label={t('ratings.text')}
        choices={(['true', 'false'] as const).map((value) => ({
          value,
          label: t(`ratings.hasText.${value}`),
        }))}
      />
      <SearchFilter name="window" value={search.window} label={t('field.windowCode')} short />
      <SearchFilter name="staff" value={search.staff} label={t('field.staffNo')} short />
    </FilterBar>
  );
}

/** Where it was given, and by whose hand where that wasn't the citizen's own. */
function Source({ row }: { row: RatingRow }) {
  const { t } = useTranslation();
  const own = row.source === 'citizen' || row.source === 'key' || row.source === 'demo';
  return (
    <>
      <Channel code={row.channel} />
      {own ? null : <div className="yp-quiet">{t(`ratings.source.${row.source}`)}</div>}
    </>
  );
}

function columns(t: TFunction): TableColumnsType<RatingRow> {
  return [
    {
      key: 'at',
      // The list stands in the order in which ratings came in; a form on paper was filled in before.
      title: t('ratings.recordedAt'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          <Link
            to="/ratings/$stepId/$assessNumber"
            params={{ stepId: row.stepId, assessNumber: String(row.assessNumber) }}
            search={true}
            state={true}
          >
            {moment(row.recordedAt)}
          </Link>
          {moment(row.assessedAt) === moment(row.recordedAt) ? null : (
            <div className="yp-quiet">{t('ratings.givenAt', { at: moment(row.assessedAt) })}</div>
          )}
        </>
      ),
    },
    {
      key: 'level',
      title: t('ratings.level'),
      className: 'yp-nowrap',
      render: (_, row) => <Level level={row.satisfaction} />,
    },
    { key: 'tags', title: t('ratings.tag'), width: 220, render: (_, row) => <RatingTags tags={row.tags} /> },
    {
      key: 'verdict',
      title: t('ratings.verdict'),
      render: (_, row) => <Verdict verdict={row.verdict} level={row.satisfaction} />,
    },
    {
      key: 'text',
      title: t('ratings.text'),
      render: (_, row) => (row.hasText ? t('ratings.hasText.true') : ''),
    },
    {
      key: 'task',
      title: t('field.taskName'),
      width: 280,
      render: (_, row) => (
        <>
          {row.taskName}{' '}
          <span className="yp-quiet">
            {row.projectNo}-{row.serviceNumber}
          </span>
        </>
      ),
    },
    {
      key: 'window',
      title: t('field.window'),
      width: 180,
      render: (_, row) => <WindowLink code={row.windowCode} name={row.windowName} />,
    },
    {
      key: 'staff',
      title: t('field.staff'),
      render: (_, row) => <PersonLink staffNo={row.staffNo} name={row.staffName} />,
    },
    { key: 'channel', title: t('ratings.channel'), render: (_, row) => <Source row={row} /> },
  ];
}
