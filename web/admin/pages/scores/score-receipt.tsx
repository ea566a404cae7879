import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Derivation, StatementLine } from '../../../../src/close/statement/contract.ts';
import { count, moment, rate } from '../../format.ts';
import { Facts } from '../../parts/facts.tsx';
import { Flags, MonthState, useGradeName } from '../../parts/score-words.tsx';
import { Loaded } from '../../parts/states.tsx';
import type { Target } from '../appeals/line-appeal.tsx';
import { ReceiptLines } from './receipt-lines.tsx';
import { liveQuery, scoreQuery } from './score-query.ts';

interface Props {
  month: string;
  kind: string;
  code: string;
  /** as it stands now instead of at the last close */
  live?: boolean;
}

/**
 * How a total came about: part by part, line by line, down to the fact. The points of the lines add up to
 * it.
 */
export function ScoreReceipt({ month, kind, code, live = false }: Props) {
  const query = useQuery(live ? liveQuery(month, code) : scoreQuery(month, kind, code));
  return <Loaded query={query}>{(derivation) => <Receipt derivation={derivation} live={live} />}</Loaded>;
}

function Receipt({ derivation, live }: { derivation: Derivation; live: boolean }) {
  const { t } = useTranslation();
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash) document.getElementById(hash)?.scrollIntoView();
  }, [hash]);
  const indicators = derivation.parts.filter((part) => part.kind === 'indicator');
  const bonus = derivation.parts.filter((part) => part.kind === 'bonus');
  const linesOf = (code: string) => derivation.lines.filter((line) => line.part === code);
  const totalLines = linesOf('total');
  const target = {
    month: derivation.month,
    kind: derivation.subject_kind,
    code: derivation.subject_code,
    until: derivation.appeal_until,
  };
  return (
    <div className="yp-stack">
      <Summary derivation={derivation} live={live} />
      {indicators.map((part) => (
        <Part key={part.code} part={part} lines={linesOf(part.code)} target={target} />
      ))}
      {derivation.bonus_total === null ? null : (
        <section className="yp-block" id="bonus">
          <div className="yp-indicator">
            <h2>{t('scores.bonus')}</h2>
            <strong>{derivation.bonus_total}</strong>
          </div>
          {bonus.every((part) => linesOf(part.code).length === 0) ? (
            <p className="yp-quiet">{t('receipt.noBonus')}</p>
          ) : null}
          {bonus.map((part) => (
            <BonusItem key={part.code} part={part} lines={linesOf(part.code)} target={target} />
          ))}
        </section>
      )}
      {totalLines.length > 0 ? (
        <section className="yp-block" id="total">
          <h2>{t('receipt.onTotal')}</h2>
          <ReceiptLines name={t('receipt.onTotal')} lines={totalLines} target={target} />
        </section>
      ) : null}
      {derivation.pending.length > 0 ? (
        <section className="yp-block" id="pending">
          <h2>{t('receipt.pending')}</h2>
          <p className="yp-hint">{t('receipt.pendingHint')}</p>
          <ReceiptLines name={t('receipt.pending')} lines={derivation.pending} target={target} />
        </section>
      ) : null}
    </div>
  );
}

function Summary({ derivation, live }: { derivation: Derivation; live: boolean }) {
  const { t } = useTranslation();
  const gradeName = useGradeName();
  const { counts, call_back: callBack, tie_breakers: ties } = derivation;
  return (
    <section className="yp-block" aria-label={t('receipt.summary')}>
      <div className="yp-receipt-total">
        <strong>{derivation.total}</strong>
        <span>{gradeName(derivation.grade)}</span>
        <MonthState state={derivation.state} />
        <Flags flags={derivation.flags} />
      </div>
      <Sum derivation={derivation} />
      <Facts
        facts={[
          [t('scores.goodRate'), rate({ numerator: counts.good, denominator: counts.rated })],
          [t('scores.ratedOfRatable'), rate({ numerator: counts.rated, denominator: counts.ratable })],
          [t('scores.onTime'), derivation.on_time.denominator === 0 ? '—' : rate(derivation.on_time)],
          [t('receipt.callBack'), callBack.denominator === 0 ? '—' : rate(callBack)],
          [t('scores.bad'), count(counts.bad)],
          [t('receipt.excluded'), count(derivation.excluded)],
          [
            t('receipt.pending'),
            derivation.pending.length > 0 ? (
              <a key="pending" href="#pending">
                {count(derivation.pending.length)}
              </a>
            ) : null,
          ],
          [
            t('receipt.ties'),
            ties.length === 0
              ? null
              : ties.map(({ name, value }) => `${name} ${value ?? '—'}`).join(t('receipt.then')),
          ],
          [
            t('nav.scheme'),
            <Link key="scheme" to="/scheme" search={{ on: `${derivation.month}-01` }}>
              {derivation.scheme_name}
            </Link>,
          ],
          [t('receipt.schemeHash'), <code key="hash">{derivation.scheme_hash.slice(0, 16)}</code>],
          [t(live ? 'myFile.computedAt' : 'scores.lastClose'), moment(derivation.closed_at)],
        ]}
      />
    </section>
  );
}

/** The sum as one would write it on paper, each summand leading to its part. */
function Sum({ derivation }: { derivation: Derivation }) {
  const { t } = useTranslation();
  const parts = derivation.parts.filter((part) => part.kind === 'indicator');
  return (
    <p className="yp-sum">
      {parts.map((part, index) => (
        <span key={part.code}>
          {index > 0 ? ' + ' : ''}
          <a href={`#${part.code}`}>
            {part.name} {part.points}
          </a>
        </span>
      ))}
      {derivation.bonus_total === null ? null : (
        <>
          {' + '}
          <a href="#bonus">
            {t('scores.bonus')} {derivation.bonus_total}
          </a>
        </>
      )}
      {' = '}
      <strong>{derivation.total}</strong>
    </p>
  );
}

interface PartProps {
  part: Derivation['parts'][number];
  lines: readonly StatementLine[];
  target: Target;
}

function Part({ part, lines, target }: PartProps) {
  const { t } = useTranslation();
  return (
    <section className="yp-block" id={part.code}>
      <div className="yp-indicator">
        <h2>{part.name}</h2>
        <span>
          <strong>{part.points}</strong>{' '}
          <span className="yp-quiet">{t('receipt.of', { highest: part.highest })}</span>
        </span>
      </div>
      <ReceiptLines name={part.name} lines={lines} target={target} />
    </section>
  );
}

function BonusItem({ part, lines, target }: PartProps) {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  return (
    <div id={part.code} className="yp-inline-form">
      <div className="yp-indicator">
        <h3>{part.name}</h3>
        <span>
          {part.points} <span className="yp-quiet">{t('receipt.of', { highest: part.highest })}</span>
        </span>
      </div>
      <ReceiptLines name={part.name} lines={lines} target={target} />
    </div>
  );
}
