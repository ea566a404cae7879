import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportAnswer } from '../../../../src/platform/imports-contract.ts';
import { count } from '../../format.ts';

type Row = ImportAnswer['problems'][number];

const types = { loaded: 'success', tried: 'info', refused: 'error' } as const;

/** What the import did or would do, and each bad row by line, column and reason. */
export function Report({ answer }: { answer: ImportAnswer }) {
  const { t } = useTranslation();
  const figures = {
    rows: count(answer.rows),
    created: count(answer.created),
    updated: count(answer.updated),
    unchanged: count(answer.unchanged),
    bad: count(answer.badRows),
  };
  const type = answer.outcome === 'tried' && answer.badRows > 0 ? 'warning' : types[answer.outcome];
  return (
    <>
      <Alert
        className="yp-alert"
        type={type}
        showIcon
        title={t(`imports.outcome.${answer.outcome}`, figures)}
        description={t('imports.figures', figures)}
      />
      {answer.problems.length > 0 ? (
        <Table<Row>
          aria-label={t('imports.problems')}
          title={() =>
            t('imports.problemsShown', {
              shown: count(answer.problems.length),
              all: count(answer.problemCount),
            })
          }
          size="small"
          bordered
          pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
          rowKey={(row) => `${row.line} ${row.column ?? ''} ${row.code}`}
          dataSource={answer.problems}
          columns={[
            { key: 'line', title: t('imports.line'), dataIndex: 'line', align: 'right', width: 80 },
            { key: 'column', title: t('imports.column'), render: (_, row) => <code>{row.column}</code> },
            { key: 'detail', title: t('imports.reason'), dataIndex: 'detail' },
          ]}
        />
      ) : null}
    </>
  );
}
