import { useTranslation } from 'react-i18next';
import type { Difference } from '../../../../src/ledger/scheme/draft-contract.ts';
import { minus } from '../../format.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** Value by value: what holds now, what the draft says, from when, and by which clause. */
export function Differences({
  differences,
  label,
}: {
  differences: readonly Difference[];
  /** names the table where the page shows it twice */
  label?: string;
}) {
  const { t } = useTranslation();
  if (differences.length === 0) return <p className="yp-quiet">{t('draft.noDifference')}</p>;
  return (
    <Scroll label={label ?? t('draft.differences', { count: differences.length })}>
      <table className="yp-lines yp-scheme">
        <thead>
          <tr>
            <th scope="col">{t('scheme.name')}</th>
            <th scope="col" className="yp-num">
              {t('draft.before')}
            </th>
            <th scope="col" className="yp-num">
              {t('draft.after')}
            </th>
            <th scope="col">{t('scheme.from')}</th>
            <th scope="col">{t('scheme.source')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ key, section, name, from, before, after, source }) => (
            <tr key={`${key} ${from}`}>
              <td>
                {name} <span className="yp-quiet">{t(`scheme.section.${section}`)}</span>
              </td>
              <td className="yp-num">
                {before ? (
                  <>
                    {minus(before.text)}
                    <div className="yp-quiet">{t('draft.since', { from: before.from })}</div>
                  </>
                ) : (
                  t('scheme.notYet')
                )}
              </td>
              <td className="yp-num">
                <strong>{minus(after)}</strong>
              </td>
              <td className="yp-nowrap">{from}</td>
              <td>{source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
