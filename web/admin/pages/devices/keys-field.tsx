import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRatingWords } from '../../parts/rating-words.tsx';

/** What each key of a button device means: nothing is filled in but the names that most devices use. */
export function KeysField() {
  const { t } = useTranslation();
  const { levels } = useRatingWords();
  const choices = levels.map(({ code, text }) => ({ value: code, label: `${code} ${text}` }));
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Form.List name="keys">
      {(fields, { add, remove }) => (
        <fieldset className="yp-keys">
          <legend>{t('devices.keys')}</legend>
          <p className="yp-quiet">{t('devices.keysHint')}</p>
          {fields.map(({ key, name }) => (
            <div key={key} className="yp-actions">
              <Form.Item name={[name, 'key']} rules={required}>
                <Input aria-label={t('devices.key')} maxLength={16} />
              </Form.Item>
              <Form.Item name={[name, 'satisfaction']} rules={required}>
                <Select
                  aria-label={t('devices.level')}
                  placeholder={t('devices.level')}
                  options={choices}
                  popupMatchSelectWidth={false}
                  style={{ minWidth: 130 }}
                />
              </Form.Item>
              <Button onClick={() => remove(name)}>{t('devices.removeKey')}</Button>
            </div>
          ))}
          {fields.length < 10 ? <Button onClick={() => add({})}>{t('devices.addKey')}</Button> : null}
        </fieldset>
      )}
    </Form.List>
  );
}
