import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type ExclusionView, exclusionFileView } from '../../../../src/handling/exclusion/contract.ts';
import { call, download } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { FilePick, size } from '../appeals/file-pick.tsx';

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
          <FileRow key={file.id} exclusionId={exclusion.id} file={file} />
        ))}
      </ul>
      {attach ? <FilePick busy={add.isPending} onPick={(files) => add.mutate(files)} /> : null}
    </Block>
  );
}

function FileRow({ exclusionId, file }: { exclusionId: string; file: ExclusionView['files'][number] }) {
  const { t } = useTranslation();
  const save = useMutation({ mutationFn: () => download(`/exclusions/${exclusionId}/files/${file.id}`, {}) });
  return (
    <li className="yp-file">
      <span>
        {file.name}
        <span className="yp-quiet"> {join([size(file.size), file.uploadedBy, moment(file.uploadedAt)])}</span>
        <ProblemAlert error={save.error} />
      </span>
      <Button
        size="small"
        loading={save.isPending}
        aria-label={t('appeals.saveFile', { name: file.name })}
        onClick={() => save.mutate()}
      >
        {t('appeals.save')}
      </Button>
    </li>
  );
}
