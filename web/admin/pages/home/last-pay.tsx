import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { MonthState } from '../../parts/score-words.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { PayFigures } from '../pay/pay-figures.tsx';
import { payQuery } from '../pay/pay-query.ts';
import { monthsQuery } from '../scores/months.ts';

/** The newest pay sheet in figures, for those who read results and not what was rated. */
export function LastPay() {
  const { t } = useTranslation();
  const months = useQuery(monthsQuery);
  return (
    <Loaded query={months}>
      {(all) => {
        const last = all.find(({ closed_at: at }) => at !== null);
        if (last) return <Month month={last.month} />;
        return (
          <div className="yp-list">
            <Empty title={t('pay.noneYet.title')} text={t('pay.noneYet.text')} />
          </div>
        );
      }}
    </Loaded>
  );
}

function Month({ month }: { month: string }) {
  const { t, i18n } = useTranslation();
  const sheet = useQuery(payQuery(month, i18n.language));
  return (
    <Loaded query={sheet}>
      {(lines) => (
        <section aria-labelledby="last-pay">
          <h2 id="last-pay" className="yp-month-line">
            <Link to="/pay" search={{ month }}>
              {t('pay.last', { month })}
            </Link>{' '}
            {lines[0] ? <MonthState state={lines[0].state} /> : null}
          </h2>
          <PayFigures lines={lines} link={{ to: '/pay', search: { month } }} />
        </section>
      )}
    </Loaded>
  );
}
