import { Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FindingView } from '../../../../src/handling/integrity/contract.ts';

const colors = {
  open: 'processing',
  proposed: 'warning',
  no_fault: 'default',
  induced: 'error',
  faked: 'error',
} as const;

export function FindingState({ state }: { state: FindingView['state'] }) {
  const { t } = useTranslation();
  return <Tag color={colors[state]}>{t(`integrity.states.${state}`)}</Tag>;
}

/** What a finding's ratings have in common; devices, addresses, phones and texts only have made-up names. */
export function subjectWords(
  t: TFunction,
  { subjectKind, subjectCode }: Pick<FindingView, 'subjectKind' | 'subjectCode'>,
): string {
  return `${t(`integrity.subjects.${subjectKind}`)} ${subjectCode}`;
}
