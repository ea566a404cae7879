import { useTranslation } from 'react-i18next';
import { PageHead } from '../parts/page-head.tsx';
import { useCan, useMe, useRoleName } from '../session.ts';
import { BoardParts } from './board/board.tsx';
import { Duties } from './home/duties.tsx';
import { LastPay } from './home/last-pay.tsx';
import { HomeLinks } from './home/links.tsx';
import { MonthDue } from './home/month-due.tsx';
import { MonthFigures } from './home/month-figures.tsx';
import { OwnOrders } from './home/own-orders.tsx';
import { OwnScore } from './home/own-score.tsx';

/**
 * What the reader's role starts the day with: the leader's board, the month's figures, its pay or the own
 * score, and the ways on.
 */
export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  const role = useRoleName();
  const can = useCan();
  return (
    <>
      <PageHead title={t('home.title', { name: me.name })} hint={role} />
      <div className="yp-stack">
        {me.role === 'leader' ? <BoardParts /> : null}
        <Duties />
        {can('order.read') ? <OwnOrders /> : null}
        {can('month.close') ? <MonthDue /> : null}
        {can('score.read') && can('rating.read') && me.role !== 'leader' ? <MonthFigures /> : null}
        {can('score.read') && !can('rating.read') ? <LastPay /> : null}
        {!can('score.read') && can('score.own') && me.staffNo ? <OwnScore staffNo={me.staffNo} /> : null}
        <HomeLinks />
      </div>
    </>
  );
}
