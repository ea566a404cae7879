import { useTranslation } from 'react-i18next';
import type { Grid, GridLine } from '../../../../src/conduct/attendance/contract.ts';

type Day = GridLine['days'][number];

/** The signs of a day: one for both halves, or one above the other. */
export function Marks({ marks: { am, pm } }: { marks: Day }) {
  const { t } = useTranslation();
  const shown = am === pm ? [am] : [am, pm];
  return (
    <>
      {shown.map((mark, at) => (
        <span
          key={at === 0 ? 'am' : 'pm'}
          className={`yp-mark yp-mark-${mark}`}
          title={t(`attendance.mark.${mark}`)}
        >
          {mark === 'rest' && am === pm ? null : t(`attendance.sign.${mark}`)}
        </span>
      ))}
    </>
  );
}

const WEEK = 7;

/** One person's month as a calendar, which fits a phone. */
export function OwnMonth({ days, line }: { days: Grid['days']; line: GridLine }) {
  const { t } = useTranslation();
  const first = days[0]?.day ?? '1970-01-01';
  // 1970-01-01 was a Thursday: Monday comes first.
  const before = (((Date.parse(`${first}T00:00:00Z`) / 86_400_000 + 3) % WEEK) + WEEK) % WEEK;
  return (
    <ol className="yp-own-month" aria-label={t('attendance.view.month')}>
      {days.map(({ day, isWorkday }, at) => {
        const marks = line.days[at] ?? { am: 'rest', pm: 'rest' };
        const shown = marks.am === marks.pm ? [marks.am] : [marks.am, marks.pm];
        return (
          <li
            key={day}
            className={isWorkday ? '' : 'yp-off'}
            style={at === 0 ? { gridColumnStart: before + 1 } : {}}
          >
            <b>{Number(day.slice(8))}</b>
            {shown.map((mark, half) => (
              <span key={half === 0 ? 'am' : 'pm'} className={`yp-mark-${mark}`}>
                {mark === 'unknown' ? null : t(`attendance.mark.${mark}`)}
              </span>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
