import { useSearch } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { Button, Segmented, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  SIGN_SIZES,
  type SignSize,
  type SignView,
  signPage,
} from '../../../../src/intake/invitation/sign-contract.ts';
import { queryString } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useDepartments, useHalls } from '../../parts/place-choices.ts';
import { filtersOf, type Search } from '../../search.ts';
import { SignDialog, type SignStep } from './sign-dialog.tsx';

/** The signs of the windows: made, replaced, revoked, and printed many at once. */
export function SignsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/signs' });
  const [chosen, setChosen] = useState<string[]>([]);
  const [step, setStep] = useState<SignStep>();
  const query = filtersOf(search, ['q', 'department', 'region', 'held']);
  return (
    <>
      <PageHead title={t('nav.signs')} hint={t('signs.hint')}>
        <PrintButton chosen={chosen} search={search} />
      </PageHead>
      <SignFilters search={search} active={Object.keys(query).length > 0} />
      <div className="yp-actions yp-choice-bar">
        <span aria-live="polite">{t('signs.chosen', { count: chosen.length })}</span>
        <Button size="small" type="primary" onClick={() => setStep('issue')}>
          {t(chosen.length > 0 ? 'signs.issueChosen' : 'signs.issueAll')}
        </Button>
        <Button size="small" disabled={chosen.length === 0} onClick={() => setStep('replace')}>
          {t('signs.replace')}
        </Button>
        <Button size="small" disabled={chosen.length === 0} onClick={() => setStep('revoke')}>
          {t('signs.revoke')}
        </Button>
        {chosen.length > 0 ? (
          <Button size="small" type="link" onClick={() => setChosen([])}>
            {t('signs.clear')}
          </Button>
        ) : null}
      </div>
      <List
        path="/signs"
        schema={signPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.windowCode}
        label={t('nav.signs')}
        empty={{ title: t('signs.empty.title'), text: t('signs.empty.text') }}
        selection={{ keys: chosen, onChange: setChosen, label: (row) => row.windowCode }}
      />
      {step ? (
        <SignDialog step={step} windows={chosen} filter={query} onDone={() => setStep(undefined)} />
      ) : null}
    </>
  );
}

function SignFilters({ search, active }: { search: Search; active: boolean }) {
  const { t } = useTranslation();
  return (
    <FilterBar active={active}>
      <SearchFilter name="q" value={search.q} label={t('registry.search')} />
      <SelectFilter name="region" value={search.region} label={t('signs.hall')} choices={useHalls()} />
      <SelectFilter
        name="department"
        value={search.department}
        label={t('field.department')}
        choices={useDepartments()}
        width={200}
      />
      <SelectFilter
        name="held"
        value={search.held}
        label={t('signs.state')}
        choices={(['true', 'false'] as const).map((value) => ({ value, label: t(`signs.held.${value}`) }))}
      />
    </FilterBar>
  );
}

/** Opens the sheets in a tab of their own, where the browser prints them. */
function PrintButton({ chosen, search }: { chosen: readonly string[]; search: Search }) {
  const { t, i18n } = useTranslation();
  const [size, setSize] = useState<SignSize>('a4');
  const what =
    chosen.length > 0
      ? { windows: chosen.join(',') }
      : filtersOf(search, ['q', 'department', 'region', 'held']);
  const lang = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <>
      <Segmented<SignSize>
        aria-label={t('signs.size')}
        value={size}
        onChange={setSize}
        options={SIGN_SIZES.map((value) => ({ value, label: t(`signs.sizes.${value}`) }))}
      />
      <Button
        type="primary"
        href={`/admin/api/signs/print${queryString({ ...what, size, lang })}`}
        target="_blank"
        rel="noopener"
      >
        {t(chosen.length > 0 ? 'signs.printChosen' : 'signs.printAll')}
      </Button>
    </>
  );
}

function columns(t: TFunction): TableColumnsType<SignView> {
  return [
    { key: 'window', title: t('field.windowCode'), className: 'yp-nowrap', dataIndex: 'windowCode' },
    { key: 'name', title: t('registry.name'), dataIndex: 'windowName' },
    { key: 'department', title: t('field.department'), dataIndex: 'departmentName' },
    { key: 'region', title: t('field.areaCode'), dataIndex: 'regionName' },
    {
      key: 'state',
      title: t('signs.state'),
      render: (_, { state, reason }) => (
        <>
          <Tag color={state === 'live' ? 'processing' : 'default'}>
            {t(`signs.states.${state ?? 'none'}`)}
          </Tag>
          {reason && state !== 'live' ? <span className="yp-quiet">{reason}</span> : null}
        </>
      ),
    },
    {
      key: 'code',
      title: t('signs.code'),
      className: 'yp-nowrap',
      render: (_, { signCode, url }) =>
        url ? (
          <a href={url} target="_blank" rel="noopener noreferrer">
            <code>{signCode}</code>
          </a>
        ) : (
          <code className="yp-quiet">{signCode}</code>
        ),
    },
    {
      key: 'issued',
      title: t('signs.issued'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <>
          {moment(row.issuedAt)} <span className="yp-quiet">{row.issuedBy}</span>
        </>
      ),
    },
  ];
}
