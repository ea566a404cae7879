import { useQuery } from '@tanstack/react-query';
import { createLink, Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../../src/ledger/scheme/draft-contract.ts';
import { join, moment } from '../../format.ts';
import { Block, Facts } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Differences } from './differences.tsx';
import { DraftForm } from './draft-form.tsx';
import { draftQuery } from './draft-queries.ts';
import { DraftSteps } from './draft-steps.tsx';
import { DraftStateTag } from './drafts.tsx';

/** A link that looks like the buttons beside it; one stop for the keyboard. */
const ButtonLink = createLink(Button);

/** A draft of the scheme: its form, what it changes, what is wrong with it, and the way into force. */
export function DraftPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/scheme-drafts/$id' });
  const query = useQuery(draftQuery(id));
  return (
    <>
      <PageHead
        title={query.data?.title ?? t('draft.one')}
        hint={
          <>
            <Link to="/scheme-drafts">{t('nav.drafts')}</Link>
            {query.data?.reason ? ` · ${query.data.reason}` : null}
          </>
        }
      >
        {query.data && query.data.hash !== null && query.data.changes.length > 0 ? (
          <ButtonLink to="/scheme-drafts/$id/what-if" params={{ id }}>
            {t('whatIf.open')}
          </ButtonLink>
        ) : null}
        {query.data ? <DraftSteps draft={query.data} /> : null}
      </PageHead>
      <Loaded query={query}>{(draft) => <Content draft={draft} />}</Loaded>
    </>
  );
}

function Content({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const loose = draft.faults.filter(({ key }) => key === null || !draft.may.edit);
  return (
    <div className="yp-stack">
      {draft.stale ? <Alert type="warning" showIcon title={t('draft.stale')} /> : null}
      {loose.length > 0 ? (
        <Alert
          type="error"
          showIcon
          title={t('draft.faults', { count: loose.length })}
          description={
            <ul className="yp-faults">
              {loose.map((fault) => (
                <li key={`${fault.key} ${fault.text}`}>{fault.text}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      <section className="yp-block">
        <Facts
          facts={[
            [t('draft.state'), <DraftStateTag key="state" state={draft.state} />],
            [t('draft.effectiveFrom'), draft.effective_from],
            [t('draft.base'), t('draft.baseValue', { from: draft.base.effective_from })],
            [t('draft.changed'), join([draft.changed_by, moment(draft.changed_at)])],
            [t('draft.proposer'), join([draft.proposed_by, moment(draft.proposed_at)])],
            [t('draft.decider'), join([draft.decided_by, moment(draft.decided_at)])],
            [t('draft.note'), draft.decision_note],
            [
              t('receipt.schemeHash'),
              draft.hash ? (
                <code key="hash" title={draft.hash}>
                  {draft.hash.slice(0, 16)}
                </code>
              ) : null,
            ],
          ]}
        />
      </section>
      {draft.may.edit ? <DraftForm key={draft.revision} draft={draft} /> : null}
      <Block title={t('draft.differences', { count: draft.differences.length })}>
        <Differences differences={draft.differences} />
      </Block>
    </div>
  );
}
