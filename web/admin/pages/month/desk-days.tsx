import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../../../../src/close/month/desk-contract.ts';
import { day, weekday } from '../../../../src/kernel/day.ts';
import { Block } from '../../parts/facts.tsx';

/** The days that the limits run over: worked or not, with what ends on them. */
export function DeskDays({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const weekdays = t('desk.weekdays').split(' ');
  const ends = new Map(
    desk.steps.flatMap((step) => (step.until ? [[step.until.slice(0, 10), step.step]] : [])),
  );
  return (
    <Block title={t('desk.calendar')} extra={<Link to="/calendar">{t('desk.override')}</Link>}>
      <ol className="yp-desk-days">
        {desk.days.map((one, at) => {
          const end = ends.get(one.day);
          return (
            <li
              key={one.day}
              className={one.work ? 'yp-desk-day' : 'yp-desk-day yp-desk-off'}
              style={at === 0 ? { gridColumnStart: weekday(day(one.day)) } : undefined}
            >
              <span>{one.day.slice(5)}</span>
              <span className="yp-quiet">
                {weekdays[weekday(day(one.day)) - 1]} {t(one.work ? 'desk.work' : 'desk.off')}
              </span>
              {end ? <strong>{t(`desk.step.${end}.end`)}</strong> : null}
            </li>
          );
        })}
      </ol>
    </Block>
  );
}
