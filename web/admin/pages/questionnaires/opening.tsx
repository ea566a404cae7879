import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type QuestionnaireDetail,
  questionnaireDetail,
} from '../../../../src/feedback/questionnaire/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Block } from '../../parts/facts.tsx';
import { useHalls } from '../../parts/place-choices.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { questionnaireQuery } from './questionnaire-query.ts';

interface Values {
  days: [Dayjs, Dayjs];
  regions?: string[];
  windows?: string;
}

/** When and where it can be answered, the signs to print, and the versions that were frozen. */
export function Opening({ found, dirty }: { found: QuestionnaireDetail; dirty: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="yp-stack">
      <Publish found={found} dirty={dirty} />
      {found.version === null ? null : <Signs found={found} />}
      {found.versions.length === 0 ? null : (
        <Block title={t('questionnaires.versions')}>
          <ul className="yp-entries">
            {found.versions.map(({ version, hash, publishedBy, publishedAt }) => (
              <li key={version}>
                <strong>{t('questionnaires.versionNo', { version })}</strong>{' '}
                <span className="yp-quiet">
                  {publishedBy} · {moment(publishedAt)} · SHA-256 <code>{hash.slice(0, 16)}…</code>
                </span>
              </li>
            ))}
          </ul>
        </Block>
      )}
    </div>
  );
}

function Publish({ found, dirty }: { found: QuestionnaireDetail; dirty: boolean }) {
  const { t } = useTranslation();
  const halls = useHalls();
  const cache = useQueryClient();
  const publish = useMutation({
    mutationFn: (values: Values) =>
      call(questionnaireDetail, `/questionnaires/${found.id}/publish`, {
        body: {
          revision: found.revision,
          from: values.days[0].format('YYYY-MM-DD'),
          until: values.days[1].format('YYYY-MM-DD'),
          regions: values.regions ?? [],
          windows: (values.windows ?? '').split(/[\s,，、]+/).filter((code) => code !== ''),
        },
      }),
    onSuccess: async (saved) => {
      cache.setQueryData(questionnaireQuery(found.id).queryKey, saved);
      await cache.invalidateQueries({ queryKey: ['list', '/questionnaires'] });
    },
  });
  const blocked = dirty || found.faults.length > 0;
  const reason = dirty
    ? t('questionnaires.unsaved')
    : t('questionnaires.faults', { count: found.faults.length });
  const isOpen = found.state === 'open' || found.state === 'planned';
  return (
    <Block title={t('questionnaires.publish')} extra={isOpen ? <Close found={found} /> : null}>
      <p className="yp-hint">
        {t(found.changed ? 'questionnaires.publishNew' : 'questionnaires.publishSame', {
          version: found.changed ? (found.version ?? 0) + 1 : (found.version ?? 1),
        })}
      </p>
      <ProblemAlert error={publish.error} />
      <Form<Values>
        layout="vertical"
        className="yp-inline-form yp-narrow"
        initialValues={{
          days: [
            dayjs(found.from ?? undefined),
            dayjs(found.until ?? undefined).add(found.until ? 0 : 30, 'day'),
          ],
          regions: found.regions,
          windows: found.windows.join(' '),
        }}
        onFinish={(values) => publish.mutate(values)}
      >
        <Form.Item
          name="days"
          label={t('questionnaires.days')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <DatePicker.RangePicker aria-label={t('questionnaires.days')} />
        </Form.Item>
        <Form.Item name="regions" label={t('questionnaires.halls')} extra={t('questionnaires.everywhere')}>
          <Select<string[]> mode="multiple" options={halls} optionFilterProp="label" />
        </Form.Item>
        <Form.Item name="windows" label={t('questionnaires.windows')} extra={t('questionnaires.windowsHint')}>
          <Input maxLength={2000} autoComplete="off" />
        </Form.Item>
        {blocked ? <p className="yp-quiet">{reason}</p> : null}
        <Button type="primary" htmlType="submit" disabled={blocked} loading={publish.isPending}>
          {t('questionnaires.publishVerb')}
        </Button>
      </Form>
    </Block>
  );
}

function Close({ found }: { found: QuestionnaireDetail }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const close = useMutation({
    mutationFn: () => call(questionnaireDetail, `/questionnaires/${found.id}/close`, { method: 'POST' }),
    onSuccess: async (saved) => {
      cache.setQueryData(questionnaireQuery(found.id).queryKey, saved);
      setAsking(false);
      await cache.invalidateQueries({ queryKey: ['list', '/questionnaires'] });
    },
  });
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {t('questionnaires.close')}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={t('questionnaires.close')}
          verb={t('questionnaires.close')}
          busy={close.isPending}
          error={close.error}
          onConfirm={() => close.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{t('questionnaires.closeText')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function Signs({ found }: { found: QuestionnaireDetail }) {
  const { t, i18n } = useTranslation();
  const lang = i18n.language.startsWith('en') ? 'en' : 'zh';
  return (
    <Block title={t('questionnaires.signs')}>
      <p className="yp-hint">{t('questionnaires.signsHint')}</p>
      <p className="yp-actions">
        {(['a4', 'a5', 'card'] as const).map((size) => (
          <a
            key={size}
            href={`/admin/api/questionnaires/${found.id}/print?size=${size}&lang=${lang}`}
            target="_blank"
            rel="noreferrer"
          >
            {t(`questionnaires.sizes.${size}`)}
          </a>
        ))}
      </p>
    </Block>
  );
}
