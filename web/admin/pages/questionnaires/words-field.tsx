import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Words } from '../../../../src/feedback/questionnaire/content-contract.ts';

interface Props {
  label: string;
  value: Words;
  most: number;
  onChange: (value: Words) => void;
  /** lines of a longer text */
  rows?: number;
  /** the label is read out only */
  bare?: boolean;
}

/** The same words in Chinese and, where somebody has written it, English. */
export function WordsField({ label, value, most, onChange, rows, bare = false }: Props) {
  const { t } = useTranslation();
  const field = (lang: 'zh' | 'en') => {
    const common = {
      value: value[lang],
      maxLength: lang === 'zh' ? most : 2 * most,
      lang: lang === 'zh' ? 'zh-CN' : 'en',
      'aria-label': `${label} · ${t(`questionnaires.lang.${lang}`)}`,
      placeholder: bare ? `${label} · ${t(`questionnaires.lang.${lang}`)}` : t(`questionnaires.lang.${lang}`),
    };
    if (rows === undefined) {
      return <Input {...common} onChange={(event) => onChange({ ...value, [lang]: event.target.value })} />;
    }
    return (
      <Input.TextArea
        {...common}
        rows={rows}
        onChange={(event) => onChange({ ...value, [lang]: event.target.value })}
      />
    );
  };
  return (
    <div className="yp-words">
      {bare ? null : <span className="yp-quiet">{label}</span>}
      {field('zh')}
      {field('en')}
    </div>
  );
}
