import { Link } from '@tanstack/react-router';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StatementLine } from '../../../../src/close/statement/contract.ts';
import { join, minus } from '../../format.ts';
import { Level, RatingTags } from '../../parts/rating-words.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { useCan } from '../../session.ts';
import { LineAppeal, type Target } from '../appeals/line-appeal.tsx';

type Fact = NonNullable<StatementLine['fact']>;

/** Lines of a statement: what each says, by which rule, from which fact, and how much. */
export function ReceiptLines({
  name,
  lines,
  target,
}: {
  name: string;
  lines: readonly StatementLine[];
  /** whose statement it is */
  target: Target;
}) {
  const { t } = useTranslation();
  if (lines.length === 0) return <p className="yp-quiet">{t('receipt.noLines')}</p>;
  return (
    <Scroll label={name}>
      <table className="yp-lines yp-receipt">
        <thead>
          <tr>
            <th scope="col">{t('receipt.date')}</th>
            <th scope="col">{t('receipt.what')}</th>
            <th scope="col">{t('receipt.rule')}</th>
            <th scope="col" className="yp-num">
              {t('receipt.points')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.no}>
              <td className="yp-nowrap">{line.fact?.occurred_on}</td>
              <td>
                <What line={line} />
                <LineAppeal line={line} target={target} />
              </td>
              <td>
                <Rule rule={line.rule} />
              </td>
              <td className="yp-num">{signed(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** A base stands plain; what adds or deducts carries its sign. */
function signed({ kind, points }: StatementLine): string {
  const plain = kind === 'base' || kind === 'mean' || kind === 'inherited';
  if (plain || points.startsWith('-') || points === '0.00') return minus(points);
  return `+${points}`;
}

function What({ line }: { line: StatementLine }) {
  const { t } = useTranslation();
  return (
    <>
      {line.text}
      {line.entry_kind === 'pending' || line.entry_kind === 'void' || line.entry_kind === 'reversal' ? (
        <>
          {' '}
          <Tag>{t(`entryKind.${line.entry_kind}`)}</Tag>
        </>
      ) : null}
      {line.fact ? <FactLine fact={line.fact} /> : null}
      {line.entry_id ? <div className="yp-quiet">{t('receipt.entry', { id: line.entry_id })}</div> : null}
      {line.other_entry_id ? (
        <div className="yp-quiet">{t('receipt.otherEntry', { id: line.other_entry_id })}</div>
      ) : null}
    </>
  );
}

/**
 * The fact under the line: the rating itself a click away, a finding or merit with its evidence and its
 * people.
 */
function FactLine({ fact }: { fact: Fact }) {
  const { t } = useTranslation();
  const people = join([
    fact.recorded_by && t('receipt.recordedBy', { name: fact.recorded_by }),
    fact.confirmed_by && t('receipt.confirmedBy', { name: fact.confirmed_by }),
  ]);
  return (
    <div className="yp-fact-line">
      <span>
        <FactName fact={fact} />
        <CaseLink fact={fact} />
      </span>
      {fact.rating ? (
        <span>
          <Level level={fact.rating.satisfaction} /> <RatingTags tags={fact.rating.tags} />
        </span>
      ) : null}
      {fact.evidence ? <span>{t('receipt.evidence', { text: fact.evidence })}</span> : null}
      {people ? <span className="yp-quiet">{people}</span> : null}
    </div>
  );
}

function FactName({ fact }: { fact: Fact }) {
  const { t } = useTranslation();
  const can = useCan();
  if (fact.kind !== 'rating') return <>{join([t(`factKind.${fact.kind}`), fact.id], ' ')}</>;
  if (fact.id === null || !can('rating.read')) return <>{t('factKind.rating')}</>;
  return (
    <Link to="/ratings/$stepId/$assessNumber" params={{ stepId: fact.id, assessNumber: '1' }}>
      {t('receipt.openRating')}
    </Link>
  );
}

function CaseLink({ fact }: { fact: Fact }) {
  const { t } = useTranslation();
  const can = useCan();
  if (!fact.project_no) return null;
  return (
    <span>
      {' · '}
      {t('field.projectNo')}{' '}
      {can('record.read') ? (
        <Link to="/records" search={{ q: fact.project_no }}>
          {fact.project_no}
        </Link>
      ) : (
        fact.project_no
      )}
    </span>
  );
}

function Rule({ rule }: { rule: StatementLine['rule'] }) {
  const { t } = useTranslation();
  if (!rule) return null;
  return (
    <>
      {rule.name} <strong className="yp-nowrap">{minus(rule.value)}</strong>
      <div className="yp-quiet">{t('receipt.clause', { from: rule.from, source: rule.source })}</div>
    </>
  );
}
