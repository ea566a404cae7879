import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Appeal } from '../../../../src/ledger/appeal/contract.ts';
import { join, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useMe } from '../../session.ts';
import { AppealFiles } from './appeal-files.tsx';
import { appealQuery } from './appeal-query.ts';
import { AppealSteps } from './appeal-steps.tsx';
import { AppealStateTag, Card, Due, points, useWords } from './appeal-words.tsx';

/** One appeal: what it is about, what has happened, and what the reader can do now. */
export function AppealDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/appeals/$id' });
  const query = useQuery(appealQuery(id));
  return (
    <DetailDrawer title={t('appeals.title', { number: query.data?.number ?? '' })} back="/appeals">
      <Loaded query={query}>
        {(appeal) => (
          <>
            <Head appeal={appeal} />
            <AppealSteps appeal={appeal} />
            <Line appeal={appeal} />
            <Block title={t('appeals.text')}>
              <p className="yp-pre">{appeal.text}</p>
            </Block>
            <AppealFiles appeal={appeal} />
            <Opinion appeal={appeal} />
            <Group appeal={appeal} />
            <Course appeal={appeal} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Head({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const { outcome, carriedOver } = appeal;
  return (
    <section className="yp-block" aria-label={t('appeals.stateLabel')}>
      <p>
        <AppealStateTag state={appeal.state} /> <Due due={appeal.due} />
      </p>
      {outcome ? (
        <>
          <p className="yp-pre yp-appeal-outcome">{outcome.reason}</p>
          <Facts
            facts={[
              [t('appeals.decidedBy'), join([outcome.by, moment(outcome.at)])],
              [t('appeals.given'), outcome.points],
              [t('appeals.countsIn'), outcome.month],
              [t('appeals.entry'), outcome.entryId ? <code key="entry">{outcome.entryId}</code> : null],
            ]}
          />
          {appeal.state === 'upheld' && outcome.points === null ? (
            <p className="yp-hint">{t('appeals.alreadyReversed')}</p>
          ) : null}
        </>
      ) : null}
      {carriedOver ? (
        <p className="yp-hint">
          {t('appeals.carried', {
            by: carriedOver.by,
            at: moment(carriedOver.at),
            reason: carriedOver.reason,
          })}
        </p>
      ) : null}
    </section>
  );
}

function Line({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const words = useWords();
  const { line, fact } = appeal;
  const me = useMe();
  const own = appeal.subjectKind === 'staff' && me.staffNo === appeal.subjectCode;
  return (
    <Block title={t('appeals.line')}>
      <Facts
        facts={[
          [t('appeals.subject'), `${appeal.subjectName} ${appeal.subjectCode}`],
          [t('scores.month'), <Statement key="month" appeal={appeal} own={own} />],
          [t('appeals.part'), words(line.partName)],
          [t('receipt.what'), words(line.text)],
          [t('receipt.points'), points(line.points)],
          [t('receipt.date'), line.occurredOn],
          [
            t('receipt.rule'),
            line.rule
              ? `${words(line.rule.name)} ${points(line.rule.value)} · ${t('receipt.clause', {
                  from: line.rule.from,
                  source: line.rule.source,
                })}`
              : null,
          ],
          [t('appeals.fact'), fact ? join([t(factName(fact.kind)), fact.id], ' ') : null],
          [t('field.projectNo'), fact?.projectNo],
          [t('appeals.evidence'), fact?.evidence],
          [t('appeals.recordedBy'), fact?.recordedBy],
          [t('appeals.confirmedBy'), fact?.confirmedBy],
        ]}
      />
    </Block>
  );
}

function factName(kind: string) {
  const known = ['finding', 'merit', 'complaint', 'rating', 'appeal', 'record', 'order'] as const;
  return `factKind.${known.find((one) => one === kind) ?? 'finding'}` as const;
}

function Statement({ appeal, own }: { appeal: Appeal; own: boolean }) {
  const { month, subjectKind: kind, subjectCode: code } = appeal;
  if (own) {
    return (
      <Link to="/my-file" search={{ month }}>
        {month}
      </Link>
    );
  }
  return (
    <Link to="/scores/$month/$kind/$code" params={{ month, kind, code }}>
      {month}
    </Link>
  );
}

function Opinion({ appeal: { opinion, duties } }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const owed = duties.find(({ step }) => step === 'opinion');
  if (!owed) return null;
  return (
    <Block title={t('appeals.opinion')}>
      {opinion ? (
        <>
          <p>
            <strong>{t(`appeals.stance.${opinion.stance}`)}</strong>
          </p>
          <p className="yp-pre">{opinion.text}</p>
          <p className="yp-quiet">{join([opinion.by, moment(opinion.at)])}</p>
        </>
      ) : (
        <p className="yp-quiet">{t('appeals.opinionUntil', { at: moment(owed.dueAt), days: owed.days })}</p>
      )}
    </Block>
  );
}

function Group({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const { group, votes } = appeal;
  if (group.length === 0) return null;
  return (
    <Block title={t('appeals.group')}>
      {votes ? <p>{t('appeals.votes', votes)}</p> : null}
      <ul className="yp-entries">
        {group.map((member) => (
          <li key={member.name}>
            {member.name} {member.chair ? <span className="yp-quiet">{t('appeals.chair')}</span> : null}
            {votes ? (
              <>
                {' '}
                <strong>{t(member.vote ? `appeals.vote.${member.vote}` : 'appeals.notVoted')}</strong>
                {member.reason ? <div className="yp-pre">{member.reason}</div> : null}
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}

/** Who did what, and who owes what until when. */
function Course({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  return (
    <Block title={t('appeals.course')}>
      <ol className="yp-entries">
        {appeal.course.map((step) => (
          <li key={`${step.what} ${step.by} ${step.at}`}>
            <span className="yp-nowrap">{moment(step.at)}</span> {t(`appeals.did.${step.what}`)}{' '}
            <span className="yp-quiet">{step.by}</span>
          </li>
        ))}
        {appeal.duties
          .filter(({ doneAt }) => doneAt === null)
          .map((duty) => (
            <li key={duty.step}>
              <span className="yp-nowrap">{moment(duty.dueAt)}</span>{' '}
              {t('appeals.owed', { step: t(`appeals.step.${duty.step}`), days: duty.days })}{' '}
              <Card card={duty.card} />
            </li>
          ))}
      </ol>
    </Block>
  );
}
