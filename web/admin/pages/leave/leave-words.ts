import { useTranslation } from 'react-i18next';
import type { LeaveLine } from '../../../../src/conduct/attendance/leave-contract.ts';

export const LEAVE_COLORS = {
  requested: 'processing',
  approved: 'success',
  refused: 'error',
  withdrawn: 'default',
} as const;

/** '2026-06-08 上午 – 2026-06-09 下午' */
export function useSpanText(): (row: LeaveLine) => string {
  const { t } = useTranslation();
  return (row) => {
    const from = `${row.fromDate} ${t(`leave.half.${row.fromHalf}`)}`;
    const to = `${row.toDate} ${t(`leave.half.${row.toHalf}`)}`;
    return from === to ? from : `${from} – ${to}`;
  };
}
