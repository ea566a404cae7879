import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type QuestionnaireDetail,
  type QuestionnaireResults,
  questionnaireResults,
  SHEET_CHANNELS,
} from '../../../../src/feedback/questionnaire/contract.ts';
import { call } from '../../api/call.ts';
import { count } from '../../format.ts';
import { ExportButtons } from '../../parts/export-buttons.tsx';
import { Block } from '../../parts/facts.tsx';
import { Figure } from '../../parts/figure.tsx';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { useDepartments } from '../../parts/place-choices.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { filtersOf, type Search } from '../../search.ts';
import { QuestionChart } from './question-chart.tsx';
import { useWordsIn } from './questionnaire-words.tsx';

const FILTERS = ['version', 'window', 'department', 'channel', 'from', 'to'] as const;

/** What the sheets come to: a chart a question, windows beside each other, what was written. */
export function Results({ found }: { found: QuestionnaireDetail }) {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/questionnaires/$id' });
  const filters = filtersOf(search, FILTERS);
  const path = `/questionnaires/${found.id}/results`;
  const query = useQuery({
    queryKey: ['questionnaire-results', found.id, filters],
    queryFn: ({ signal }) => call(questionnaireResults, path, { query: filters, signal }),
    enabled: found.version !== null,
  });
  if (found.version === null) return <Empty title={t('questionnaires.unpublished')} />;
  return (
    <div className="yp-stack">
      <ResultFilters found={found} search={search} active={Object.keys(filters).length > 0} />
      <Loaded query={query}>
        {(results) => (
          <div className="yp-stack">
            <Totals results={results} />
            {results.withheld ? (
              <Alert
                type="info"
                showIcon
                title={t('questionnaires.withheld', { smallest: results.smallest })}
              />
            ) : null}
            {found.may.export && !results.withheld ? (
              <div className="yp-actions">
                <span className="yp-quiet">{t('questionnaires.exportTallies')}</span>
                <ExportButtons path={path} query={filters} />
                {found.may.write ? (
                  <>
                    <span className="yp-quiet">{t('questionnaires.exportSheets')}</span>
                    <ExportButtons path={`/questionnaires/${found.id}/sheets`} query={filters} />
                  </>
                ) : null}
              </div>
            ) : null}
            {results.questions.map((question, at) => (
              <QuestionChart key={question.id} place={at + 1} question={question} />
            ))}
            <Windows results={results} />
            <Texts results={results} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

function ResultFilters({
  found,
  search,
  active,
}: {
  found: QuestionnaireDetail;
  search: Search;
  active: boolean;
}) {
  const { t } = useTranslation();
  const departments = useDepartments();
  return (
    <FilterBar active={active}>
      <DayRangeFilter
        {...(search.from ? { from: search.from } : {})}
        {...(search.to ? { to: search.to } : {})}
        labels={[t('list.from'), t('list.to')]}
      />
      <SelectFilter
        name="version"
        value={search.version ?? String(found.version)}
        label={t('questionnaires.version')}
        choices={found.versions.map(({ version }) => ({
          value: String(version),
          label: t('questionnaires.versionNo', { version }),
        }))}
        width={100}
      />
      <SelectFilter
        name="channel"
        value={search.channel}
        label={t('questionnaires.channel')}
        choices={SHEET_CHANNELS.map((value) => ({ value, label: t(`questionnaires.channels.${value}`) }))}
      />
      <SelectFilter
        name="department"
        value={search.department}
        label={t('field.department')}
        choices={departments}
      />
      <SearchFilter name="window" value={search.window} label={t('field.windowCode')} short />
    </FilterBar>
  );
}

function Totals({ results }: { results: QuestionnaireResults }) {
  const { t } = useTranslation();
  const { sheets, repeated, waiting, channels } = results;
  const parts = channels
    .filter((one) => one.sheets > 0)
    .map((one) => `${t(`questionnaires.channels.${one.channel}`)} ${count(one.sheets)}`);
  return (
    <div className="yp-figures">
      <Figure
        name={t('questionnaires.figures.sheets')}
        value={t('questionnaires.sheetCount', { count: sheets })}
        small={parts.join(' · ')}
      />
      <Figure
        name={t('questionnaires.figures.repeated')}
        value={t('questionnaires.sheetCount', { count: repeated })}
        small={t('questionnaires.figures.repeatedSmall')}
      />
      <Figure
        name={t('questionnaires.figures.waiting')}
        value={t('questionnaires.sheetCount', { count: waiting })}
        small={t('questionnaires.figures.waitingSmall')}
      />
    </div>
  );
}

function Windows({ results }: { results: QuestionnaireResults }) {
  const { t } = useTranslation();
  const wordsIn = useWordsIn();
  const pointed = results.questions.filter(({ mean }) => mean !== null);
  if (results.windows.length === 0) return null;
  const label = t('questionnaires.byWindow');
  return (
    <Block title={label}>
      <Scroll label={label}>
        <table className="yp-lines">
          <thead>
            <tr>
              <th scope="col">{t('field.windowCode')}</th>
              <th scope="col">{t('field.department')}</th>
              <th scope="col" className="yp-num">
                {t('questionnaires.sheets')}
              </th>
              {pointed.map(({ id, title }) => (
                <th key={id} scope="col" className="yp-num">
                  {t('questionnaires.meanOf', { title: wordsIn(title) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {results.windows.map((window) => (
              <tr key={window.windowCode}>
                <th scope="row" className="yp-nowrap">
                  {window.windowCode} {window.windowName}
                </th>
                <td>{window.departmentName}</td>
                <td className="yp-num">{count(window.sheets)}</td>
                {pointed.map(({ id }) => (
                  <td key={id} className="yp-num">
                    {window.means === null
                      ? t('questionnaires.tooFew')
                      : (window.means.find(({ question }) => question === id)?.mean ?? '—')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="yp-hint">{t('questionnaires.tooFewHint', { smallest: results.smallest })}</p>
    </Block>
  );
}

function Texts({ results }: { results: QuestionnaireResults }) {
  const { t } = useTranslation();
  const wordsIn = useWordsIn();
  const asked = results.questions.filter(({ kind }) => kind === 'text');
  return (
    <>
      {asked.map(({ id, title }) => {
        const own = results.texts.filter(({ question }) => question === id);
        if (own.length === 0) return null;
        return (
          <Block key={id} title={t('questionnaires.texts', { title: wordsIn(title), count: own.length })}>
            <ul className="yp-entries yp-pre">
              {own.map(({ body }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: texts are anonymous and have no code
                <li key={at}>{body}</li>
              ))}
            </ul>
          </Block>
        );
      })}
    </>
  );
}
