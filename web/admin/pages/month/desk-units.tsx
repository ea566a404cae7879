import { Link } from '@tanstack/react-router';
import { Select, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../../../../src/close/month/desk-contract.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { useFilters } from '../../parts/filters.tsx';
import { MonthState } from '../../parts/score-words.tsx';

type Unit = Desk['units'][number];

/** Chooses the hall whose month's end is looked at; all of them, unless one is chosen. */
export function UnitSelect({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const change = useFilters();
  if (desk.units.length < 2) return null;
  return (
    <Select
      aria-label={t('desk.unit')}
      value={desk.unit ?? ''}
      style={{ minWidth: 168 }}
      popupMatchSelectWidth={false}
      options={[
        { value: '', label: t('desk.allUnits', { count: desk.units.length }) },
        ...desk.units.map(({ code, name, state }) => ({
          value: code,
          label: t('scores.monthAndState', { month: name, state: t(`monthState.${state}`) }),
        })),
      ]}
      onChange={(picked: string) => change({ month: desk.month.month, unit: picked || undefined })}
    />
  );
}

/** The halls of the month, how far each has come, and the way to its own desk. */
export function DeskUnits({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  if (desk.units.length < 2 || desk.unit !== null) return null;
  const { month } = desk.month;
  return (
    <Block title={t('desk.units')}>
      <p className="yp-hint">{t('desk.unitsHint')}</p>
      <Table<Unit>
        size="small"
        rowKey="code"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={desk.units}
        columns={[
          {
            key: 'name',
            title: t('desk.unit'),
            render: (_, { code, name }) => (
              <Link to="/month" search={{ month, unit: code }}>
                {name}
              </Link>
            ),
          },
          {
            key: 'state',
            title: t('desk.unitState'),
            render: (_, { state }) => <MonthState state={state} />,
          },
          {
            key: 'subjects',
            title: t('scores.lastSubjects'),
            render: (_, { closed_at, staff, windows, departments }) =>
              closed_at === null ? '—' : t('scores.subjects', { staff, windows, departments }),
          },
          {
            key: 'closed',
            title: t('scores.lastClose'),
            className: 'yp-nowrap',
            render: (_, { closed_at }) => moment(closed_at) || '—',
          },
          {
            key: 'notice',
            title: t('desk.noticeUntil'),
            className: 'yp-nowrap',
            render: (_, { notice_until }) => moment(notice_until) || '—',
          },
          {
            key: 'sealed',
            title: t('desk.sealedAt'),
            className: 'yp-nowrap',
            render: (_, { sealed_at }) => moment(sealed_at) || '—',
          },
        ]}
      />
    </Block>
  );
}
