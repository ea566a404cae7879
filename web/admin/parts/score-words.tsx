import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Score } from '../../../src/close/statement/contract.ts';
import { GRADES, type PeriodState, type ScoreFlag } from '../../../src/kernel/assessment.ts';

/** Names of grades by rank, 0 the highest: what the server sends is the Chinese word itself. */
const ranks = ['0', '1', '2', '3'] as const;

export function useGradeName(): (grade: Score['grade']) => string {
  const { t } = useTranslation();
  return (grade) => {
    const rank = grade === null ? undefined : ranks[GRADES.indexOf(grade)];
    return rank === undefined ? '' : t(`grade.${rank}`);
  };
}

/** Flags a reader must know before comparing; only a veto is red. */
export function Flags({ flags }: { flags: readonly ScoreFlag[] }) {
  const { t } = useTranslation();
  if (flags.length === 0) return null;
  return (
    <span className="yp-tags">
      {flags.map((flag) => (
        <Tag key={flag} color={flag === 'veto' ? 'error' : 'default'}>
          {t(`flag.${flag}`)}
        </Tag>
      ))}
    </span>
  );
}

const stateColors = {
  open: 'default',
  provisional: 'processing',
  objection: 'warning',
  sealed: 'success',
} as const;

export function MonthState({ state }: { state: PeriodState }) {
  const { t } = useTranslation();
  return <Tag color={stateColors[state]}>{t(`monthState.${state}`)}</Tag>;
}
