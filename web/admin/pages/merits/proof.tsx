import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meritFiles } from '../../../../src/conduct/merit/claim-contract.ts';
import type { MeritLine } from '../../../../src/conduct/merit/contract.ts';
import { call } from '../../api/call.ts';
import { FileRow } from '../../parts/file-row.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { FilePick } from '../appeals/file-pick.tsx';
import { sendProof } from './claim-dialog.tsx';

/** The proof of a merit, to be read and, by who claimed it, added to. */
export function Proof({ merit }: { merit: MeritLine }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const path = `/merits/${encodeURIComponent(merit.id)}/files`;
  const queryKey = ['merit-proof', merit.id];
  const query = useQuery({ queryKey, queryFn: ({ signal }) => call(meritFiles, path, { signal }) });
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) await sendProof(merit.id, file);
    },
    onSettled: () => cache.invalidateQueries({ queryKey }),
  });
  const files = query.data?.items ?? [];
  return (
    <>
      <h2>{t('merits.proof')}</h2>
      <ProblemAlert error={query.error ?? add.error} />
      {files.length === 0 ? <p className="yp-quiet">{t('merits.noProof')}</p> : null}
      <ul className="yp-entries">
        {files.map((file) => (
          <FileRow key={file.id} path={`${path}/${file.id}`} file={file} />
        ))}
      </ul>
      {merit.mayProve ? <FilePick busy={add.isPending} onPick={(picked) => add.mutate(picked)} /> : null}
    </>
  );
}
