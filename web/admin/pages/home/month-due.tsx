import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DeskSteps } from '../month/desk-steps.tsx';
import { deskQuery } from '../month/month-query.ts';
import { dueMonth, monthsQuery } from '../scores/months.ts';

/** Where the month's end is: what the assessment office begins its day with. */
export function MonthDue() {
  const months = useQuery(monthsQuery);
  const due = months.data && dueMonth(months.data);
  return due ? <Steps month={due.month} /> : null;
}

function Steps({ month }: { month: string }) {
  const { t } = useTranslation();
  const { data: desk } = useQuery(deskQuery(month));
  if (!desk) return null;
  const missing = desk.missing.filter((one) => one.count > 0).length;
  return (
    <DeskSteps
      desk={desk}
      extra={
        <Link to="/month" search={{ month }}>
          {missing === 0 ? t('home.openDesk') : t('home.openDeskMissing', { count: missing })}
        </Link>
      }
    />
  );
}
