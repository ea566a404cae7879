import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  coverage,
  type DutyLine,
  dutyPage,
  STATIONING_SIGNS,
  STATIONING_STATES,
} from '../../../../src/conduct/stationing/contract.ts';
import { call } from '../../api/call.ts';
import { count, percent } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { Counties } from './counties.tsx';
import { DutyDialog } from './duty-dialog.tsx';
import { SignDialog } from './sign-dialog.tsx';

const COLORS = { met: 'success', unserved: 'warning', missing: 'default' } as const;

/** What must be in the hall, compared with what is; coverage by level above it. */
export function StationingPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/stationing' });
  const can = useCan();
  const [keeping, keep] = useState<DutyLine | 'new'>();
  const [checked, check] = useState<DutyLine>();
  const query = filtersOf(search, ['department', 'state', 'sign']);
  return (
    <>
      <PageHead title={t('nav.stationing')} hint={t('stationing.hint')}>
        {can('stationing.write') ? (
          <Button type="primary" onClick={() => keep('new')}>
            {t('stationing.add')}
          </Button>
        ) : null}
      </PageHead>
      <CoverageFigures />
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter short name="department" value={search.department} label={t('stationing.department')} />
        <SelectFilter
          name="state"
          value={search.state}
          label={t('findings.stateLabel')}
          choices={STATIONING_STATES.map((value) => ({ value, label: t(`stationing.state.${value}`) }))}
        />
        <SelectFilter
          name="sign"
          value={search.sign}
          label={t('stationing.signs')}
          choices={STATIONING_SIGNS.map((value) => ({ value, label: t(`stationing.sign.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/stationing"
        schema={dutyPage}
        query={query}
        cursor={search.cursor}
        columns={columns(t, {
          ...(can('stationing.write') ? { keep } : {}),
          ...(can('inspect.write') ? { check } : {}),
        })}
        rowKey={(row) => row.key}
        label={t('nav.stationing')}
        empty={{ title: t('stationing.empty.title'), text: t('stationing.empty.text') }}
        exported={can('export.run')}
      />
      {keeping ? <DutyDialog duty={keeping} onDone={() => keep(undefined)} /> : null}
      {checked ? <SignDialog duty={checked} onDone={() => check(undefined)} /> : null}
    </>
  );
}

/** Coverage of city, counties and townships, each figure with what it is made of. */
function CoverageFigures() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['stationing-coverage'],
    queryFn: ({ signal }) => call(coverage, '/stationing/coverage', { signal }),
  });
  if (!data) return null;
  return (
    <>
      <div className="yp-figures yp-figures-above">
        {data.levels.map(({ level, halls, duties }) => (
          <Figure
            key={level}
            name={t(`stationing.level.${level}`)}
            value={percent(halls.numerator, halls.denominator)}
            small={t('stationing.parts', {
              halls: count(halls.numerator),
              regions: count(halls.denominator),
              met: count(duties.numerator),
              duties: count(duties.denominator),
            })}
          />
        ))}
      </div>
      <Counties counties={data.counties} />
    </>
  );
}

interface Deeds {
  keep?: (row: DutyLine) => void;
  check?: (row: DutyLine) => void;
}

function columns(t: TFunction, { keep, check }: Deeds): TableColumnsType<DutyLine> {
  return [
    { key: 'department', title: t('field.department'), dataIndex: 'departmentName' },
    {
      key: 'item',
      title: t('stationing.item'),
      render: (_, row) =>
        row.itemCode ? (
          <>
            {row.itemName} <span className="yp-quiet">{row.itemCode}</span>
          </>
        ) : (
          t('stationing.whole')
        ),
    },
    {
      key: 'days',
      title: t('stationing.days'),
      className: 'yp-nowrap',
      render: (_, row) => `${row.from} – ${row.to ?? ''}`,
    },
    { key: 'clause', title: t('stationing.clause'), dataIndex: 'clause' },
    {
      key: 'authority',
      title: t('stationing.authority'),
      className: 'yp-nowrap',
      render: (_, row) => t(`stationing.authorities.${row.authority}`),
    },
    { key: 'chief', title: t('stationing.chief'), render: (_, row) => row.chiefName ?? row.chiefStaffNo },
    {
      key: 'served',
      title: t('stationing.served'),
      className: 'yp-num',
      render: (_, row) => (row.itemCode ? count(row.served) : ''),
    },
    {
      key: 'state',
      title: t('stationing.compared'),
      render: (_, row) => (
        <span className="yp-tags">
          <Tag color={COLORS[row.state]}>{t(`stationing.state.${row.state}`)}</Tag>
          {row.signs.map((sign) => (
            <Tag key={sign} color="warning">
              {t(`stationing.sign.${sign}`)}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      key: 'action',
      title: t('visits.action'),
      render: (_, row) => (
        <div className="yp-actions">
          {check ? (
            <Button size="small" onClick={() => check(row)}>
              {t('stationing.check')}
            </Button>
          ) : null}
          {keep ? (
            <Button size="small" onClick={() => keep(row)}>
              {t('stationing.change')}
            </Button>
          ) : null}
        </div>
      ),
    },
  ];
}
