import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { download, type QueryValue } from '../api/call.ts';
import { sentenceOf } from './problem-alert.tsx';

/** Hands out exactly what the filters show, as CSV or Excel. */
export function ExportButtons({ path, query }: { path: string; query: Record<string, QueryValue> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const run = useMutation({
    mutationFn: (format: 'csv' | 'xlsx') => download(path, { ...query, format }),
    onError: (error) => message.error(sentenceOf(error, t('state.offline.text'), t('state.failed.text'))),
  });
  return (
    <div className="yp-actions">
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          size="small"
          loading={run.isPending && run.variables === format}
          onClick={() => run.mutate(format)}
        >
          {t(`list.export.${format}`)}
        </Button>
      ))}
    </div>
  );
}
