import { Button, Checkbox, InputNumber, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Content, Question } from '../../../../src/feedback/questionnaire/content-contract.ts';
import { addOption, changeQuestion, moveQuestion, removeQuestion } from './content-edit.ts';
import { SkipFields } from './skip-fields.tsx';
import { WordsField } from './words-field.tsx';

interface Props {
  place: number;
  question: Question;
  content: Content;
  onChange: (content: Content) => void;
  faults: readonly string[];
}

/** A question: its words, its answers, where its answers lead, and its place. */
export function QuestionCard({ place, question, content, onChange, faults }: Props) {
  const { t } = useTranslation();
  const change = (changed: Question) => onChange(changeQuestion(content, changed));
  const { id } = question;
  return (
    <section className="yp-question" aria-label={t('questionnaires.questionNo', { place })}>
      <div className="yp-question-head">
        <strong>{t('questionnaires.questionNo', { place })}</strong>
        <Tag>{t(`questionnaires.kinds.${question.kind}`)}</Tag>
        <Checkbox
          checked={question.required}
          onChange={(event) => change({ ...question, required: event.target.checked })}
        >
          {t('questionnaires.required')}
        </Checkbox>
        <span className="yp-question-tools">
          <Button
            size="small"
            aria-label={t('questionnaires.up', { place })}
            onClick={() => onChange(moveQuestion(content, id, -1))}
          >
            ↑
          </Button>
          <Button
            size="small"
            aria-label={t('questionnaires.down', { place })}
            onClick={() => onChange(moveQuestion(content, id, 1))}
          >
            ↓
          </Button>
          <Button size="small" onClick={() => onChange(removeQuestion(content, id))}>
            {t('questionnaires.remove')}
          </Button>
        </span>
      </div>
      {faults.map((fault) => (
        <p key={fault} className="yp-danger" role="alert">
          {fault}
        </p>
      ))}
      <WordsField
        bare
        label={t('questionnaires.question')}
        value={question.title}
        most={200}
        onChange={(title) => change({ ...question, title })}
      />
      <Answers question={question} change={change} />
      {question.kind === 'text' ? null : <SkipFields question={question} content={content} change={change} />}
    </section>
  );
}

interface AnswersProps<Q = Question> {
  question: Q;
  change: (question: Question) => void;
}

function Answers({ question, change }: AnswersProps) {
  const { t } = useTranslation();
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return <Options question={question} change={change} />;
    case 'scale':
      return <Scale question={question} change={change} />;
    case 'nps':
      return <p className="yp-quiet">{t('questionnaires.npsHint')}</p>;
    case 'text':
      return (
        <Checkbox
          checked={question.suggestion}
          onChange={(event) => change({ ...question, suggestion: event.target.checked })}
        >
          {t('questionnaires.suggestion')}
        </Checkbox>
      );
  }
}

function Options({ question, change }: AnswersProps<Extract<Question, { kind: 'single' | 'multiple' }>>) {
  const { t } = useTranslation();
  const { options } = question;
  return (
    <>
      <ul className="yp-options">
        {options.map((option, at) => (
          <li key={option.id}>
            <WordsField
              bare
              label={t('questionnaires.option', { place: at + 1 })}
              value={option.label}
              most={100}
              onChange={(label) =>
                change({
                  ...question,
                  options: options.map((one) => (one.id === option.id ? { ...one, label } : one)),
                })
              }
            />
            <Button
              size="small"
              aria-label={t('questionnaires.removeOption', { place: at + 1 })}
              disabled={options.length <= 2}
              onClick={() => change({ ...question, options: options.filter(({ id }) => id !== option.id) })}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
      <div className="yp-actions">
        <Button size="small" onClick={() => change(addOption(question))}>
          {t('questionnaires.addOption')}
        </Button>
        {question.kind === 'multiple' ? (
          <InputNumber
            size="small"
            min={1}
            max={options.length}
            value={question.most}
            prefix={t('questionnaires.most')}
            aria-label={t('questionnaires.most')}
            onChange={(most) => change({ ...question, most })}
          />
        ) : null}
      </div>
    </>
  );
}

function Scale({ question, change }: AnswersProps<Extract<Question, { kind: 'scale' }>>) {
  const { t } = useTranslation();
  return (
    <>
      <InputNumber
        size="small"
        min={3}
        max={10}
        value={question.points}
        prefix={t('questionnaires.points')}
        aria-label={t('questionnaires.points')}
        onChange={(points) => change({ ...question, points: points ?? 5 })}
      />
      {(['low', 'high'] as const).map((end) => (
        <WordsField
          key={end}
          bare
          label={t(`questionnaires.${end}`)}
          value={question[end]}
          most={30}
          onChange={(words) => change({ ...question, [end]: words })}
        />
      ))}
    </>
  );
}
