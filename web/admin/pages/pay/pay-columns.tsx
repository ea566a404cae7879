import { Link } from '@tanstack/react-router';
import { type TableColumnsType, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { GRADES } from '../../../../src/kernel/assessment.ts';
import { parsePoints } from '../../../../src/kernel/points.ts';
import type { PayLine } from '../../../../src/uses/pay/contract.ts';
import { useGradeName } from '../../parts/score-words.tsx';
import { yuan } from '../scheme/yuan.ts';

const rank = ({ grade }: PayLine) => (grade === null ? GRADES.length : GRADES.indexOf(grade));
const points = ({ total }: PayLine) => parsePoints(total) ?? 0;

/** The columns of the sheet; a name leads to the derivation of its points. */
export function usePayColumns(): TableColumnsType<PayLine> {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  const number = { align: 'right', className: 'yp-num' } as const;
  return [
    {
      key: 'staff_no',
      title: t('pay.staffNo'),
      dataIndex: 'staff_no',
      className: 'yp-nowrap',
      sorter: (one, other) => (one.staff_no < other.staff_no ? -1 : 1),
    },
    {
      key: 'name',
      title: t('pay.name'),
      className: 'yp-nowrap',
      sorter: (one, other) => one.name.localeCompare(other.name, 'zh-CN'),
      render: (_, { month, staff_no: code, name }) => (
        <Link to="/scores/$month/$kind/$code" params={{ month, kind: 'staff', code }}>
          {name}
        </Link>
      ),
    },
    {
      key: 'department',
      title: t('pay.department'),
      sorter: (one, other) => one.department_name.localeCompare(other.department_name, 'zh-CN'),
      render: (_, row) => row.department_name,
    },
    { ...number, key: 'base', title: t('scores.base'), render: (_, row) => row.base_total },
    { ...number, key: 'bonus', title: t('scores.bonus'), render: (_, row) => row.bonus_total },
    {
      ...number,
      key: 'total',
      title: t('scores.total'),
      sorter: (one, other) => points(one) - points(other),
      render: (_, row) => row.total,
    },
    {
      key: 'grade',
      title: t('scores.grade'),
      className: 'yp-nowrap',
      sorter: (one, other) => rank(one) - rank(other),
      render: (_, row) => gradeName(row.grade),
    },
    {
      ...number,
      key: 'amount',
      title: t('pay.amount'),
      sorter: (one, other) => one.amount_fen - other.amount_fen,
      render: (_, { held, amount_fen: fen, correction_fen: more }) => (
        <>
          {held ? <Tag color="warning">{t('pay.held')}</Tag> : null}
          <strong>{yuan(fen, true)}</strong>
          {more === 0 ? null : (
            <div>
              <Tag color="processing">{t('pay.correction')}</Tag>
              {yuan(more, true)}
            </div>
          )}
        </>
      ),
    },
    { key: 'reason', title: t('pay.reason'), render: (_, row) => row.reason },
  ];
}
