import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Words } from '../../../../src/feedback/questionnaire/content-contract.ts';
import type { QuestionnaireState } from '../../../../src/feedback/questionnaire/contract.ts';

const COLOURS: Readonly<Record<QuestionnaireState, string>> = {
  draft: 'default',
  planned: 'blue',
  open: 'processing',
  over: 'default',
  closed: 'default',
};

export function QuestionnaireTag({ state }: { state: QuestionnaireState }) {
  const { t } = useTranslation();
  return <Tag color={COLOURS[state]}>{t(`questionnaires.states.${state}`)}</Tag>;
}

/** Words of a questionnaire in the reader's language; Chinese where there are no English ones. */
export function useWordsIn(): (words: Words) => string {
  const { i18n } = useTranslation();
  return ({ zh, en }) => (i18n.language.startsWith('en') && en !== '' ? en : zh);
}
