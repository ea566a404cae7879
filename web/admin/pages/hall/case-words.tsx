import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { APPLICATION_STATES } from '../../../../src/intake/acceptance/contract.ts';

/** A fine state in the words of the hall. */
export function CaseState({ state }: { state: string }) {
  const { t } = useTranslation();
  const known = APPLICATION_STATES.find((one) => one === state);
  return <Tag>{known ? t(`hall.state.${known}`) : state}</Tag>;
}

interface Clock {
  dueDay: string | null;
  overdue: boolean;
  yearMissing: string | null;
  lackingUntil: string | null;
}

/** Until when a case is promised; what is over is red, and a year without holidays is told. */
export function CaseDue({ row }: { row: Clock }) {
  const { t } = useTranslation();
  return (
    <>
      {row.dueDay ? (
        <span className={row.overdue ? 'yp-bad yp-nowrap' : 'yp-nowrap'}>
          {row.dueDay} {row.overdue ? t('hall.overdue') : ''}
        </span>
      ) : null}
      {row.yearMissing ? (
        <div className="yp-quiet">{t('hall.yearMissing', { year: row.yearMissing })}</div>
      ) : null}
      {row.lackingUntil ? (
        <div className="yp-quiet">{t('hall.lackingUntil', { day: row.lackingUntil })}</div>
      ) : null}
    </>
  );
}
