import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { HOTLINE_COLUMNS, hotlineAnswer } from '../../../../src/feedback/rating/assisted-contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

/** A file of the hotline 12345: good rows are entered, bad ones are told by line. */
export function HotlineFile() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const run = useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      body.append('file', file, file.name);
      return call(hotlineAnswer, '/assisted/hotline', { body });
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['assisted-counts'] }),
  });
  const names = HOTLINE_COLUMNS.map(({ name, required }) => (required ? name : `${name}?`));
  return (
    <Block
      title={t('assisted.hotline.title')}
      extra={
        <>
          <input
            ref={input}
            type="file"
            // A form's own styles would show what is only hidden.
            style={{ display: 'none' }}
            accept=".csv,.xlsx"
            aria-label={t('assisted.hotline.choose')}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) run.mutate(file);
              event.target.value = '';
            }}
          />
          <Button loading={run.isPending} onClick={() => input.current?.click()}>
            {t('assisted.hotline.choose')}
          </Button>
        </>
      }
    >
      <p className="yp-hint">{t('assisted.hotline.hint', { columns: names.join(', ') })}</p>
      <ProblemAlert error={run.error} />
      {run.data ? (
        <div aria-live="polite">
          <p>
            {t('assisted.hotline.done', {
              entered: run.data.entered,
              repeated: run.data.repeated,
              refused: run.data.refused.length,
            })}
          </p>
          <ul className="yp-faults">
            {run.data.refused.map(({ line, detail }) => (
              <li key={line}>{t('assisted.hotline.line', { line, detail })}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </Block>
  );
}
