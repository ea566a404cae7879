import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type CallDetail, callDetail } from '../../../../src/feedback/follow-up/contract.ts';
import { call } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, type Fact, Facts } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/states.tsx';
import { AttemptForm } from './attempt-form.tsx';
import { CallCard, Outcome } from './call-words.tsx';
import { PhoneBlock } from './phone-block.tsx';

const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['call-back', id],
    queryFn: ({ signal }) => call(callDetail, `/call-backs/${id}`, { signal }),
  });

/** One call-back: whom to call, the script, and what was tried and said. */
export function CallBackDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/call-backs/$id' });
  const query = useQuery(callQuery(id));
  return (
    <DetailDrawer title={t('callBacks.title', { number: query.data?.number ?? '' })} back="/call-backs">
      <Loaded query={query}>
        {(detail) => (
          <>
            <Head detail={detail} />
            {detail.may.includes('phone') ? <PhoneBlock key={detail.id} id={detail.id} /> : null}
            {detail.may.includes('attempt') ? <AttemptForm key={detail.attempts} detail={detail} /> : null}
            {detail.answers ? <Answers answers={detail.answers} /> : null}
            <Tries detail={detail} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Head({ detail }: { detail: CallDetail }) {
  const { t } = useTranslation();
  const { projectNo, serviceNumber, stepId } = detail;
  const record =
    projectNo === null ? null : join([projectNo, serviceNumber === null ? null : String(serviceNumber)], '-');
  return (
    <section className="yp-block" aria-label={t('callBacks.stateLabel')}>
      <Facts
        facts={[
          [t('callBacks.sourceLabel'), t(`callBacks.source.${detail.source}`)],
          [
            t('callBacks.due'),
            <span key="due">
              {moment(detail.dueAt)} <CallCard card={detail.card} />
            </span>,
          ],
          [t('field.taskName'), detail.taskName],
          [
            t('field.projectNo'),
            stepId === null ? (
              record
            ) : (
              <Link key="record" to="/records/$stepId" params={{ stepId }}>
                {record}
              </Link>
            ),
          ],
          [t('field.windowCode'), join([detail.windowName, detail.windowCode], ' ')],
          [t('callBacks.staffNo'), detail.staffNo],
          [t('callBacks.servedOn'), detail.servedOn],
          [t('callBacks.openedAt'), moment(detail.openedAt)],
          [
            t('callBacks.outcomeLabel'),
            detail.outcome === null ? null : (
              <Outcome key="outcome" outcome={detail.outcome} satisfied={detail.satisfied} />
            ),
          ],
          [t('callBacks.closedAt'), detail.closedAt === null ? null : moment(detail.closedAt)],
          [t('callBacks.caller'), detail.caller],
        ]}
      />
    </section>
  );
}

const YES_NO = ['toldOnce', 'oneGo', 'onTime', 'askedMoney', 'rated'] as const;

function Answers({ answers }: { answers: NonNullable<CallDetail['answers']> }) {
  const { t } = useTranslation();
  const facts: Fact[] = [
    [t('callBacks.satisfiedQ'), t(answers.satisfied ? 'callBacks.satisfied' : 'callBacks.dissatisfied')],
    ...(['attitude', 'efficiency'] as const).map((name): Fact => {
      const said = answers[name];
      return [t(`callBacks.${name}Q`), said === null ? null : t(`callBacks.grade.${said}`)];
    }),
    ...YES_NO.map((name): Fact => {
      const said = answers[name];
      return [t(`callBacks.${name}Q`), said === null ? null : t(said ? 'callBacks.yes' : 'callBacks.no')];
    }),
    [t('callBacks.praised'), answers.praised ? t('callBacks.yes') : null],
    [t('callBacks.remark'), answers.remark],
  ];
  return (
    <Block title={t('callBacks.answers')}>
      <Facts facts={facts} />
    </Block>
  );
}

function Tries({ detail }: { detail: CallDetail }) {
  const { t } = useTranslation();
  const { tries, most, days } = detail;
  return (
    <Block title={t('callBacks.tries')}>
      <p className="yp-hint">{t('callBacks.triesLeft', { most, days })}</p>
      {tries.length === 0 ? <p className="yp-quiet">{t('callBacks.noTries')}</p> : null}
      <ol className="yp-entries">
        {tries.map((one) => (
          <li key={one.calledAt}>
            {moment(one.calledAt)} · {t(`callBacks.outcome.${one.outcome}`)}
            <span className="yp-quiet"> · {join([one.caller, one.note])}</span>
          </li>
        ))}
      </ol>
    </Block>
  );
}
