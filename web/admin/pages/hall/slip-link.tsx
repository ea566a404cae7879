import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** Opens a slip in a tab of its own, where the browser prints it. */
export function SlipLink({ projectNo, number }: { projectNo: string; number: number }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language === 'en' ? 'en' : 'zh';
  const path = `/admin/api/applications/${encodeURIComponent(projectNo)}/slips/${number}`;
  return (
    <Button size="small" href={`${path}?lang=${lang}`} target="_blank" rel="noopener">
      {t('hall.print')}
    </Button>
  );
}
