import { Alert, Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Content, QUESTION_KINDS } from '../../../../src/feedback/questionnaire/content-contract.ts';
import type { QuestionnaireDetail } from '../../../../src/feedback/questionnaire/contract.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { addQuestion, addSection, allQuestions, removeSection, titleSection } from './content-edit.ts';
import { QuestionCard } from './question-card.tsx';
import { WordsField } from './words-field.tsx';

interface Props {
  found: QuestionnaireDetail;
  content: Content;
  onChange: (content: Content) => void;
  error: unknown;
  dirty: boolean;
  /** the button that saves; it stands at the end of a long page too */
  save: ReactNode;
}

/** Sections with their questions in order; what keeps them from being published stands at its place. */
export function Builder({ found, content, onChange, error, dirty, save }: Props) {
  const { t } = useTranslation();
  const known = new Set(allQuestions(content).map((question) => question.id));
  const loose = dirty ? [] : found.faults.filter(({ field }) => !known.has(field));
  return (
    <div className="yp-stack">
      <ProblemAlert error={error} />
      <Preview id={found.id} dirty={dirty} />
      {!dirty && found.faults.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('questionnaires.faults', { count: found.faults.length })}
          description={loose.length > 0 ? loose.map(({ detail }) => detail).join(' ') : undefined}
        />
      ) : null}
      <Block title={t('questionnaires.head')}>
        <WordsField
          label={t('questionnaires.title')}
          value={content.title}
          most={100}
          onChange={(title) => onChange({ ...content, title })}
        />
        <WordsField
          label={t('questionnaires.intro')}
          value={content.intro}
          most={500}
          rows={2}
          onChange={(intro) => onChange({ ...content, intro })}
        />
      </Block>
      {content.sections.map((section, at) => (
        <Section
          // Sections have no code of their own; their place is what they are.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          at={at}
          section={section}
          content={content}
          onChange={onChange}
          faults={dirty ? [] : found.faults}
        />
      ))}
      <div className="yp-actions">
        <Button onClick={() => onChange(addSection(content))}>{t('questionnaires.addSection')}</Button>
        {save}
      </div>
    </div>
  );
}

function Preview({ id, dirty }: { id: string; dirty: boolean }) {
  const { t } = useTranslation();
  return (
    <p className="yp-hint">
      {t(dirty ? 'questionnaires.unsaved' : 'questionnaires.previewHint')}{' '}
      {(['zh', 'en'] as const).map((lang) => (
        <a
          key={lang}
          className="yp-preview"
          href={`/admin/api/questionnaires/${id}/preview?lang=${lang}`}
          target="_blank"
          rel="noreferrer"
        >
          {t(`questionnaires.preview.${lang}`)}
        </a>
      ))}
    </p>
  );
}

interface SectionProps {
  at: number;
  section: Content['sections'][number];
  content: Content;
  onChange: (content: Content) => void;
  faults: QuestionnaireDetail['faults'];
}

function Section({ at, section, content, onChange, faults }: SectionProps) {
  const { t } = useTranslation();
  const order = allQuestions(content);
  return (
    <Block
      title={t('questionnaires.section', { place: at + 1 })}
      extra={
        section.questions.length === 0 && content.sections.length > 1 ? (
          <Button size="small" onClick={() => onChange(removeSection(content, at))}>
            {t('questionnaires.removeSection')}
          </Button>
        ) : null
      }
    >
      <WordsField
        label={t('questionnaires.sectionTitle')}
        value={section.title}
        most={100}
        onChange={(title) => onChange(titleSection(content, at, title))}
      />
      <ol className="yp-questions">
        {section.questions.map((question) => (
          <li key={question.id}>
            <QuestionCard
              place={order.findIndex(({ id }) => id === question.id) + 1}
              question={question}
              content={content}
              onChange={onChange}
              faults={faults.filter(({ field }) => field === question.id).map(({ detail }) => detail)}
            />
          </li>
        ))}
      </ol>
      <Dropdown
        trigger={['click']}
        menu={{
          items: QUESTION_KINDS.map((kind) => ({ key: kind, label: t(`questionnaires.kinds.${kind}`) })),
          onClick: ({ key }) => {
            const kind = QUESTION_KINDS.find((one) => one === key);
            if (kind) onChange(addQuestion(content, at, kind));
          },
        }}
      >
        <Button>{t('questionnaires.addQuestion')}</Button>
      </Dropdown>
    </Block>
  );
}
