import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type RecordView, recordDetail } from '../../../../src/intake/case/contract.ts';
import { call } from '../../api/call.ts';
import { join, moment, until } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { PersonLink, WindowLink } from '../../parts/registry-links.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { Corrections } from './correction-list.tsx';
import { Identity } from './identity.tsx';

type Detail = z.output<typeof recordDetail>;

/** One ratable moment of a matter: the record, its rating link, who applied (masked), and its corrections. */
export function RecordDrawer() {
  const { t } = useTranslation();
  const nameOf = ({ projectNo, serviceNumber }: RecordView) =>
    t('records.title', { projectNo, serviceNumber });
  const { stepId } = useParams({ from: '/office/records/$stepId' });
  const path = `/service-records/${encodeURIComponent(stepId)}`;
  const query = useQuery({
    queryKey: ['record', stepId],
    queryFn: ({ signal }) => call(recordDetail, path, { signal }),
  });
  return (
    <DetailDrawer title={query.data ? nameOf(query.data.record) : t('records.one')} back="/records">
      <Loaded query={query}>{(detail) => <Parts detail={detail} path={path} />}</Loaded>
    </DetailDrawer>
  );
}

function Parts({ detail, path }: { detail: Detail; path: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const { record } = detail;
  return (
    <>
      <Block title={record.taskName}>
        <RecordFacts record={record} />
      </Block>
      <Block title={t('records.ratingLink')}>
        <RatingLink record={record} qr={detail.qr} />
      </Block>
      <Identity masked={detail.masked} path={path} />
      {can('record.read') ? <Corrections record={record} /> : null}
    </>
  );
}

function RecordFacts({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Facts
      facts={[
        [t('field.serviceName'), record.serviceName],
        [t('field.projectNo'), <SameCase key="case" record={record} />],
        [t('field.serviceTime'), moment(record.serviceTime)],
        [t('field.proStatus'), t(`proStatus.${record.proStatus as 1 | 2 | 3}`)],
        [t('field.proChannel'), t(`proChannel.${record.proChannel as 1 | 2}`)],
        [
          t('field.window'),
          record.windowCode && <WindowLink code={record.windowCode} name={record.windowName} />,
        ],
        [t('field.staff'), record.staffNo && <PersonLink staffNo={record.staffNo} name={record.staffName} />],
        [t('field.department'), join([record.deptName, record.deptCode])],
        [t('field.areaCode'), record.areaCode],
        [t('field.taskCode'), <code key="task">{record.taskCode}</code>],
        [t('field.acceptDate'), moment(record.acceptDate)],
        [t('field.resultDate'), moment(record.resultDate)],
        [
          t('field.promiseDay'),
          record.promiseDay === null ? null : t('records.days', { count: record.promiseDay }),
        ],
        [t('field.source'), t(`source.${record.source}`)],
        [
          t('records.rating'),
          can('rating.read') ? (
            <Link key="ratings" to="/ratings" search={{ q: record.projectNo }}>
              {t('records.toRatings')}
            </Link>
          ) : null,
        ],
      ]}
    />
  );
}

function SameCase({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  return (
    <>
      {record.projectNo}{' '}
      <Link to="/records" search={{ q: record.projectNo }}>
        {t('records.moments')}
      </Link>
    </>
  );
}

function RatingLink({ record, qr }: { record: RecordView; qr: string }) {
  const { t } = useTranslation();
  return (
    <div className="yp-link-card">
      <span className="yp-qr">
        <img src={qr} alt={t('records.qr', { code: record.shortCode })} width={144} height={144} />
      </span>
      <Facts
        facts={[
          [
            t('field.shortCode'),
            <Typography.Text key="c" copyable>
              {record.shortCode}
            </Typography.Text>,
          ],
          [
            t('field.ratingUrl'),
            <Typography.Text key="u" copyable={{ text: record.ratingUrl }}>
              <a href={record.ratingUrl} target="_blank" rel="noreferrer">
                {record.ratingUrl}
              </a>
            </Typography.Text>,
          ],
          [t('field.ratableUntil'), until(record.ratableUntil)],
        ]}
      />
    </div>
  );
}
