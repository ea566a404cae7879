import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Appeal } from '../../../../src/ledger/appeal/contract.ts';
import { Block } from '../../parts/facts.tsx';
import { FileRow } from '../../parts/file-row.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { appealQuery, sendFile } from './appeal-query.ts';
import { FilePick } from './file-pick.tsx';

/** The files of an appeal, each to be saved, and the way to add more. */
export function AppealFiles({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const one of files) await sendFile(appeal.id, one);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: appealQuery(appeal.id).queryKey }),
  });
  if (appeal.files.length === 0 && !appeal.may.attach) return null;
  const { megabytes, count } = appeal.fileLimits;
  return (
    <Block title={t('appeals.files')}>
      <ProblemAlert error={add.error} />
      {appeal.files.length === 0 ? <p className="yp-quiet">{t('appeals.noFiles')}</p> : null}
      <ul className="yp-entries">
        {appeal.files.map((file) => (
          <FileRow key={file.id} path={`/appeals/${appeal.id}/files/${file.id}`} file={file} />
        ))}
      </ul>
      {appeal.may.attach ? (
        <div className="yp-inline-form">
          <FilePick busy={add.isPending} onPick={(files) => add.mutate(files)} />
          <p className="yp-hint">{t('appeals.fileLimits', { megabytes, count })}</p>
        </div>
      ) : null}
    </Block>
  );
}
