import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import {
  CLOCK_COLUMNS,
  type ClockColumn,
  type ClockLayout,
  type ClockPreview,
  type ClockSource,
} from '../../../../src/conduct/attendance/clock-contract.ts';
import { call } from '../../api/call.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Scroll } from '../../parts/scroll.tsx';

type Mapping = Partial<Record<ClockColumn, string>>;

/** Says which column of a file means what, beside its first lines; kept for the source. */
export function MappingEditor({
  preview,
  source,
  onSaved,
}: {
  preview: ClockPreview;
  source: ClockSource | undefined;
  onSaved: (id: string) => void;
}) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [id] = useState(() => source?.id ?? crypto.randomUUID());
  const [name, setName] = useState(source?.name ?? '');
  const [layout, setLayout] = useState<ClockLayout>(source?.layout ?? preview.layout);
  const [mapping, setMapping] = useState<Mapping>(() => startOf(preview, source));
  const save = useMutation({
    mutationFn: () => call(z.unknown(), '/attendance/sources', { body: { id, name, layout, mapping } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['attendance-sources'] });
      onSaved(id);
    },
  });
  const set = (column: ClockColumn, title: string | undefined) =>
    setMapping(({ [column]: _, ...others }) => (title ? { ...others, [column]: title } : others));
  return (
    <div className="yp-stack yp-inline-form">
      <h3>{t('attendance.clock.mapping')}</h3>
      <ProblemAlert error={save.error} />
      <Sample preview={preview} />
      <div className="yp-mapping-row">
        <span>{t('attendance.clock.name')}</span>
        <Input
          aria-label={t('attendance.clock.name')}
          value={name}
          maxLength={60}
          onChange={({ target }) => setName(target.value)}
        />
      </div>
      <Radio.Group
        aria-label={t('attendance.clock.layout')}
        value={layout}
        onChange={({ target }) => setLayout(target.value as ClockLayout)}
        options={(['punches', 'daily'] as const).map((value) => ({
          value,
          label: t(`attendance.clock.layouts.${value}`),
        }))}
      />
      {CLOCK_COLUMNS[layout].map((column) => (
        <div key={column} className="yp-mapping-row">
          <span>{t(`attendance.clock.columns.${column}`)}</span>
          <Select
            allowClear
            aria-label={t(`attendance.clock.columns.${column}`)}
            placeholder={t('attendance.clock.none')}
            value={mapping[column] ?? null}
            options={preview.header.map((title) => ({ value: title, label: title }))}
            onChange={(title) => set(column, title ?? undefined)}
          />
        </div>
      ))}
      <div className="yp-actions">
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {t('attendance.clock.save')}
        </Button>
      </div>
    </div>
  );
}

/** What the source says as far as the file has it, else what the titles suggest. */
function startOf(preview: ClockPreview, source: ClockSource | undefined): Mapping {
  if (source === undefined) return preview.mapping;
  const kept = Object.entries(source.mapping).filter(([, title]) => preview.header.includes(title));
  return { ...preview.mapping, ...Object.fromEntries(kept) };
}

function Sample({ preview: { header, sample } }: { preview: ClockPreview }) {
  const { t } = useTranslation();
  return (
    <Scroll label={t('attendance.clock.sample')}>
      <table className="yp-sample">
        <thead>
          <tr>
            {header.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.map((cells) => (
            <tr key={cells.join('|')}>
              {cells.map((cell, at) => (
                <td key={header[at] ?? String(at)}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
