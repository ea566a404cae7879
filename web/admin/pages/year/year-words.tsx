import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { YearRow } from '../../../../src/close/year/contract.ts';
import { GRADES } from '../../../../src/kernel/assessment.ts';
import { useGradeName } from '../../parts/score-words.tsx';

/** '5/3/0/0': months by grade, the best first. */
export function gradeCounts({ grades }: YearRow): string {
  return GRADES.map((grade) => grades[grade] ?? 0).join('/');
}

/** Whether the subject is among the yearly best, and why not. */
export function Yearly({ row, final }: { row: YearRow; final: boolean }) {
  const { t } = useTranslation();
  if (row.excellent === null) return null;
  if (row.reason !== null) return <span className="yp-quiet">{t(`year.reason.${row.reason}`)}</span>;
  return <Tag color={final ? 'success' : 'processing'}>{t('year.excellent')}</Tag>;
}

/** The quarters of a civil servant, each with its grade or why there is none. */
export function Quarters({ row }: { row: YearRow }) {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  const some =
    row.quarters?.filter(({ months, grade, final }) => grade !== null || (final && months > 0)) ?? [];
  if (some.length === 0) return null;
  return (
    <ul className="yp-plain">
      {some.map(({ quarter, grade, mean, final }) => (
        <li key={quarter}>
          {t('year.quarter', { number: quarter })}{' '}
          {grade === null ? (
            <span className="yp-quiet">{t('year.quarterFew')}</span>
          ) : (
            <>
              <strong>{gradeName(grade)}</strong> {mean}
            </>
          )}
          {final ? null : <span className="yp-quiet"> {t('year.quarterProvisional')}</span>}
        </li>
      ))}
    </ul>
  );
}
