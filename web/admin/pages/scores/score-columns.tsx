import { Link } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Score } from '../../../../src/close/statement/contract.ts';
import { INDICATORS } from '../../../../src/kernel/assessment.ts';
import { count, percent, rate } from '../../format.ts';
import { Flags, MonthState, useGradeName } from '../../parts/score-words.tsx';
import { daysOf } from '../../parts/stats.ts';
import { useCan } from '../../session.ts';

type Kind = Score['subject_kind'];

/** The columns of the score table; each number opens what it was made of. */
export function useScoreColumns(kind: Kind, state: Score['state']): TableColumnsType<Score> {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  const points = (key: string, title: string, value: (row: Score) => string | null, part?: string) => ({
    key,
    title,
    align: 'right' as const,
    className: 'yp-num',
    sorter: true,
    render: (_: unknown, row: Score) => (
      <ReceiptLink score={row} part={part}>
        {value(row)}
      </ReceiptLink>
    ),
  });
  const counted = (key: 'goodRate' | 'ratedOfRatable' | 'onTime', render: (row: Score) => ReactNode) => ({
    key,
    title: t(`scores.${key}`),
    align: 'right' as const,
    className: 'yp-num',
    render: (_: unknown, row: Score) => render(row),
  });
  const staffOnly: TableColumnsType<Score> = [
    points('bonus_total', t('scores.bonus'), (row) => row.bonus_total, 'bonus'),
    {
      key: 'grade',
      title: t('scores.grade'),
      className: 'yp-nowrap',
      render: (_, row) => gradeName(row.grade),
    },
  ];
  return [
    {
      key: 'name',
      title: t(`subject.${kind}`),
      sorter: true,
      className: kind === 'staff' ? 'yp-stays yp-nowrap' : 'yp-stays',
      render: (_, row) => (
        <>
          <ReceiptLink score={row}>{row.name}</ReceiptLink>{' '}
          <span className="yp-quiet">{row.subject_code}</span>
        </>
      ),
    },
    points('total', t('scores.total'), (row) => row.total),
    ...(kind === 'staff' ? staffOnly : []),
    ...INDICATORS.map((each) => points(each, t(`indicator.${each}`), (row) => row.indicators[each], each)),
    counted('goodRate', (row) => <RatedLink score={row}>{rateOf(goodRate(row))}</RatedLink>),
    counted('ratedOfRatable', (row) => `${count(row.counts.rated)}/${count(row.counts.ratable)}`),
    counted('onTime', (row) => rateOf(row.on_time)),
    {
      key: 'bad',
      title: t('scores.bad'),
      align: 'right',
      className: 'yp-num',
      sorter: true,
      render: (_, row) => (
        <ReceiptLink score={row} part="rating">
          {count(row.counts.bad)}
        </ReceiptLink>
      ),
    },
    {
      key: 'flags',
      title: t('scores.flags'),
      className: 'yp-nowrap',
      render: (_, row) => <Marks score={row} state={state} />,
    },
  ];
}

/** What there is to mind, and how far the own hall is where that is otherwise than the month. */
function Marks({ score, state }: { score: Score; state: Score['state'] }) {
  return (
    <>
      {score.state === state ? null : <MonthState state={score.state} />}
      <Flags flags={score.flags} />
    </>
  );
}

function goodRate({ counts: { good, rated } }: Score): Share {
  return { numerator: good, denominator: rated };
}

type Share = Pick<Score['on_time'], 'numerator' | 'denominator'>;

function rateOf(share: Share): string {
  return share.denominator === 0 ? percent(0, 0) : rate(share);
}

function ReceiptLink({
  score,
  part,
  children,
}: {
  score: Score;
  part?: string | undefined;
  children: ReactNode;
}) {
  return (
    <Link
      to="/scores/$month/$kind/$code"
      params={{ month: score.month, kind: score.subject_kind, code: score.subject_code }}
      {...(part ? { hash: part } : {})}
    >
      {children}
    </Link>
  );
}

/** The ratings behind a rate, for those who may read them. */
function RatedLink({ score, children }: { score: Score; children: ReactNode }) {
  const can = useCan();
  if (!can('rating.read') || score.counts.rated === 0) return <>{children}</>;
  return (
    <Link to="/ratings" search={{ [score.subject_kind]: score.subject_code, ...daysOf(score.month) }}>
      {children}
    </Link>
  );
}
