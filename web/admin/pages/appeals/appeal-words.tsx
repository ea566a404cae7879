import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AppealRow, AppealState } from '../../../../src/ledger/appeal/contract.ts';
import { moment } from '../../format.ts';

const stateColors = {
  opinion: 'processing',
  group: 'processing',
  review: 'processing',
  upheld: 'success',
  rejected: 'default',
  withdrawn: 'default',
} as const;

export function AppealStateTag({ state }: { state: AppealState }) {
  const { t } = useTranslation();
  return <Tag color={stateColors[state]}>{t(`appeals.state.${state}`)}</Tag>;
}

/** Yellow and red cards in words too: colour is never the only sign. */
export function Card({ card }: { card: 'none' | 'yellow' | 'red' }) {
  const { t } = useTranslation();
  if (card === 'none') return null;
  return <Tag color={card === 'red' ? 'error' : 'warning'}>{t(`appeals.card.${card}`)}</Tag>;
}

export function Due({ due }: { due: AppealRow['due'] }) {
  const { t } = useTranslation();
  if (!due) return null;
  return (
    <span>
      {t(`appeals.step.${due.step}`)} {moment(due.dueAt)} <Card card={due.card} />
    </span>
  );
}

/** Words that the server sends in both languages. */
export function useWords(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (words) => (i18n.language === 'en' ? words.en : words.zh);
}

/** Points with a true minus. */
export function points(text: string): string {
  return text.replace(/^-/, '−');
}
