import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BatchView, batchView } from '../../../../src/feedback/rating/assisted-contract.ts';
import { call, download, picture } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { FilePick } from '../appeals/file-pick.tsx';

/** The scans of a batch: pictures are shown, a PDF is opened in its own window beside this one. */
export function Scans({ batch, onChange }: { batch: BatchView; onChange: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) {
        const body = new FormData();
        body.append('file', file, file.name);
        await call(batchView, `/assisted/batches/${batch.id}/files`, { body });
      }
    },
    onSettled: onChange,
  });
  const file = batch.files.find(({ id }) => id === chosen) ?? batch.files[0];
  return (
    <Block
      title={t('assisted.scans')}
      extra={
        batch.endedAt === null ? (
          <FilePick busy={add.isPending} onPick={(files) => add.mutate(files)} />
        ) : undefined
      }
    >
      <ProblemAlert error={add.error} />
      {batch.files.length > 1 ? (
        <Segmented
          aria-label={t('assisted.scans')}
          value={file?.id ?? ''}
          onChange={(id) => setChosen(String(id))}
          options={batch.files.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      {file ? (
        <Scan key={file.id} batchId={batch.id} file={file} />
      ) : (
        <p className="yp-hint">{t('assisted.noScan')}</p>
      )}
    </Block>
  );
}

function Scan({ batchId, file }: { batchId: string; file: BatchView['files'][number] }) {
  const { t } = useTranslation();
  const path = `/assisted/batches/${batchId}/files/${file.id}`;
  const isPicture = file.type === 'jpg' || file.type === 'png';
  const shown = useQuery({
    queryKey: ['scan', file.id],
    queryFn: () => picture(path),
    enabled: isPicture,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const save = useMutation({ mutationFn: () => download(path, {}) });
  return (
    <>
      <ProblemAlert error={shown.error ?? save.error} />
      {shown.data ? <img className="yp-scan" src={shown.data} alt={file.name} /> : null}
      {isPicture ? null : <p className="yp-hint">{t('assisted.pdfHint')}</p>}
      <Button size="small" loading={save.isPending} onClick={() => save.mutate()}>
        {t('appeals.saveFile', { name: file.name })}
      </Button>
    </>
  );
}
