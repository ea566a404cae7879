import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MonthRow } from '../../../../src/close/month/contract.ts';

interface Props {
  months: readonly MonthRow[];
  month: MonthRow;
  onPick: (month: string) => void;
}

export function MonthSelect({ months, month, onPick }: Props) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t('scores.month')}
      value={month.month}
      style={{ minWidth: 168 }}
      popupMatchSelectWidth={false}
      options={months.map((each) => ({
        value: each.month,
        label: t('scores.monthAndState', { month: each.month, state: t(`monthState.${each.state}`) }),
      }))}
      onChange={onPick}
    />
  );
}
