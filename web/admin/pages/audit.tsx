import { useSearch } from '@tanstack/react-router';
import { type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type AuditLine, auditListSchema } from '../../../src/oversight/audit/contract.ts';
import { second } from '../format.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../parts/filters.tsx';
import { List } from '../parts/list-page.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { filtersOf } from '../search.ts';
import { useCan } from '../session.ts';

const filters = ['actor', 'action', 'subjectKind', 'subject', 'result', 'from', 'to'] as const;
const results = ['ok', 'refused', 'failed'] as const;

/** Who did what, when, to what, and with which result. Nobody can change a line. */
export function AuditPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/audit' });
  const can = useCan();
  const query = filtersOf(search, filters);
  return (
    <>
      <PageHead title={t('nav.audit')} hint={t('audit.hint')} />
      <FilterBar active={Object.keys(query).length > 0}>
        <DayRangeFilter from={search.from} to={search.to} labels={[t('list.from'), t('list.to')]} />
        <SearchFilter name="actor" value={search.actor} label={t('audit.actor')} short />
        <SearchFilter name="action" value={search.action} label={t('audit.action')} short />
        <SearchFilter name="subject" value={search.subject} label={t('audit.subject')} short />
        <SelectFilter
          name="result"
          value={search.result}
          label={t('audit.result')}
          choices={results.map((value) => ({ value, label: t(`audit.results.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/audit"
        schema={auditListSchema}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.id}
        label={t('nav.audit')}
        empty={{ title: t('audit.empty.title'), text: t('audit.empty.text') }}
        exported={can('export.run')}
      />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<AuditLine> {
  const color = { ok: 'default', refused: 'warning', failed: 'error' } as const;
  return [
    { key: 'at', title: t('audit.at'), className: 'yp-nowrap', render: (_, row) => second(row.recordedAt) },
    {
      key: 'actor',
      title: t('audit.actor'),
      render: (_, row) => (
        <>
          {row.actor} <span className="yp-quiet">{t(`audit.kinds.${row.actorKind}`)}</span>
        </>
      ),
    },
    {
      key: 'action',
      title: t('audit.action'),
      render: (_, row) => (
        <>
          {wordOf(t, 'actions', row.action)} <div className="yp-quiet yp-nowrap">{row.action}</div>
        </>
      ),
    },
    {
      key: 'subject',
      title: t('audit.subject'),
      render: (_, row) => (
        <>
          {row.subject} <span className="yp-quiet">{wordOf(t, 'subjects', row.subjectKind)}</span>
        </>
      ),
    },
    {
      key: 'result',
      title: t('audit.result'),
      render: (_, row) => <Tag color={color[row.result]}>{t(`audit.results.${row.result}`)}</Tag>,
    },
    { key: 'reason', title: t('audit.reason'), minWidth: 120, dataIndex: 'reason' },
    { key: 'detail', title: t('audit.detail'), render: (_, row) => <Detail detail={row.detail} /> },
  ];
}

/** The word for an internal name; what has none yet stands as it is. */
function wordOf(t: TFunction, group: 'actions' | 'subjects' | 'details', name: string): string {
  return t(`audit.${group}.${name}` as 'audit.action', { defaultValue: name });
}

function Detail({ detail }: { detail: AuditLine['detail'] }) {
  const { t } = useTranslation();
  const pairs = Object.entries(detail ?? {}).filter(([, value]) => value !== null && value !== '');
  return (
    <ul className="yp-detail">
      {pairs.map(([key, value]) => (
        <li key={key}>
          <span className="yp-quiet">{wordOf(t, 'details', key)}</span> {said(t, value)}
        </li>
      ))}
    </ul>
  );
}

function said(t: TFunction, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (Array.isArray(value)) return value.map((one) => said(t, one)).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, one]) => `${wordOf(t, 'details', key)} ${said(t, one)}`)
    .join(', ');
}
