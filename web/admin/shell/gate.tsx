import { Button } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, currentLanguage } from '../i18n/language.ts';
import icon from '../icon.svg';

/** The frame of the pages before the office: one card, the product's name, the language. */
export function Gate({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const { t } = useTranslation();
  const chinese = currentLanguage() === 'zh-CN';
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <main className="yp-gate">
      <div className="yp-gate-card">
        <header>
          <p className="yp-brand">
            <img src={icon} alt="" width={24} height={24} />
            {t('product')}
          </p>
          <h1>{title}</h1>
          {hint ? <p className="yp-hint">{hint}</p> : null}
        </header>
        {children}
        <div className="yp-gate-foot">
          <Button type="link" size="small" onClick={() => void changeLanguage(chinese ? 'en' : 'zh-CN')}>
            {chinese ? t('shell.english') : t('shell.chinese')}
          </Button>
        </div>
      </div>
    </main>
  );
}
