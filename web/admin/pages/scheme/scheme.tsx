import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import {
  type SchemeDocument,
  type SchemeLine,
  schemeDocumentSchema,
} from '../../../../src/ledger/scheme/contract.ts';
import { call } from '../../api/call.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { Facts } from '../../parts/facts.tsx';
import { FilterBar, useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Loaded } from '../../parts/states.tsx';
import { SchemeSection } from './scheme-section.tsx';

const sections = [
  ...(['total', 'indicator', 'deduction', 'good_rate', 'bonus', 'grade', 'quota'] as const),
  ...(['pay', 'award', 'deadline'] as const),
] satisfies SchemeLine['section'][];

/**
 * The scheme as a document: every value in force on a day, with its date and clause, and what held before.
 */
export function SchemePage() {
  const { t } = useTranslation();
  const { on } = useSearch({ from: '/office/scheme' });
  const change = useFilters();
  const query = useQuery({
    queryKey: ['scheme', on ?? '', currentLanguage()],
    queryFn: ({ signal }) => call(schemeDocumentSchema, '/scheme', { query: { on }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t('nav.scheme')} hint={t('scheme.hint')} />
      <FilterBar active={false}>
        <DatePicker
          aria-label={t('scheme.on')}
          allowClear={false}
          value={dayjs(on ?? query.data?.on)}
          onChange={(day) => change({ on: day?.format('YYYY-MM-DD') })}
        />
      </FilterBar>
      <Loaded query={query}>{(scheme) => <Document scheme={scheme} />}</Loaded>
    </>
  );
}

function Document({ scheme }: { scheme: SchemeDocument }) {
  const { t } = useTranslation();
  return (
    <div className="yp-stack">
      <section className="yp-block">
        <h2>{scheme.name}</h2>
        <Facts
          facts={[
            [t('scheme.on'), scheme.on],
            [t('scheme.effectiveFrom'), scheme.effective_from],
            [t('scheme.code'), scheme.code],
            [t('receipt.schemeHash'), <code key="hash">{scheme.hash}</code>],
          ]}
        />
      </section>
      {sections.map((section) => (
        <SchemeSection
          key={section}
          title={t(`scheme.section.${section}`)}
          lines={scheme.lines.filter((line) => line.section === section)}
        />
      ))}
    </div>
  );
}
