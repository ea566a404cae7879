import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Spread, spreadSchema } from '../../../../src/close/statement/spread-contract.ts';
import { call } from '../../api/call.ts';
import { count } from '../../format.ts';
import { Loaded } from '../../parts/states.tsx';

/** Where the reader stands among colleagues of the same identity, without a name. */
export function OwnSpread({ month, staffNo }: { month: string; staffNo: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['spread', month, staffNo],
    queryFn: ({ signal }) =>
      call(spreadSchema, `/months/${month}/spread/${encodeURIComponent(staffNo)}`, { signal }),
  });
  return (
    <section className="yp-block" aria-labelledby="own-spread">
      <h2 id="own-spread">{t('myFile.spread')}</h2>
      <Loaded query={query}>{(spread) => <Bars spread={spread} />}</Loaded>
    </section>
  );
}

function Bars({ spread }: { spread: Spread }) {
  const { t } = useTranslation();
  const { month, identity, people, smallest_group: smallest, source, mean, bars } = spread;
  const group = t(`identityGroup.${identity}`);
  if (people === null)
    return <p className="yp-quiet">{t('myFile.spreadSmall', { group, smallest, source })}</p>;
  const most = bars.reduce((highest, bar) => Math.max(highest, bar.people), 1);
  return (
    <>
      <p className="yp-hint">{t('myFile.spreadHint', { month, group, people: count(people), mean })}</p>
      <table className="yp-spread">
        <thead>
          <tr>
            <th scope="col">{t('myFile.spreadBar')}</th>
            <th scope="col">{t('myFile.spreadCount')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ from, to, people: inside, own }) => (
            <tr key={from}>
              <th scope="row">{t('myFile.spreadRange', { from, to })}</th>
              <td>
                <meter min={0} max={most} value={inside} aria-hidden="true" />
                <span>
                  {t('myFile.spreadPeople', { count: inside })}
                  {own ? <strong> · {t('myFile.spreadOwn')}</strong> : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
