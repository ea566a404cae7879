import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Content, END, type Question } from '../../../../src/feedback/questionnaire/content-contract.ts';
import { allQuestions, targetsAfter, valuesOf } from './content-edit.ts';
import { useWordsIn } from './questionnaire-words.tsx';

interface Props {
  question: Exclude<Question, { kind: 'text' }>;
  content: Content;
  change: (question: Question) => void;
}

/** With which answers the questionnaire goes on at which later question; the first that fits leads. */
export function SkipFields({ question, content, change }: Props) {
  const { t } = useTranslation();
  const wordsIn = useWordsIn();
  const order = allQuestions(content).map(({ id }) => id);
  const labelOf = (value: string): string => {
    if (question.kind !== 'single' && question.kind !== 'multiple') return value;
    const option = question.options.find(({ id }) => id === value);
    return option ? wordsIn(option.label) || value : value;
  };
  const values = valuesOf(question).map((value) => ({ value, label: labelOf(value) }));
  const targets = targetsAfter(content, question.id).map((one) =>
    one === END
      ? { value: END as string, label: t('questionnaires.skip.end') }
      : {
          value: one.id,
          label: t('questionnaires.skip.target', {
            place: order.indexOf(one.id) + 1,
            title: wordsIn(one.title),
          }),
        },
  );
  const { skips } = question;
  const put = (at: number, changed: Partial<(typeof skips)[number]>) =>
    change({ ...question, skips: skips.map((one, place) => (place === at ? { ...one, ...changed } : one)) });
  return (
    <div className="yp-skips">
      {skips.map((skip, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no code; their order is what counts
        <div key={at} className="yp-actions">
          <span>{t('questionnaires.skip.when')}</span>
          <Select<string[]>
            mode="multiple"
            className="yp-skip-values"
            aria-label={t('questionnaires.skip.values', { place: at + 1 })}
            value={skip.values}
            options={values}
            optionFilterProp="label"
            onChange={(chosen) => put(at, { values: chosen })}
          />
          <span>{t('questionnaires.skip.go')}</span>
          <Select<string>
            className="yp-skip-to"
            aria-label={t('questionnaires.skip.to', { place: at + 1 })}
            value={skip.to}
            options={targets}
            onChange={(to) => put(at, { to })}
          />
          <Button
            size="small"
            aria-label={t('questionnaires.skip.remove', { place: at + 1 })}
            onClick={() => change({ ...question, skips: skips.filter((_, place) => place !== at) })}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button
        size="small"
        type="link"
        onClick={() => {
          const [first] = values;
          if (first) change({ ...question, skips: [...skips, { values: [first.value], to: END }] });
        }}
      >
        {t('questionnaires.skip.add')}
      </Button>
    </div>
  );
}
