import { Table, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SealCheck, SealDifference } from '../../../../src/feedback/seal/contract.ts';
import { count, moment } from '../../format.ts';
import { Empty } from '../../parts/states.tsx';

/** The last verifications, each with what it found. */
export function CheckList({ checks }: { checks: readonly SealCheck[] }) {
  const { t } = useTranslation();
  if (checks.length === 0) return <Empty title={t('seals.never')} text={t('seals.neverSmall')} />;
  return (
    <Table<SealCheck>
      aria-label={t('seals.checks')}
      size="small"
      columns={columns(t)}
      dataSource={[...checks]}
      rowKey={({ id }) => id}
      pagination={false}
      scroll={{ x: 720 }}
      expandable={{
        rowExpandable: ({ differences }) => differences.length > 0,
        defaultExpandedRowKeys: checks.slice(0, 1).map(({ id }) => id),
        expandedRowRender: (check) => <Differences check={check} />,
      }}
    />
  );
}

function columns(t: TFunction): TableColumnsType<SealCheck> {
  const number = { align: 'right', className: 'yp-num' } as const;
  return [
    {
      key: 'askedAt',
      title: t('seals.askedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.askedAt),
    },
    {
      key: 'askedBy',
      title: t('seals.askedBy'),
      render: (_, row) => (row.askedBy === 'weekly' ? t('seals.weekly') : row.askedBy),
    },
    { key: 'result', title: t('seals.result'), render: (_, row) => <Result check={row} /> },
    {
      ...number,
      key: 'ratings',
      title: t('seals.ratings'),
      render: (_, row) => (row.ratings === null ? '' : count(row.ratings)),
    },
    {
      key: 'finishedAt',
      title: t('seals.finishedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.finishedAt),
    },
  ];
}

function Result({ check }: { check: SealCheck }) {
  const { t } = useTranslation();
  if (check.sound === null) return <Tag>{t('seals.running')}</Tag>;
  if (check.sound) return <Tag color="success">{t('seals.sound')}</Tag>;
  return <Tag color="error">{t('seals.unsound', { count: check.differenceCount ?? 0 })}</Tag>;
}

function Differences({ check }: { check: SealCheck }) {
  const { t } = useTranslation();
  const { differences, differenceCount } = check;
  const more = differenceCount !== null && differenceCount > differences.length;
  return (
    <>
      <Table<SealDifference & { at: number }>
        aria-label={t('seals.differences')}
        size="small"
        columns={differenceColumns(t)}
        dataSource={differences.map((one, at) => ({ ...one, at }))}
        rowKey={({ at }) => String(at)}
        pagination={false}
        scroll={{ x: 720 }}
      />
      {more ? (
        <p className="yp-hint">
          {t('seals.moreDifferences', { shown: differences.length, count: differenceCount })}
        </p>
      ) : null}
    </>
  );
}

function differenceColumns(t: TFunction): TableColumnsType<SealDifference & { at: number }> {
  return [
    { key: 'code', title: t('seals.code'), render: (_, row) => t(`seals.codes.${row.code}`) },
    { key: 'seal', title: t('seals.seal'), align: 'right', dataIndex: 'seal' },
    { key: 'rating', title: t('seals.rating'), render: (_, row) => nameOf(t, row) },
    {
      key: 'expected',
      title: t('seals.sealedValue'),
      render: (_, row) => <code className="yp-hash">{row.expected}</code>,
    },
    {
      key: 'found',
      title: t('seals.foundValue'),
      render: (_, row) => <code className="yp-hash">{row.found}</code>,
    },
  ];
}

function nameOf(t: TFunction, { step, assess, projectNo, serviceNumber }: SealDifference): string {
  if (step === null) return '';
  if (projectNo === null) return t('seals.ratingStep', { step, assess });
  return t('seals.ratingName', { projectNo, serviceNumber, assess });
}
