import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Segmented, Select, Table, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationRow } from '../../../../src/intake/acceptance/contract.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { CaseDue, CaseState } from './case-words.tsx';
import { casesQuery, desksQuery } from './hall-query.ts';
import { IntakeForm } from './intake-form.tsx';
import { QueuePanel } from './queue-panel.tsx';

/** The clerk's place of work: the queue, what lies on the counter, and the own cases by promise clock. */
export function CounterPage() {
  const { t } = useTranslation();
  const query = useQuery(desksQuery);
  const [chosen, setChosen] = useState<string>();
  return (
    <>
      <PageHead title={t('nav.counter')} hint={t('hall.hint')} />
      <Loaded query={query}>
        {({ items }) => {
          const window = chosen ?? items[0]?.code;
          if (window === undefined)
            return <Empty title={t('clerkDesk.noWindow.title')} text={t('clerkDesk.noWindow.text')} />;
          return (
            <div className="yp-stack">
              {items.length > 1 ? (
                <Select
                  aria-label={t('field.window')}
                  value={window}
                  onChange={setChosen}
                  options={items.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
                />
              ) : null}
              <QueuePanel window={window} />
              <IntakeForm key={window} window={window} />
              <MyCases />
            </div>
          );
        }}
      </Loaded>
      <Outlet />
    </>
  );
}

function MyCases() {
  const { t } = useTranslation();
  const [of, setOf] = useState<'own' | 'hall'>('own');
  const query = useQuery(casesQuery({ of }));
  return (
    <Block
      title={t('hall.cases')}
      extra={
        <Segmented<'own' | 'hall'>
          aria-label={t('hall.whose')}
          value={of}
          onChange={setOf}
          options={(['own', 'hall'] as const).map((value) => ({ value, label: t(`hall.of.${value}`) }))}
        />
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="yp-quiet">{t('hall.noCases')}</p>
          ) : (
            <Table<ApplicationRow>
              aria-label={t('hall.cases')}
              size="small"
              pagination={items.length > 50 ? { pageSize: 50 } : false}
              scroll={{ x: 'max-content' }}
              rowKey="projectNo"
              dataSource={items}
              columns={columns(t)}
            />
          )
        }
      </Loaded>
    </Block>
  );
}

function columns(t: TFunction): TableColumnsType<ApplicationRow> {
  return [
    {
      key: 'due',
      title: t('hall.due'),
      render: (_, row) => <CaseDue row={row} />,
    },
    {
      key: 'project',
      title: t('field.projectNo'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/counter/$projectNo" params={{ projectNo: row.projectNo }}>
          {row.projectNo}
        </Link>
      ),
    },
    { key: 'item', title: t('field.taskName'), dataIndex: 'itemName' },
    { key: 'state', title: t('hall.stateLabel'), render: (_, row) => <CaseState state={row.state} /> },
    { key: 'department', title: t('field.department'), dataIndex: 'departmentName' },
    {
      key: 'received',
      title: t('hall.receivedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.receivedAt),
    },
  ];
}
