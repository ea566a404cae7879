import { Table, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FindingDetail } from '../../../../src/handling/integrity/contract.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { RatingLink } from '../../parts/rating-link.tsx';
import { Channel, Level, RatingTags, Verdict } from '../../parts/rating-words.tsx';

type Row = FindingDetail['evidence'][number];

interface Props {
  finding: FindingDetail;
  /** keys of the ratings to be taken out with the verdict */
  chosen?: readonly string[];
  onChoose?: (keys: readonly string[]) => void;
}

/** The ratings behind a finding, each a link; never who gave them. */
export function Evidence({ finding, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const { evidence, ratings } = finding;
  return (
    <Block title={t('integrity.evidence', { count: evidence.length })}>
      {evidence.length < ratings ? (
        <p className="yp-hint">{t('integrity.evidenceSome', { shown: evidence.length, all: ratings })}</p>
      ) : null}
      {onChoose ? <p className="yp-hint">{t('integrity.choose')}</p> : null}
      <Table<Row>
        aria-label={t('integrity.evidence', { count: evidence.length })}
        size="small"
        pagination={evidence.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        rowKey="key"
        dataSource={evidence}
        columns={columns(t)}
        {...(onChoose && chosen
          ? {
              rowSelection: {
                selectedRowKeys: [...chosen],
                onChange: (keys: React.Key[]) => onChoose(keys.map(String)),
                getCheckboxProps: (row: Row) => ({
                  disabled: row.verdict !== null,
                  'aria-label': t('integrity.chooseOne', { record: `${row.projectNo}-${row.serviceNumber}` }),
                }),
                getTitleCheckboxProps: () => ({ 'aria-label': t('integrity.chooseAll') }),
              },
            }
          : {})}
      />
    </Block>
  );
}

function columns(t: TFunction): TableColumnsType<Row> {
  return [
    {
      key: 'at',
      title: t('ratings.at'),
      render: (_, row) => (
        <RatingLink stepId={row.stepId} assessNumber={row.assessNumber} text={moment(row.assessedAt)} />
      ),
    },
    {
      key: 'record',
      title: t('field.projectNo'),
      render: (_, row) => `${row.projectNo}-${row.serviceNumber}`,
    },
    { key: 'window', title: t('field.window'), dataIndex: 'windowCode' },
    { key: 'staff', title: t('field.staff'), dataIndex: 'staffNo' },
    {
      key: 'level',
      title: t('ratings.level'),
      render: (_, row) => (
        <>
          <Level level={row.satisfaction} /> <RatingTags tags={row.tags} />
        </>
      ),
    },
    { key: 'channel', title: t('ratings.channel'), render: (_, row) => <Channel code={row.channel} /> },
    {
      key: 'verdict',
      title: t('ratings.verdict'),
      render: (_, row) => <Verdict verdict={row.verdict} level={row.satisfaction} />,
    },
  ];
}
