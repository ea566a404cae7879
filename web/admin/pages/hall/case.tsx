import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Form, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type ApplicationView,
  applicationView,
  type Decision,
} from '../../../../src/intake/acceptance/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { CaseDue, CaseState } from './case-words.tsx';
import { DecisionFields, type DecisionValues, decisionOf } from './decision-fields.tsx';
import { caseQuery, desksQuery, refresh } from './hall-query.ts';
import { SlipLink } from './slip-link.tsx';

/** One case: how it stands, its papers, what was told, what was done, and what can be handed in now. */
export function CaseDrawer() {
  const { projectNo } = useParams({ from: '/office/counter/$projectNo' });
  const query = useQuery(caseQuery(projectNo));
  return (
    <DetailDrawer title={projectNo} back="/counter">
      <Loaded query={query}>
        {(view) => (
          <>
            <Head view={view} />
            <Papers view={view} />
            <Supplement view={view} />
            <Notices view={view} />
            <Course view={view} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Head({ view }: { view: ApplicationView }) {
  const { t } = useTranslation();
  return (
    <section className="yp-block" aria-label={t('hall.stateLabel')}>
      <p>
        <CaseState state={view.state} /> <CaseDue row={view} />
      </p>
      <Facts
        facts={[
          [t('field.taskName'), view.itemName],
          [t('field.department'), view.departmentName],
          [t('hall.applicant'), view.applicant],
          [t('field.windowCode'), view.windowCode],
          [t('hall.receivedAt'), moment(view.receivedAt)],
          [t('registry.promise'), t('records.days', { count: view.promisedDays })],
          [
            t('hall.extended'),
            view.extendedDays > 0 ? t('records.days', { count: view.extendedDays }) : null,
          ],
          [t('hall.paused'), view.pausedDays > 0 ? t('records.days', { count: view.pausedDays }) : null],
        ]}
      />
      {view.joint.length > 0 ? (
        <p>
          {t('hall.joint')}{' '}
          {view.joint.map((one) => (
            <span key={one.projectNo}>
              <Link to="/counter/$projectNo" params={{ projectNo: one.projectNo }}>
                {one.itemName}
              </Link>{' '}
              <CaseState state={one.state} />
            </span>
          ))}
        </p>
      ) : null}
    </section>
  );
}

function Papers({ view }: { view: ApplicationView }) {
  const { t } = useTranslation();
  if (view.papers.length === 0) return null;
  return (
    <Block title={t('hall.papers')}>
      <ul className="yp-entries">
        {view.papers.map((paper) => (
          <li key={paper.number}>
            {paper.name} <Tag>{t(paper.handed ? 'hall.handed' : 'hall.missing')}</Tag>
          </li>
        ))}
      </ul>
    </Block>
  );
}

/** What can be decided on a case that waits for papers. */
function kindsOf(view: ApplicationView): readonly Decision['kind'][] {
  if (view.state === 'noticed') return ['accept', 'accept_lacking', 'notice', 'refuse'];
  return view.lackingUntil === null ? [] : ['accept', 'accept_lacking'];
}

function Supplement({ view }: { view: ApplicationView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const desks = useQuery(desksQuery);
  const window = desks.data?.items[0]?.code;
  const save = useMutation({
    mutationFn: (values: DecisionValues) => {
      const path = `/applications/${encodeURIComponent(view.projectNo)}/supplement`;
      return call(applicationView, path, { body: { window, decision: decisionOf(values) } });
    },
    onSuccess: () => refresh(cache),
  });
  const kinds = kindsOf(view);
  if (kinds.length === 0 || window === undefined) return null;
  return (
    <Block title={t('hall.supplement')}>
      <ProblemAlert error={save.error} />
      <Form<DecisionValues>
        layout="vertical"
        className="yp-inline-form"
        initialValues={{ kind: 'accept', handed: [] }}
        onFinish={(values) => save.mutate(values)}
      >
        <DecisionFields papers={view.papers.filter((paper) => !paper.handed)} kinds={kinds} />
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('hall.save')}
        </Button>
      </Form>
    </Block>
  );
}

function Notices({ view }: { view: ApplicationView }) {
  const { t } = useTranslation();
  if (view.notices.length === 0) return null;
  return (
    <Block title={t('hall.notices')}>
      <ul className="yp-entries">
        {view.notices.map((notice) => (
          <li key={notice.noticeNo}>
            <strong>{notice.noticeNo}</strong> {moment(notice.givenAt)} {notice.missing.join('、')}{' '}
            {notice.remark}
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Course({ view }: { view: ApplicationView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('hall.course')}>
      <ol className="yp-entries">
        {view.course.map((line) => (
          <li key={line.number}>
            <span className="yp-nowrap">{moment(line.at)}</span>{' '}
            <strong>{t(`hall.verb.${line.verb}`)}</strong> {line.by} {line.remark}{' '}
            {line.slip ? <SlipLink projectNo={view.projectNo} number={line.number} /> : null}
          </li>
        ))}
      </ol>
    </Block>
  );
}
