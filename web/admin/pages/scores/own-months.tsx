import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OwnYear } from '../../../../src/close/year/contract.ts';
import { formatSigned, parsePoints } from '../../../../src/kernel/points.ts';
import { isProblem } from '../../api/call.ts';
import { minus } from '../../format.ts';
import { Facts } from '../../parts/facts.tsx';
import { MonthState, useGradeName } from '../../parts/score-words.tsx';
import { Loaded } from '../../parts/states.tsx';
import { ownYearQuery } from '../year/year-query.ts';
import { gradeCounts, Quarters, Yearly } from '../year/year-words.tsx';

/** The own months of a year side by side, and what the sealed ones come to. */
export function OwnMonths({ year, staffNo }: { year: string; staffNo: string }) {
  const { t } = useTranslation();
  const query = useQuery({ ...ownYearQuery(year, 'staff', staffNo), retry: false });
  if (isProblem(query.error, 'year.none')) return <p className="yp-quiet">{t('myFile.noYear')}</p>;
  return <Loaded query={query}>{(own) => <Months own={own} />}</Loaded>;
}

function Months({ own }: { own: OwnYear }) {
  const { t } = useTranslation();
  const { row } = own;
  return (
    <>
      <section className="yp-block" aria-labelledby="own-months">
        <h2 id="own-months">{t('myFile.past')}</h2>
        <p className="yp-hint">{t('myFile.pastHint')}</p>
        <MonthTable row={row} />
      </section>
      <section className="yp-block" aria-labelledby="own-year">
        <h2 id="own-year">{t('myFile.year', { year: own.year })}</h2>
        <Facts
          facts={[
            [t('year.mean'), row.mean ?? '—'],
            [t('year.months'), String(row.counted)],
            [t('year.countsOf', { grades: t('year.best') }), gradeCounts(row)],
            [t('year.yearly'), <Yearly key="yearly" row={row} final={own.final} />],
            ...(row.quarters === null
              ? []
              : [[t('year.quarters'), <Quarters key="quarters" row={row} />] as [string, React.ReactNode]]),
          ]}
        />
      </section>
    </>
  );
}

function MonthTable({ row }: { row: OwnYear['row'] }) {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  return (
    <table className="yp-lines yp-own-months">
      <thead>
        <tr>
          <th scope="col">{t('myFile.month')}</th>
          <th scope="col">{t('myFile.grade')}</th>
          <th scope="col">{t('myFile.state')}</th>
          <th scope="col" className="yp-num">
            {t('myFile.total')}
          </th>
          <th scope="col" className="yp-num">
            {t('myFile.change')}
          </th>
        </tr>
      </thead>
      <tbody>
        {row.months.map(({ month, total, grade, state }, at) => (
          <tr key={month} className={state === 'sealed' ? '' : 'yp-unsealed'}>
            <td className="yp-nowrap">
              <Link to="/my-file" search={{ month, view: 'closed' }}>
                {month}
              </Link>
            </td>
            <td>{gradeName(grade)}</td>
            <td>
              <MonthState state={state} />
            </td>
            <td className="yp-num">{total}</td>
            <td className="yp-num">{change(total, row.months[at - 1]?.total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function change(total: string, before: string | undefined): string {
  const [now, then] = [parsePoints(total), parsePoints(before ?? '')];
  return now === undefined || then === undefined ? '' : minus(formatSigned(now - then));
}
