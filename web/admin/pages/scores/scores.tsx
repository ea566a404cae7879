import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MonthRow } from '../../../../src/close/month/contract.ts';
import { scorePageSchema, subjectKindSchema } from '../../../../src/close/statement/contract.ts';
import { GRADES, SCORE_FLAGS } from '../../../../src/kernel/assessment.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter, useFilters } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { MonthState, useGradeName } from '../../parts/score-words.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { useCan } from '../../session.ts';
import { CloseDialog } from './close-dialog.tsx';
import { MonthSelect } from './month-select.tsx';
import { monthsQuery, shownMonth } from './months.ts';
import { useScoreColumns } from './score-columns.tsx';

/** The month's scores of staff, windows or departments, sortable, each leading to its receipt. */
export function ScoresPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/scores' });
  const can = useCan();
  const months = useQuery(monthsQuery);
  const [closing, setClosing] = useState(false);
  const month = shownMonth(months.data ?? [], search.month);
  const missing = search.month !== undefined && month !== undefined && month.month !== search.month;
  return (
    <>
      <PageHead title={t('nav.scores')} hint={t('scores.hint')}>
        {month && can('month.close') && month.state !== 'sealed' ? (
          <Button type="primary" onClick={() => setClosing(true)}>
            {t(month.closed_at ? 'scores.closeAgain' : 'scores.close')}
          </Button>
        ) : null}
      </PageHead>
      <Loaded query={months}>
        {(all) =>
          month ? (
            <>
              {missing ? (
                <Alert
                  className="yp-alert"
                  type="warning"
                  showIcon
                  title={t('scores.noSuchMonth', { asked: search.month, shown: month.month })}
                />
              ) : null}
              <Scores months={all} month={month} search={search} />
            </>
          ) : (
            <Empty title={t('scores.noMonth.title')} text={t('scores.noMonth.text')} />
          )
        }
      </Loaded>
      {closing && month ? <CloseDialog month={month} onDone={() => setClosing(false)} /> : null}
    </>
  );
}

interface ScoresProps {
  months: readonly MonthRow[];
  month: MonthRow;
  search: Search;
}

function Scores({ months, month, search }: ScoresProps) {
  const { t } = useTranslation();
  const change = useFilters();
  const can = useCan();
  const gradeName = useGradeName();
  const subject = subjectKindSchema.catch('staff').parse(search.subject);
  const columns = useScoreColumns(subject, month.state);
  const filters = filtersOf(search, ['q', 'grade', 'flag']);
  const query = { ...filters, month: month.month, subject, sort: search.sort, order: search.order };
  return (
    <>
      <FilterBar active={Object.keys(filters).length > 0}>
        <MonthSelect months={months} month={month} onPick={(picked) => change({ month: picked })} />
        <Segmented
          value={subject}
          aria-label={t('scores.subject')}
          options={subjectKindSchema.options.map((value) => ({ value, label: t(`subject.${value}`) }))}
          onChange={(value) => change({ subject: value, grade: undefined })}
        />
        <SearchFilter name="q" value={search.q} label={t('scores.search')} />
        {subject === 'staff' ? (
          <SelectFilter
            name="grade"
            value={search.grade}
            label={t('scores.grade')}
            choices={GRADES.map((value) => ({ value, label: gradeName(value) }))}
          />
        ) : null}
        <SelectFilter
          name="flag"
          value={search.flag}
          label={t('scores.flags')}
          choices={SCORE_FLAGS.map((value) => ({ value, label: t(`flag.${value}`) }))}
        />
      </FilterBar>
      <p className="yp-quiet yp-month-line">
        <MonthState state={month.state} />{' '}
        {month.closed_at
          ? t('scores.closedBy', { at: moment(month.closed_at), by: month.closed_by ?? '' })
          : t('scores.neverClosed')}
      </p>
      {month.closed_at ? (
        <List
          path="/scores"
          schema={scorePageSchema}
          query={query}
          cursor={search.cursor}
          columns={columns}
          rowKey={(row) => row.subject_code}
          label={t('nav.scores')}
          empty={{ title: t('scores.empty.title'), text: t('scores.empty.text') }}
          exported={can('export.run')}
          sorting={{ sort: search.sort ?? 'total', order: search.order === 'asc' ? 'asc' : 'desc' }}
        />
      ) : (
        <div className="yp-list">
          <Empty title={t('scores.open.title')} text={t('scores.open.text')} />
        </div>
      )}
    </>
  );
}
