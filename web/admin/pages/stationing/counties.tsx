import { Collapse, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Coverage } from '../../../../src/conduct/stationing/contract.ts';
import { count, percent } from '../../format.ts';

type Rate = Coverage['counties'][number]['townships'];

/** County by county: its hall, its townships, its duties. */
export function Counties({ counties }: Pick<Coverage, 'counties'>) {
  const { t } = useTranslation();
  const shown = ({ numerator, denominator }: Rate) =>
    denominator === 0
      ? '—'
      : `${percent(numerator, denominator)} (${count(numerator)}/${count(denominator)})`;
  const table = (
    <Table<Coverage['counties'][number]>
      aria-label={t('stationing.byCounty')}
      size="small"
      pagination={false}
      rowKey={(row) => row.code}
      dataSource={counties}
      columns={[
        { key: 'name', title: t('stationing.county'), dataIndex: 'name' },
        {
          key: 'hall',
          title: t('stationing.hall'),
          render: (_, row) => t(row.hall ? 'stationing.yes' : 'stationing.no'),
        },
        {
          key: 'townships',
          title: t('stationing.townships'),
          className: 'yp-num',
          render: (_, row) => shown(row.townships),
        },
        {
          key: 'duties',
          title: t('stationing.duties'),
          className: 'yp-num',
          render: (_, row) => shown(row.duties),
        },
      ]}
    />
  );
  return (
    <Collapse size="small" items={[{ key: 'counties', label: t('stationing.byCounty'), children: table }]} />
  );
}
