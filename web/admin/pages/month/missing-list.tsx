import { Link } from '@tanstack/react-router';
import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Desk, MISSING } from '../../../../src/close/month/desk-contract.ts';
import { count } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { daysOf } from '../../parts/stats.ts';
import type { Search } from '../../search.ts';

type Missing = Desk['missing'][number];

/** Where each kind of missing matter is worked on; some have no page of their own yet. */
const places: Partial<Record<(typeof MISSING)[number], (month: string) => { to: string; search: Search }>> = {
  unverified_ratings: (month) => ({ to: '/ratings', search: { ...daysOf(month), verdict: 'none' } }),
  open_corrections: () => ({ to: '/corrections', search: {} }),
  services_without_clerk: (month) => ({ to: '/records', search: daysOf(month) }),
  clerks_without_posting: () => ({ to: '/staff', search: {} }),
  open_appeals: (month) => ({ to: '/appeals', search: { month } }),
};

/** What the month's end may still wait for, each with its number, its meaning and the way there. */
export function MissingList({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const open = desk.missing.filter((one) => one.count > 0);
  return (
    <Block title={t('desk.missing')}>
      {open.length === 0 ? (
        <p>{t('desk.nothingMissing')}</p>
      ) : (
        <Table<Missing>
          size="small"
          rowKey="kind"
          pagination={false}
          dataSource={open}
          columns={[
            {
              key: 'kind',
              title: t('desk.matter'),
              render: (_, { kind }) => {
                const place = places[kind]?.(desk.month.month);
                const name = t(`desk.missingKind.${kind}.name`);
                return place ? (
                  <Link to={place.to} search={place.search}>
                    {name}
                  </Link>
                ) : (
                  name
                );
              },
            },
            {
              key: 'count',
              title: t('desk.count'),
              align: 'right',
              className: 'yp-num',
              render: (_, one) => count(one.count),
            },
            {
              key: 'effect',
              title: t('desk.effect'),
              render: (_, { kind, holds }) => (
                <>
                  {holds ? <Tag color="warning">{t('desk.holds')}</Tag> : null}
                  {t(`desk.missingKind.${kind}.effect`)}
                </>
              ),
            },
          ]}
        />
      )}
    </Block>
  );
}
