import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ClockPreview,
  type ClockSource,
  clockPreview,
  clockSources,
} from '../../../../src/conduct/attendance/clock-contract.ts';
import { importAnswer } from '../../../../src/platform/imports-contract.ts';
import { call } from '../../api/call.ts';
import { count, join, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Report } from '../imports/report.tsx';
import { MappingEditor } from './mapping-editor.tsx';
import { RunForm } from './run-form.tsx';

export const sourcesKey = ['attendance-sources'];

/** Files of clock-in machines: the source, which column means what, a try, the load, a look at the days. */
export function ClockView() {
  const { t } = useTranslation();
  const [id, choose] = useState<string>();
  // Another source begins anew; one that has just been saved goes on with its file.
  const [round, turn] = useState(0);
  const sources = useQuery({
    queryKey: sourcesKey,
    queryFn: async ({ signal }) => (await call(clockSources, '/attendance/sources', { signal })).items,
  });
  return (
    <Loaded query={sources}>
      {(all) => {
        const source = id === 'new' ? undefined : (all.find((one) => one.id === id) ?? all[0]);
        return (
          <div className="yp-stack">
            <Block title={t('attendance.clock.source')}>
              <Select
                aria-label={t('attendance.clock.source')}
                style={{ minWidth: 240 }}
                value={source?.id ?? 'new'}
                onChange={(chosen) => {
                  choose(chosen);
                  turn(round + 1);
                }}
                options={[
                  ...all.map((one) => ({ value: one.id, label: one.name })),
                  { value: 'new', label: t('attendance.clock.newSource') },
                ]}
              />
              {source?.last ? <LastFile last={source.last} /> : null}
            </Block>
            <ClockFile key={round} source={source} onSaved={choose} />
            <RunForm last={source?.last ?? null} />
          </div>
        );
      }}
    </Loaded>
  );
}

function LastFile({ last }: { last: NonNullable<ClockSource['last']> }) {
  const { t } = useTranslation();
  const days = join([last.firstDay, last.lastDay], ' – ');
  return (
    <p className="yp-hint">
      {t('attendance.clock.last', { file: last.fileName, days, created: count(last.created) })}{' '}
      {join([last.loadedBy, moment(last.loadedAt)])}
    </p>
  );
}

function formOf(file: File | undefined): FormData {
  const body = new FormData();
  if (file) body.append('file', file);
  return body;
}

function ClockFile({ source, onSaved }: { source: ClockSource | undefined; onSaved: (id: string) => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const preview = useMutation({
    mutationFn: (chosen: File) => call(clockPreview, '/attendance/preview', { body: formOf(chosen) }),
  });
  const [editing, edit] = useState(false);
  const seen: ClockPreview | undefined = preview.data;
  const fits = source !== undefined && seen !== undefined && fitsSource(source, seen);
  return (
    <Block title={t('attendance.clock.file')}>
      <Upload.Dragger
        accept=".csv,.xlsx,.txt"
        maxCount={1}
        fileList={file ? [{ uid: '1', name: file.name, size: file.size }] : []}
        beforeUpload={(chosen) => {
          setFile(chosen);
          edit(false);
          preview.mutate(chosen);
          return false;
        }}
        onRemove={() => {
          setFile(undefined);
          preview.reset();
        }}
      >
        <p>{t('attendance.clock.drop')}</p>
        <p className="yp-quiet">{t('imports.forms')}</p>
      </Upload.Dragger>
      <ProblemAlert error={preview.error} />
      {seen && (editing || !fits) ? (
        <MappingEditor
          preview={seen}
          source={source}
          onSaved={(saved) => {
            edit(false);
            onSaved(saved);
          }}
        />
      ) : null}
      {seen && fits && !editing && file ? (
        <FileSteps source={source} file={file} onEdit={() => edit(true)} />
      ) : null}
    </Block>
  );
}

/** Whether the file has every column that the source names. */
function fitsSource(source: ClockSource, preview: ClockPreview): boolean {
  return Object.values(source.mapping).every((title) => preview.header.includes(title));
}

function FileSteps({ source, file, onEdit }: { source: ClockSource; file: File; onEdit: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const run = useMutation({
    mutationFn: (dryRun: boolean) =>
      call(importAnswer, `/attendance/sources/${source.id}/files`, {
        query: { dryRun: dryRun ? '1' : '0' },
        body: formOf(file),
      }),
    onSuccess: async (answer) => {
      if (answer.outcome !== 'loaded') return;
      await cache.invalidateQueries({ queryKey: sourcesKey });
      await cache.invalidateQueries({ queryKey: ['attendance'] });
    },
  });
  return (
    <>
      <div className="yp-actions yp-inline-form">
        <Button loading={run.isPending && run.variables} onClick={() => run.mutate(true)}>
          {t('imports.try')}
        </Button>
        <Button type="primary" loading={run.isPending && !run.variables} onClick={() => run.mutate(false)}>
          {t('attendance.clock.load')}
        </Button>
        <Button type="link" onClick={onEdit}>
          {t('attendance.clock.edit')}
        </Button>
      </div>
      <div aria-live="polite" className="yp-inline-form">
        <ProblemAlert error={run.error} />
        {run.data ? <Report answer={run.data} /> : null}
      </div>
    </>
  );
}
