import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ExclusionView, exclusionFileView } from '../../../../src/handling/exclusion/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { FileRow } from '../../parts/file-row.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { FilePick } from '../appeals/file-pick.tsx';

/** The evidence as files, each to be saved; the proposer adds to them until it is decided. */
export function ExclusionFiles({ exclusion }: { exclusion: ExclusionView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const one of files) {
        const body = new FormData();
        body.append('file', one, one.name);
        await call(exclusionFileView, `/exclusions/${exclusion.id}/files`, { body });
      }
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['exclusion', exclusion.id] }),
  });
  const attach = exclusion.may.includes('attach');
  if (exclusion.files.length === 0 && !attach) return null;
  return (
    <Block title={t('exclusions.files')}>
      <ProblemAlert error={add.error} />
      <ul className="yp-entries">
        {exclusion.files.map((file) => (
          <FileRow key={file.id} path={`/exclusions/${exclusion.id}/files/${file.id}`} file={file} />
        ))}
      </ul>
      {attach ? <FilePick busy={add.isPending} onPick={(files) => add.mutate(files)} /> : null}
    </Block>
  );
}
