import { Button, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { SchemeLine } from '../../../../src/ledger/scheme/contract.ts';
import type { Draft } from '../../../../src/ledger/scheme/draft-contract.ts';
import { minus } from '../../format.ts';

interface Props {
  at: number;
  lines: ReadonlyMap<string, SchemeLine>;
  faults: Draft['faults'];
  onRemove: () => void;
}

/** One value of the draft: what holds now, and from which day it is to be what, by which clause. */
export function ChangeRow({ at, lines, faults, onRemove }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const key = form.getFieldValue(['changes', at, 'key']) as string;
  const from = (form.getFieldValue(['changes', at, 'from']) as Dayjs | undefined)?.format('YYYY-MM-DD');
  const line = lines.get(key);
  const name = line?.name ?? key;
  const told = faults.filter((fault) => fault.key === key && (fault.from === null || fault.from === from));
  const required = [{ required: true, message: t('form.required') }];
  return (
    <fieldset className="yp-change">
      <legend>
        {name}{' '}
        <span className="yp-quiet">
          {line?.current
            ? t('draft.present', { text: minus(line.current.text), from: line.current.from })
            : t('scheme.notYet')}
        </span>
      </legend>
      <Form.Item name={[at, 'key']} hidden>
        <Input />
      </Form.Item>
      <Form.Item name={[at, 'from']} label={t('scheme.from')} rules={required}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name={[at, 'value']} label={t('draft.after')} rules={required}>
        <ValueInput line={line} />
      </Form.Item>
      <Form.Item name={[at, 'source']} label={t('scheme.source')} rules={required} className="yp-grow">
        <Input maxLength={200} autoComplete="off" placeholder={t('draft.sourceHint')} />
      </Form.Item>
      <Button onClick={onRemove} aria-label={t('draft.removeOf', { name })}>
        {t('draft.remove')}
      </Button>
      {told.length > 0 ? (
        <ul className="yp-faults yp-danger" role="alert">
          {told.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : null}
    </fieldset>
  );
}

const CHOICES = ['window', 'item_owner'] as const;

/** The form's item hands over id, value and onChange. */
function ValueInput({ line, ...given }: { line: SchemeLine | undefined }) {
  const { t } = useTranslation();
  const unit = line?.current?.unit;
  if (unit === 'choice') {
    return (
      <Select
        {...given}
        style={{ width: 150 }}
        options={CHOICES.map((value) => ({ value, label: t(`draft.choice.${value}`) }))}
      />
    );
  }
  const suffix = unit === undefined || unit === 'time' ? undefined : t(`draft.unit.${unit}`);
  return <Input {...given} style={{ width: 150 }} maxLength={20} autoComplete="off" suffix={suffix} />;
}
