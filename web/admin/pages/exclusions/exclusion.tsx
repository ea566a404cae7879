import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ExclusionView, exclusionView } from '../../../../src/handling/exclusion/contract.ts';
import { call } from '../../api/call.ts';
import { join, moment, rate } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { RatingLink } from '../../parts/rating-link.tsx';
import { Channel, Level, RatingTags } from '../../parts/rating-words.tsx';
import { PersonLink, WindowLink } from '../../parts/registry-links.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Loaded } from '../../parts/states.tsx';
import { ExclusionFiles } from './exclusion-files.tsx';
import { ExclusionSteps } from './exclusion-steps.tsx';
import { ExclusionState } from './exclusion-words.tsx';

/** A proposal to take a rating out: what it says, what shows it, and what it would change. */
export function ExclusionDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/exclusions/$id' });
  const query = useQuery({
    queryKey: ['exclusion', id],
    queryFn: ({ signal }) => call(exclusionView, `/exclusions/${encodeURIComponent(id)}`, { signal }),
  });
  const rating = query.data?.rating;
  const title = rating
    ? t('exclusions.title', { record: `${rating.projectNo}-${rating.serviceNumber}` })
    : t('exclusions.one');
  return (
    <DetailDrawer title={title} back="/exclusions">
      <Loaded query={query}>
        {(exclusion) => (
          <>
            <Proposal exclusion={exclusion} />
            <ExclusionFiles exclusion={exclusion} />
            <Rated exclusion={exclusion} />
            <Effect exclusion={exclusion} />
            <ExclusionSteps key={exclusion.state} exclusion={exclusion} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Proposal({ exclusion }: { exclusion: ExclusionView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('exclusions.proposal')} extra={<ExclusionState state={exclusion.state} />}>
      <Facts
        facts={[
          [t('exclusions.verdict'), t(`verdict.${exclusion.verdict}`)],
          [t('exclusions.reason'), exclusion.reason],
          [
            t('exclusions.evidence'),
            <span key="e" className="yp-pre">
              {exclusion.evidence}
            </span>,
          ],
          [
            t('exclusions.finding'),
            exclusion.findingId && (
              <Link key="f" to="/integrity/$id" params={{ id: exclusion.findingId }}>
                {t('exclusions.toFinding')}
              </Link>
            ),
          ],
          [t('exclusions.proposer'), `${exclusion.proposedBy} ${moment(exclusion.proposedAt)}`],
          [
            t('exclusions.decider'),
            exclusion.decidedBy && `${exclusion.decidedBy} ${moment(exclusion.decidedAt)}`,
          ],
          [t('exclusions.note'), exclusion.note],
          [t('exclusions.appeal'), exclusion.appeal?.note],
          [
            t('exclusions.firstDecision'),
            exclusion.appeal && join([exclusion.appeal.firstDecidedBy, exclusion.appeal.firstNote]),
          ],
        ]}
      />
    </Block>
  );
}

function Rated({ exclusion: { rating } }: { exclusion: ExclusionView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('exclusions.rating')}>
      <Facts
        facts={[
          [
            t('field.projectNo'),
            <RatingLink
              key="r"
              stepId={rating.stepId}
              assessNumber={rating.assessNumber}
              text={`${rating.projectNo}-${rating.serviceNumber}`}
            />,
          ],
          [t('field.taskName'), rating.taskName],
          [t('field.serviceTime'), moment(rating.serviceTime)],
          [t('ratings.at'), moment(rating.assessedAt)],
          [t('ratings.level'), <Level key="l" level={rating.satisfaction} />],
          [t('ratings.tag'), rating.tags.length > 0 && <RatingTags key="t" tags={rating.tags} />],
          [t('ratings.channel'), <Channel key="c" code={rating.channel} />],
          [
            t('field.window'),
            rating.windowCode && <WindowLink key="w" code={rating.windowCode} name={null} />,
          ],
          [t('field.staff'), rating.staffNo && <PersonLink key="s" staffNo={rating.staffNo} name={null} />],
        ]}
      />
    </Block>
  );
}

type Line = ExclusionView['effect']['lines'][number];

/** In figures, before anybody decides: rates with their numbers, and none where nothing is left. */
function Effect({ exclusion: { effect, state } }: { exclusion: ExclusionView }) {
  const { t } = useTranslation();
  if (effect.lines.length === 0) return null;
  return (
    <Block
      title={t(state === 'approved' ? 'exclusions.effectDone' : 'exclusions.effect', { month: effect.month })}
    >
      <Scroll label={t('exclusions.effect', { month: effect.month })}>
        <Table<Line>
          aria-label={t('exclusions.effect', { month: effect.month })}
          size="small"
          pagination={false}
          rowKey="kind"
          dataSource={effect.lines}
          columns={[
            {
              key: 'who',
              title: t('exclusions.who'),
              render: (_, row) => `${t(`subject.${row.kind}`)} ${row.code}`,
            },
            { key: 'before', title: t('exclusions.before'), render: (_, row) => rate(row.before) },
            { key: 'after', title: t('exclusions.after'), render: (_, row) => rate(row.after) },
            {
              key: 'out',
              title: t('exclusions.excluded'),
              className: 'yp-nowrap',
              render: (_, row) => `${row.excludedBefore} → ${row.excludedAfter}`,
            },
          ]}
        />
      </Scroll>
      <p className="yp-hint">{t('exclusions.effectHint')}</p>
    </Block>
  );
}
