import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ACCOUNTS, type OrderView } from '../../../../src/handling/work-order/contract.ts';
import { join, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';

type Told = OrderView['events'][number];

const KNOWN = [
  ...(['opened', 'signed', 'contacted', 'assigned', 'returned', 'classified', 'paused', 'resumed'] as const),
  ...(['extension_asked', 'extension_approved', 'extension_refused', 'answered', 'sent_back'] as const),
  ...(['approved', 'called_back', 'reopened', 'supervised', 'withdrawn', 'overdue'] as const),
  ...([
    'reviewed',
    'verified',
    'excluded',
    'exclusion_rejected',
    'charged',
    'not_charged',
    'invited_again',
  ] as const),
  ...(['to_discipline', 'sms_sent', 'sms_failed', 'entrusted'] as const),
  ...(['part_asked', 'part_answered', 'part_returned', 'part_waived', 'met', 'closing_appealed'] as const),
  ...(['closed_uncalled', 'accounted', 'from_discipline'] as const),
] as const;

/** The story from the first word to the last. */
export function OrderStory({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('orders.story')}>
      <ol className="yp-entries">
        {order.events.map((event) => (
          <li key={`${event.at} ${event.what} ${event.detail?.step ?? ''}`}>
            <span className="yp-nowrap">{moment(event.at)}</span> <strong>{wordOf(t, event)}</strong>{' '}
            <span className="yp-quiet">{join([detailOf(t, event), nameOf(t, event)])}</span>
            {event.note ? <div className="yp-pre">{event.note}</div> : null}
          </li>
        ))}
      </ol>
    </Block>
  );
}

function wordOf(t: TFunction, { what }: Told): string {
  const known = KNOWN.find((one) => one === what);
  return known ? t(`orders.did.${known}`) : what;
}

const PARTS: ReadonlySet<string> = new Set([
  ...['clock', 'rectification', 'comment', 'notice', 'desk', 'follow-up'],
]);

/** Parts of the product have names that people needn't know. */
function nameOf(t: TFunction, { by }: Told): string {
  if (by === 'public') return t('orders.byCitizen');
  return PARTS.has(by) ? t('orders.byItself') : by;
}

const OUTCOMES = ['satisfied', 'dissatisfied', 'reached', 'no_answer', 'refused', 'wrong_number'] as const;
const STEPS = ['sign', 'contact', 'answer', 'call_back'] as const;
const FINDINGS = ['upheld', 'reasonable', 'mistaken', 'malicious'] as const;
const RULES = ['rating.not_rectified', 'rating.follow_up_dissatisfied', 'complaint.hotline_overdue'] as const;
const NOTICES = ['received', 'answered', 'extended', 'reminder', 'overdue', 'second_rating'] as const;
const UNCALLED = ['no_phone', 'anonymous'] as const;
const COMPLEXITIES = ['simple', 'complex', 'joint', 'longest'] as const;

/** What of the step's codes and dates a reader wants to know. */
function detailOf(t: TFunction, { detail }: Told): string {
  if (!detail) return '';
  const outcome = OUTCOMES.find((one) => one === detail.outcome);
  const step = STEPS.find((one) => one === detail.step);
  const complexity = COMPLEXITIES.find((one) => one === detail.complexity);
  const finding = FINDINGS.find((one) => one === detail.finding);
  const rule = RULES.find((one) => one === detail.rule);
  const notice = NOTICES.find((one) => one === detail.notice);
  const account = ACCOUNTS.find((one) => one === detail.account);
  const uncalled = UNCALLED.find((one) => one === detail.uncalled);
  const { dueAt, partDueAt, heldOn, to, subject } = detail;
  return join([
    outcome && t(`orders.outcome.${outcome}`),
    step && t(`orders.duty.${step}`),
    complexity && t(`orders.complexity.${complexity}`),
    finding && t(`orders.finding.${finding}`),
    rule && t(`orders.rule.${rule}`),
    notice && t(`orders.notice.${notice}`),
    account && t(`orders.account.${account}`),
    uncalled && t(`orders.uncalled.${uncalled}`),
    typeof subject === 'string' ? subject : '',
    typeof dueAt === 'string' ? t('orders.newDue', { at: moment(dueAt) }) : '',
    typeof partDueAt === 'string' ? t('orders.newDue', { at: moment(partDueAt) }) : '',
    typeof heldOn === 'string' ? heldOn : '',
    typeof to === 'string' ? to : '',
  ]);
}
