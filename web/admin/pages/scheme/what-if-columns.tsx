import { Link } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import type { WhatIf, WhatIfRow } from '../../../../src/close/month/what-if-contract.ts';
import { parsePoints } from '../../../../src/kernel/points.ts';
import { minus } from '../../format.ts';
import type { useGradeName } from '../../parts/score-words.tsx';
import { yuan } from './yuan.ts';

const number = (text: string) => parsePoints(text.replace('+', '')) ?? 0;

/** A subject's name leads to its statement of the month, which is what holds now. */
export function whatIfColumns(
  t: TFunction,
  gradeName: ReturnType<typeof useGradeName>,
  subject: WhatIf['subject'],
  month: string,
): TableColumnsType<WhatIfRow> {
  const base: TableColumnsType<WhatIfRow> = [
    {
      key: 'code',
      title: t('whatIf.code'),
      dataIndex: 'subject_code',
      className: 'yp-nowrap',
      sorter: (one, other) => (one.subject_code < other.subject_code ? -1 : 1),
    },
    {
      key: 'name',
      title: t('whatIf.name'),
      render: (_, row) => (
        <Link to="/scores/$month/$kind/$code" params={{ month, kind: subject, code: row.subject_code }}>
          {row.name}
        </Link>
      ),
      sorter: (one, other) => one.name.localeCompare(other.name, 'zh-CN'),
    },
    {
      key: 'before',
      title: t('whatIf.before'),
      align: 'right',
      className: 'yp-num',
      render: (_, row) => row.before.total,
      sorter: (one, other) => number(one.before.total) - number(other.before.total),
    },
    {
      key: 'after',
      title: t('whatIf.after'),
      align: 'right',
      className: 'yp-num',
      render: (_, row) => row.after.total,
      sorter: (one, other) => number(one.after.total) - number(other.after.total),
    },
    {
      key: 'shift',
      title: t('whatIf.shift'),
      align: 'right',
      className: 'yp-num',
      render: (_, row) => <strong>{minus(row.shift)}</strong>,
      sorter: (one, other) => number(one.shift) - number(other.shift),
      defaultSortOrder: 'ascend',
    },
  ];
  return subject === 'staff' ? [...base, ...staffColumns(t, gradeName)] : base;
}

function staffColumns(t: TFunction, gradeName: ReturnType<typeof useGradeName>): TableColumnsType<WhatIfRow> {
  const payShift = ({ before, after }: WhatIfRow) => (after.pay_fen ?? 0) - (before.pay_fen ?? 0);
  const change = (one: string, other: string) => (one === other ? one : t('whatIf.change', { one, other }));
  return [
    {
      key: 'grade',
      title: t('whatIf.grade'),
      className: 'yp-nowrap',
      render: (_, { before, after }) =>
        before.grade === after.grade ? (
          <span className="yp-quiet">{gradeName(before.grade)}</span>
        ) : (
          <strong>{change(gradeName(before.grade), gradeName(after.grade))}</strong>
        ),
      sorter: (one, other) =>
        Number(one.before.grade === one.after.grade) - Number(other.before.grade === other.after.grade),
    },
    {
      key: 'pay',
      title: t('whatIf.pay'),
      align: 'right',
      className: 'yp-num yp-nowrap',
      render: (_, { before, after }) =>
        before.pay_fen === null && after.pay_fen === null
          ? ''
          : change(yuan(before.pay_fen ?? 0), yuan(after.pay_fen ?? 0)),
      sorter: (one, other) => payShift(one) - payShift(other),
    },
    {
      key: 'payShift',
      title: t('whatIf.payShift'),
      align: 'right',
      className: 'yp-num yp-nowrap',
      render: (_, row) => (payShift(row) === 0 ? '' : <strong>{yuan(payShift(row), true)}</strong>),
      sorter: (one, other) => payShift(one) - payShift(other),
    },
  ];
}
