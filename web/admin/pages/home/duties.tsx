import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type DutyList, dutyListSchema } from '../../../../src/handling/duty/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { Card } from '../appeals/appeal-words.tsx';

/** What the reader owes, the most urgent first; nothing is shown when nothing is owed. */
export function Duties() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['duties'],
    queryFn: ({ signal }) => call(dutyListSchema, '/duties', { signal }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Block title={t('home.duties')}>
      <ul className="yp-entries">
        {data.items.map((duty) => (
          <li key={`${duty.matterId} ${duty.step}`}>
            <Link to={pageOf(duty)} params={{ id: duty.matterId }}>
              {duty.matterNumber}
            </Link>{' '}
            {t(stepName(duty))}{' '}
            <span className="yp-nowrap">{t('home.until', { at: moment(duty.dueAt) })}</span>{' '}
            <Card card={duty.card} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

type Duty = DutyList['items'][number];

function isOrder({ matterKind }: Duty): boolean {
  return matterKind === 'work_order';
}

function pageOf(duty: Duty) {
  return isOrder(duty) ? '/orders/$id' : '/appeals/$id';
}

function stepName(duty: Duty) {
  if (!isOrder(duty)) {
    return duty.step === 'opinion' ? ('appeals.step.opinion' as const) : ('appeals.step.review' as const);
  }
  if (duty.step.startsWith('part-')) return 'orders.duty.part' as const;
  const known = ['sign', 'contact', 'answer', 'call_back'] as const;
  return `orders.duty.${known.find((one) => one === duty.step) ?? 'answer'}` as const;
}
