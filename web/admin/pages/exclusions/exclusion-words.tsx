import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExclusionRowView } from '../../../../src/handling/exclusion/contract.ts';

const colors = {
  proposed: 'processing',
  approved: 'success',
  rejected: 'default',
  withdrawn: 'default',
} as const;

export function ExclusionState({ state }: { state: ExclusionRowView['state'] }) {
  const { t } = useTranslation();
  return <Tag color={colors[state]}>{t(`exclusions.states.${state}`)}</Tag>;
}
