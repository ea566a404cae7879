import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  COMMENT_MODES,
  COMMENT_SUBJECTS,
  type CommentRow,
  commentPage,
  INSPECTION_STATES,
} from '../../../../src/feedback/comment/contract.ts';
import { call } from '../../api/call.ts';
import { count, moment, percent } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Level, RatingTags, useRatingWords } from '../../parts/rating-words.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan } from '../../session.ts';
import { InspectionState, SubjectName } from './comment-words.tsx';
import { InspectionForm } from './inspection-form.tsx';

const FILTERS = ['mode', 'kind', 'level', 'state', 'window', 'department', 'from', 'to'] as const;

/** What the public says without a case, and what supervisors found on visits: each counted for itself. */
export function CommentsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/comments' });
  const can = useCan();
  const [writing, setWriting] = useState(false);
  const query = filtersOf(search, FILTERS);
  return (
    <>
      <PageHead title={t('nav.comments')} hint={t('comments.hint')}>
        {can('inspect.write') ? (
          <Button type="primary" onClick={() => setWriting(true)}>
            {t('comments.record')}
          </Button>
        ) : null}
      </PageHead>
      <Counts search={search} />
      <CommentFilters search={search} active={Object.keys(query).length > 0} />
      <List
        path="/comments"
        schema={commentPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.id}
        label={t('nav.comments')}
        empty={{ title: t('comments.empty.title'), text: t('comments.empty.text') }}
        exported={can('export.run')}
      />
      <Outlet />
      {writing ? <InspectionForm onDone={() => setWriting(false)} /> : null}
    </>
  );
}

/** The figures of the days that are filtered, by mode and never together. */
function Counts({ search }: { search: Search }) {
  const { t } = useTranslation();
  const days = filtersOf(search, ['from', 'to']);
  const { data } = useQuery({
    queryKey: ['comment-counts', days],
    queryFn: ({ signal }) => call(commentPage, '/comments', { query: { ...days, limit: 1 }, signal }),
  });
  if (!data) return null;
  return (
    <div className="yp-figures yp-figures-above">
      {data.counts.map(({ mode, count: all, bad, goodRate: { numerator, denominator } }) => (
        <Figure
          key={mode}
          name={t(`comments.figures.${mode}`)}
          value={percent(numerator, denominator)}
          small={t('comments.figures.parts', {
            good: count(numerator),
            all: count(denominator),
            bad: count(bad),
            total: count(all),
          })}
          to="/comments"
          search={{ ...days, mode }}
        />
      ))}
    </div>
  );
}

function CommentFilters({ search, active }: { search: Search; active: boolean }) {
  const { t } = useTranslation();
  const { levels } = useRatingWords();
  return (
    <FilterBar active={active}>
      <DayRangeFilter from={search.from} to={search.to} labels={[t('list.from'), t('list.to')]} />
      <SelectFilter
        name="mode"
        value={search.mode}
        label={t('ratings.mode')}
        choices={COMMENT_MODES.map((value) => ({ value, label: t(`ratings.modes.${value}`) }))}
      />
      <SelectFilter
        name="kind"
        value={search.kind}
        label={t('comments.subject')}
        choices={COMMENT_SUBJECTS.map((value) => ({ value, label: t(`comments.kinds.${value}`) }))}
      />
      <SelectFilter
        name="level"
        value={search.level}
        label={t('ratings.level')}
        choices={levels.map(({ code, text }) => ({ value: String(code), label: `${code} ${text}` }))}
      />
      <SelectFilter
        name="state"
        value={search.state}
        label={t('comments.state')}
        choices={INSPECTION_STATES.map((value) => ({ value, label: t(`comments.states.${value}`) }))}
      />
      <SearchFilter name="window" value={search.window} label={t('field.windowCode')} short />
      <SearchFilter name="department" value={search.department} label={t('field.department')} short />
    </FilterBar>
  );
}

function columns(t: TFunction): TableColumnsType<CommentRow> {
  return [
    {
      key: 'at',
      title: t('comments.at'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/comments/$id" params={{ id: row.id }} search={true} state={true}>
          {moment(row.occurredAt)}
        </Link>
      ),
    },
    {
      key: 'mode',
      title: t('ratings.mode'),
      className: 'yp-nowrap',
      render: (_, row) => t(`ratings.modes.${row.mode}`),
    },
    { key: 'subject', title: t('comments.subject'), render: (_, row) => <SubjectName comment={row} /> },
    {
      key: 'department',
      title: t('field.department'),
      render: (_, row) => row.departmentName ?? row.departmentCode,
    },
    {
      key: 'level',
      title: t('ratings.level'),
      className: 'yp-nowrap',
      render: (_, row) => <Level level={row.satisfaction} />,
    },
    { key: 'tags', title: t('ratings.tag'), width: 240, render: (_, row) => <RatingTags tags={row.tags} /> },
    {
      key: 'text',
      title: t('ratings.text'),
      render: (_, row) => (row.hasText ? t('ratings.hasText.true') : ''),
    },
    {
      key: 'state',
      title: t('comments.state'),
      render: (_, row) => (row.state ? <InspectionState state={row.state} /> : null),
    },
  ];
}
