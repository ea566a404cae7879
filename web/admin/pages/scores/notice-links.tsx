import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/call.ts';
import { sentenceOf } from '../../parts/problem-alert.tsx';

interface Props {
  month: string;
  kind: string;
  code: string;
}

/** The statement as an official notice: a page to print, or a Word file. */
export function NoticeLinks({ month, kind, code }: Props) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language === 'en' ? 'en' : 'zh';
  const path = `/scores/${month}/${kind}/${encodeURIComponent(code)}/notice`;
  return (
    <>
      <Button href={`/admin/api${path}?lang=${lang}`} target="_blank" rel="noopener">
        {t('receipt.notice')}
      </Button>
      <DocxButton path={path} query={{ format: 'docx', lang }} label={t('receipt.noticeDocx')} />
    </>
  );
}

/** The notices of everybody in a department, in one Word file. */
export function DepartmentNotices({ month, department }: { month: string; department: string }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language === 'en' ? 'en' : 'zh';
  const query = { department, format: 'docx', lang };
  return <DocxButton path={`/scores/${month}/notices`} query={query} label={t('receipt.notices')} />;
}

function DocxButton({ path, query, label }: { path: string; query: Record<string, string>; label: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const run = useMutation({
    mutationFn: () => download(path, query),
    onError: (error) => message.error(sentenceOf(error, t('state.offline.text'), t('state.failed.text'))),
  });
  return (
    <Button loading={run.isPending} onClick={() => run.mutate()}>
      {label}
    </Button>
  );
}
