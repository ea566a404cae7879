import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Table, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { OpenStep } from '../../../../src/intake/approval/contract.ts';
import { moment } from '../../format.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { CaseDue, CaseState } from './case-words.tsx';
import { openStepsQuery } from './hall-query.ts';

/** What lies in the back office of the own department, by promise clock. */
export function BackOfficePage() {
  const { t } = useTranslation();
  const query = useQuery(openStepsQuery);
  return (
    <>
      <PageHead title={t('nav.backOffice')} hint={t('hall.backOfficeHint')} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('hall.noSteps')} text={t('hall.backOfficeHint')} />
          ) : (
            <Table<OpenStep>
              aria-label={t('nav.backOffice')}
              size="small"
              pagination={items.length > 50 ? { pageSize: 50 } : false}
              scroll={{ x: 'max-content' }}
              rowKey={(row) => `${row.projectNo} ${row.step}`}
              dataSource={items}
              columns={columns(t)}
            />
          )
        }
      </Loaded>
      <Outlet />
    </>
  );
}

function columns(t: TFunction): TableColumnsType<OpenStep> {
  return [
    { key: 'due', title: t('hall.due'), render: (_, row) => <CaseDue row={row} /> },
    {
      key: 'project',
      title: t('field.projectNo'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/back-office/$projectNo" params={{ projectNo: row.projectNo }}>
          {row.projectNo}
        </Link>
      ),
    },
    { key: 'item', title: t('field.taskName'), dataIndex: 'itemName' },
    {
      key: 'step',
      title: t('hall.step'),
      className: 'yp-nowrap',
      render: (_, row) => `${row.stepName} ${row.step}/${row.steps}`,
    },
    { key: 'state', title: t('hall.stateLabel'), render: (_, row) => <CaseState state={row.state} /> },
    {
      key: 'assigned',
      title: t('hall.assignedTo'),
      render: (_, row) => (row.mine ? <Tag>{t('hall.mine')}</Tag> : row.assignedTo),
    },
    {
      key: 'received',
      title: t('hall.receivedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.receivedAt),
    },
  ];
}
