import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FindingDetail, findingDetail } from '../../../../src/handling/integrity/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Evidence } from './evidence.tsx';
import { FindingState, subjectWords } from './finding-words.tsx';
import { DecisionForm, ProposalForm } from './review-forms.tsx';
import { Reviews } from './reviews.tsx';

/** A finding: what is odd in figures, the ratings behind it, and what people make of it. */
export function FindingDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/integrity/$id' });
  const query = useQuery({
    queryKey: ['integrity-finding', id],
    queryFn: ({ signal }) => call(findingDetail, `/integrity/findings/${encodeURIComponent(id)}`, { signal }),
  });
  const title = query.data ? t(`integrity.detectors.${query.data.detector}`) : t('integrity.one');
  return (
    <DetailDrawer title={title} back="/integrity">
      <Loaded query={query}>{(finding) => <Finding key={finding.state} finding={finding} />}</Loaded>
    </DetailDrawer>
  );
}

function Finding({ finding }: { finding: FindingDetail }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const proposing = finding.may.includes('propose');
  return (
    <>
      <Block title={t('integrity.explanation')} extra={<FindingState state={finding.state} />}>
        <p>{finding.explanation[currentLanguage()]}</p>
        <Facts
          facts={[
            [t('integrity.subject'), subjectWords(t, finding)],
            [t('integrity.ratings'), finding.ratings],
            [t('integrity.foundAt'), moment(finding.foundAt)],
            [t('integrity.rule'), t('integrity.ruleText', finding.rule)],
          ]}
        />
        <p className="yp-hint">{t('integrity.onlyHint')}</p>
      </Block>
      <Reviews reviews={finding.reviews} />
      <Evidence finding={finding} {...(proposing ? { chosen, onChoose: setChosen } : {})} />
      {proposing ? <ProposalForm finding={finding} chosen={chosen} /> : null}
      {finding.may.includes('decide') || finding.may.includes('withdraw') ? (
        <DecisionForm finding={finding} />
      ) : null}
    </>
  );
}
