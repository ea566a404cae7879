import { Checkbox, DatePicker, Form, Input, Radio } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Decision, PaperView } from '../../../../src/intake/acceptance/contract.ts';

export interface DecisionValues {
  kind: Decision['kind'];
  handed?: number[];
  until?: Dayjs;
  remark?: string;
  reason?: string;
  ground?: string;
}

/** What the server is told of a filled-in form. */
export function decisionOf(values: DecisionValues): Decision {
  const { kind, handed = [], until, remark, reason = '', ground = '' } = values;
  if (kind === 'accept') return { kind, handed };
  if (kind === 'accept_lacking') return { kind, handed, until: until?.format('YYYY-MM-DD') ?? '' };
  if (kind === 'notice') return { kind, handed, remark };
  return kind === 'refuse' ? { kind, reason, ground } : { kind, remark };
}

/** The papers to tick, what is decided on them, and what that needs besides. */
export function DecisionFields({
  papers,
  kinds,
}: {
  papers: readonly PaperView[];
  kinds: readonly Decision['kind'][];
}) {
  const { t } = useTranslation();
  const kind = Form.useWatch<Decision['kind'] | undefined>('kind');
  const required = [{ required: true, message: t('form.required') }];
  const ticks = kind !== 'refuse' && kind !== 'consult';
  return (
    <>
      {papers.length > 0 && ticks ? (
        <Form.Item name="handed" label={t('hall.papers')}>
          <Checkbox.Group
            className="yp-papers"
            options={papers.map((paper) => optionOf(paper, t('hall.mayFollow')))}
          />
        </Form.Item>
      ) : null}
      {papers.length === 0 && ticks ? <p className="yp-quiet">{t('hall.noPapers')}</p> : null}
      <Form.Item name="kind" label={t('hall.decision')}>
        <Radio.Group
          optionType="button"
          options={kinds.map((value) => ({ value, label: t(`hall.kind.${value}`) }))}
        />
      </Form.Item>
      {kind === 'accept_lacking' ? (
        <Form.Item name="until" label={t('hall.until')} rules={required}>
          <DatePicker format="YYYY-MM-DD" />
        </Form.Item>
      ) : null}
      {kind === 'notice' || kind === 'consult' ? (
        <Form.Item name="remark" label={t('hall.remark')}>
          <Input maxLength={300} autoComplete="off" />
        </Form.Item>
      ) : null}
      {kind === 'refuse' ? (
        <>
          <Form.Item name="reason" label={t('refusals.reason')} rules={required}>
            <Input maxLength={300} autoComplete="off" />
          </Form.Item>
          <Form.Item name="ground" label={t('refusals.ground')} rules={required}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
        </>
      ) : null}
    </>
  );
}

function optionOf({ number, name, mayFollow, handed }: PaperView, follow: string) {
  return { value: number, label: mayFollow ? `${name}（${follow}）` : name, disabled: handed };
}
