import { Link } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { YearRow } from '../../../../src/close/year/contract.ts';
import { gradeCounts, Quarters, Yearly } from './year-words.tsx';

type Kind = YearRow['subject_kind'];

/** Twelve months, what they come to, and the results of staff. */
export function useYearColumns(kind: Kind, year: string, final: boolean): TableColumnsType<YearRow> {
  const { t } = useTranslation();
  const number = { align: 'right', className: 'yp-num' } as const;
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
  const staffOnly: TableColumnsType<YearRow> = [
    {
      ...number,
      key: 'best',
      sorter: true,
      title: <span title={t('year.best')}>{t('year.counts')}</span>,
      render: (_, row) => <span className="yp-nowrap">{row.counted === 0 ? '—' : gradeCounts(row)}</span>,
    },
    {
      key: 'yearly',
      title: t('year.yearly'),
      render: (_, row) => <Yearly row={row} final={final} />,
      className: 'yp-nowrap',
    },
    { key: 'quarters', title: t('year.quarters'), render: (_, row) => <Quarters row={row} /> },
  ];
  return [
    {
      key: 'name',
      title: t(`subject.${kind}`),
      sorter: true,
      className: 'yp-stays',
      render: (_, row) => (
        <div className={kind === 'staff' ? 'yp-nowrap' : ''}>
          {row.name} <span className="yp-quiet">{row.subject_code}</span>
        </div>
      ),
    },
    ...months.map((month, at) => ({
      ...number,
      key: month,
      title: t('year.monthShort', { number: at + 1 }),
      render: (_: unknown, row: YearRow) => <Month row={row} month={month} />,
    })),
    { ...number, key: 'mean', sorter: true, title: t('year.mean'), render: (_, { mean }) => mean ?? '—' },
    { ...number, key: 'months', sorter: true, title: t('year.months'), render: (_, { counted }) => counted },
    ...(kind === 'staff' ? staffOnly : []),
  ];
}

function Month({ row, month }: { row: YearRow; month: string }) {
  const { t } = useTranslation();
  const found = row.months.find((one) => one.month === month);
  if (found === undefined) return null;
  const sealed = found.state === 'sealed';
  return (
    <Link
      to="/scores/$month/$kind/$code"
      params={{ month, kind: row.subject_kind, code: row.subject_code }}
      {...(sealed ? {} : { className: 'yp-unsealed', title: t('year.unsealed') })}
    >
      {found.total}
    </Link>
  );
}
