import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallLine } from '../../../../src/feedback/follow-up/contract.ts';

/** Yellow and red cards in words too: colour is never the only sign. */
export function CallCard({ card }: { card: CallLine['card'] }) {
  const { t } = useTranslation();
  if (card === 'none') return null;
  return <Tag color={card === 'red' ? 'error' : 'warning'}>{t(`callBacks.card.${card}`)}</Tag>;
}

/** How a call-back ended, and whether the person was content. */
export function Outcome({ outcome, satisfied }: Pick<CallLine, 'outcome' | 'satisfied'>) {
  const { t } = useTranslation();
  if (outcome === null) return null;
  if (satisfied === null) return <Tag>{t(`callBacks.outcome.${outcome}`)}</Tag>;
  return (
    <Tag color={satisfied ? 'success' : 'error'}>
      {t(satisfied ? 'callBacks.satisfied' : 'callBacks.dissatisfied')}
    </Tag>
  );
}
