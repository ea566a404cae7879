import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Board, type BoardCounts, boardView } from '../../../../src/uses/dashboard/contract.ts';
import { call } from '../../api/call.ts';
import { count, moment, percent, rate } from '../../format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { Block } from '../../parts/facts.tsx';
import { Figure } from '../../parts/figure.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { TrendLine } from './trend-line.tsx';

const boardQuery = queryOptions({
  queryKey: ['board'],
  queryFn: ({ signal }) => call(boardView, '/dashboard', { signal }),
  refetchInterval: 60_000,
});

/** What a leader reads in a minute: how people judge, what waits, what they blame, and where it goes. */
export function BoardPage() {
  const { t } = useTranslation();
  const query = useQuery(boardQuery);
  return (
    <>
      <PageHead
        title={t('nav.board')}
        hint={query.data ? t('board.hint', { at: moment(query.data.asOf) }) : null}
      >
        <Button href="/admin/screen" target="_blank">
          {t('board.screen')}
        </Button>
      </PageHead>
      <BoardParts />
    </>
  );
}

/** The same without a title, for the leader's first page. */
export function BoardParts() {
  const query = useQuery(boardQuery);
  return (
    <Loaded query={query}>
      {(board) => (
        <div className="yp-stack">
          <Head board={board} />
          <div className="yp-board">
            <Decisions board={board} />
            <Causes board={board} />
          </div>
          <Trend board={board} />
        </div>
      )}
    </Loaded>
  );
}

function Head({ board }: { board: Board }) {
  const { t } = useTranslation();
  const { month, today, orders } = board;
  const days = { from: month.from, to: month.to };
  return (
    <div className="yp-figures">
      <Figure
        name={t('board.goodRate')}
        value={percent(month.good_rate.numerator, month.good_rate.denominator)}
        small={<Known counts={month} />}
        to="/ratings"
        search={days}
      />
      <Figure
        name={t('board.ratingRate')}
        value={percent(month.rating_rate.numerator, month.rating_rate.denominator)}
        small={`${count(month.rating_rate.numerator)}/${count(month.rating_rate.denominator)}`}
        to="/ratings"
        search={days}
      />
      <Figure
        name={t('board.today')}
        value={percent(today.rating_rate.numerator, today.rating_rate.denominator)}
        small={t('board.todaySmall', {
          rated: count(today.rating_rate.numerator),
          ratable: count(today.rating_rate.denominator),
          good: rate(today.good_rate),
        })}
        to="/ratings"
        search={{ from: today.from, to: today.to }}
      />
      <Figure
        name={t('board.red')}
        value={count(orders.red)}
        small={t('board.redSmall', {
          open: count(orders.open),
          yellow: count(orders.yellow),
          supervised: count(orders.supervised),
        })}
        alarm={orders.red > 0}
        to="/orders"
        search={{ card: 'red' }}
      />
      <Figure
        name={t('board.answered')}
        value={percent(board.answered_rate.numerator, board.answered_rate.denominator)}
        small={`${count(board.answered_rate.numerator)}/${count(board.answered_rate.denominator)}`}
        to="/orders"
        search={{ view: 'overview' }}
      />
    </div>
  );
}

/** The numbers of a good rate and what chance leaves open; how it moved since last month. */
function Known({ counts }: { counts: BoardCounts }) {
  const { t } = useTranslation();
  const { good_rate: good, good_rate_interval: known } = counts;
  const numbers = `${count(good.numerator)}/${count(good.denominator)}`;
  if (known === null) return <>{numbers}</>;
  return <>{t('board.known', { numbers, low: share(known.low), high: share(known.high) })}</>;
}

/** '0.9612' as '96.1 %'. */
function share(value: string): string {
  return `${(Number(value) * 100).toFixed(1)} %`;
}

const PLACES = {
  exclusion: { to: '/exclusions', search: { state: 'proposed' } },
  review: { to: '/integrity', search: { state: 'proposed' } },
  order: { to: '/orders', search: { state: 'approval' } },
  appeal: { to: '/appeals', search: {} },
  draft: { to: '/scheme-drafts', search: {} },
} as const;

function Decisions({ board }: { board: Board }) {
  const { t } = useTranslation();
  const can = useCan();
  const empty = board.decisions.length === 0 && board.months.length === 0;
  return (
    <Block title={t('board.decisions')}>
      {empty ? <p className="yp-quiet">{t('board.noDecision')}</p> : null}
      <ul className="yp-board-list">
        {board.decisions.map(({ kind, count: waiting }) => (
          <li key={kind}>
            <Link {...PLACES[kind]}>{t(`board.decision.${kind}`)}</Link>
            <b>{count(waiting)}</b>
          </li>
        ))}
        {board.months.map(({ month, state }) => (
          <li key={month}>
            {can('month.close') ? (
              <Link to="/month" search={{ month }}>
                {t('board.month', { month })}
              </Link>
            ) : (
              <Link to="/scores" search={{ month }}>
                {t('board.month', { month })}
              </Link>
            )}
            <span>{t(`monthState.${state}`)}</span>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Causes({ board }: { board: Board }) {
  const { t } = useTranslation();
  const english = currentLanguage() === 'en';
  const bad = board.month.bad;
  return (
    <Block title={t('board.causes', { count: bad })}>
      {board.causes.length === 0 ? <p className="yp-quiet">{t('board.noCause')}</p> : null}
      <ul className="yp-board-list">
        {board.causes.map(({ code, zh, en, count: times }) => (
          <li key={code}>
            <Link to="/ratings" search={{ from: board.month.from, to: board.month.to, tag: String(code) }}>
              {english ? en : zh}
            </Link>
            <b>{count(times)}</b>
          </li>
        ))}
      </ul>
      <p className="yp-hint">{t('board.causesHint')}</p>
    </Block>
  );
}

function Trend({ board }: { board: Board }) {
  const { t } = useTranslation();
  const first = board.trend.findIndex(({ rating_rate: of }) => of.denominator > 0);
  const months = first < 0 ? [] : board.trend.slice(first);
  return (
    <Block title={t('board.trend')}>
      <TrendLine label={t('board.trend')} months={months} />
      {months.length === 0 ? <p className="yp-quiet">{t('board.noTrend')}</p> : null}
      <Scroll label={t('board.trend')}>
        <table className="yp-lines">
          <thead>
            <tr>
              <th scope="col">{t('board.monthOf')}</th>
              <th scope="col" className="yp-num">
                {t('board.goodRate')}
              </th>
              <th scope="col" className="yp-num">
                {t('board.ratingRate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {months.toReversed().map((line) => (
              <tr key={line.month}>
                <th scope="row" className="yp-nowrap">
                  {line.month}
                </th>
                <td className="yp-num">{rate(line.good_rate)}</td>
                <td className="yp-num">{rate(line.rating_rate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="yp-hint">{t('board.source')}</p>
    </Block>
  );
}
