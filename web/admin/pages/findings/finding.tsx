import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { type FindingDetail, findingDetail } from '../../../../src/conduct/inspection/desk-contract.ts';
import { call, picture } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { FindingState } from './findings.tsx';
import { useRuleName } from './rule-name.ts';

/** One finding: what was seen, its photos, and the second person's decision. */
export function FindingDrawer() {
  const { t } = useTranslation();
  const nameOf = useRuleName();
  const { id } = useParams({ from: '/office/findings/$id' });
  const query = useQuery({
    queryKey: ['finding-of-patrol', id],
    queryFn: ({ signal }) => call(findingDetail, `/findings/${encodeURIComponent(id)}`, { signal }),
  });
  return (
    <DetailDrawer title={query.data ? nameOf(query.data) : t('nav.findings')} back="/findings">
      <Loaded query={query}>
        {(finding) => (
          <>
            <Seen finding={finding} />
            {finding.photos > 0 || finding.files.length > 0 ? <Photos finding={finding} /> : null}
            {finding.may.decide ? <Decision finding={finding} /> : null}
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Seen({ finding }: { finding: FindingDetail }) {
  const { t } = useTranslation();
  return (
    <Block title={t('findings.seen')} extra={<FindingState state={finding.state} />}>
      <blockquote className="yp-pre">{finding.evidence}</blockquote>
      <Facts
        facts={[
          [t('findings.number'), <code key="id">{finding.id}</code>],
          [t('findings.kindLabel'), t(`findings.kind.${finding.subjectKind}`)],
          [t('findings.subject'), join([finding.subjectName, finding.subjectCode], ' ')],
          [t('field.department'), finding.departmentName],
          [t('findings.place'), finding.windowCode],
          [t('findings.quantity'), String(finding.quantity)],
          [t('field.projectNo'), finding.projectNo],
          [t('findings.day'), finding.occurredOn],
          [t('findings.arrived'), moment(finding.recordedAt)],
          [t('findings.claimed'), finding.claimedAt ? moment(finding.claimedAt) : null],
          [t('findings.recordedBy'), finding.recordedBy],
          [t('findings.decidedBy'), finding.decidedBy],
          [t('findings.note'), finding.note],
        ]}
      />
    </Block>
  );
}

function Photos({ finding }: { finding: FindingDetail }) {
  const { t } = useTranslation();
  const missing = finding.photos - finding.files.length;
  return (
    <Block title={t('findings.photos')}>
      {missing > 0 ? <p className="yp-hint">{t('findings.photosMissing', { count: missing })}</p> : null}
      <div className="yp-actions">
        {finding.files.map((file) => (
          <Photo key={file.id} id={finding.id} file={file} />
        ))}
      </div>
    </Block>
  );
}

function Photo({ id, file }: { id: string; file: FindingDetail['files'][number] }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['finding-photo', id, file.id],
    queryFn: () => picture(`/findings/${encodeURIComponent(id)}/photos/${file.id}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data === undefined) return <span className="yp-quiet">{file.name}</span>;
  return <img className="yp-photo" src={data} alt={t('findings.photo', { name: file.name })} />;
}

interface Values {
  day: 'arrival' | 'claim';
  note?: string;
}

function Decision({ finding }: { finding: FindingDetail }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [form] = Form.useForm<Values>();
  const decide = useMutation({
    mutationFn: (outcome: 'confirmed' | 'rejected') => {
      const { day = 'arrival', note = '' } = form.getFieldsValue();
      const body = { outcome, note, ...(outcome === 'confirmed' ? { day } : {}) };
      return call(findingDetail, `/findings/${encodeURIComponent(finding.id)}/decision`, { body });
    },
    onSuccess: (decided) => {
      cache.setQueryData(['finding-of-patrol', finding.id], decided);
      return cache.invalidateQueries({ queryKey: ['list', '/findings'] });
    },
  });
  return (
    <Block title={t('findings.decide')}>
      <p className="yp-hint">{t('findings.effect')}</p>
      <ProblemAlert error={decide.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        className="yp-inline-form"
        initialValues={{ day: 'arrival' }}
      >
        {finding.claimedDay ? (
          <Form.Item name="day" label={t('findings.whichDay')}>
            <Radio.Group
              options={[
                { value: 'arrival', label: t('findings.dayArrival', { day: finding.occurredOn }) },
                { value: 'claim', label: t('findings.dayClaim', { day: finding.claimedDay }) },
              ]}
            />
          </Form.Item>
        ) : null}
        <Form.Item name="note" label={t('findings.noteLabel')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
      <div className="yp-actions">
        <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate('confirmed')}>
          {t('findings.confirm')}
        </Button>
        <Button loading={decide.isPending} onClick={() => decide.mutate('rejected')}>
          {t('findings.reject')}
        </Button>
      </div>
    </Block>
  );
}
