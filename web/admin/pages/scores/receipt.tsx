import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { subjectKindSchema } from '../../../../src/close/statement/contract.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { useCan } from '../../session.ts';
import { DepartmentNotices, NoticeLinks } from './notice-links.tsx';
import { scoreQuery } from './score-query.ts';
import { ScoreReceipt } from './score-receipt.tsx';

/** The receipt of one subject's month. */
export function ReceiptPage() {
  const { t } = useTranslation();
  const params = useParams({ from: '/office/scores/$month/$kind/$code' });
  const kind = subjectKindSchema.catch('staff').parse(params.kind);
  const { month, code } = params;
  const can = useCan();
  const { data } = useQuery(scoreQuery(month, kind, code));
  return (
    <>
      <PageHead
        title={t('receipt.title', { name: data?.name ?? code, month })}
        hint={t('receipt.hint', { kind: t(`subject.${kind}`), code })}
      >
        <Link to="/scores" search={{ month, subject: kind }}>
          {t('receipt.back')}
        </Link>
        {can('export.run') ? <NoticeLinks month={month} kind={kind} code={code} /> : null}
        {can('export.run') && kind === 'department' ? (
          <DepartmentNotices month={month} department={code} />
        ) : null}
        <Button onClick={() => print()}>{t('receipt.print')}</Button>
      </PageHead>
      <ScoreReceipt month={month} kind={kind} code={code} />
    </>
  );
}
