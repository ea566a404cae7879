import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '../api/call.ts';
import { join, moment } from '../format.ts';
import { size } from '../pages/appeals/file-pick.tsx';
import { ProblemAlert } from './problem-alert.tsx';

interface Props {
  /** Address of the file under `/admin/api`. */
  path: string;
  /** Who added it and when, where that is told. */
  file: { name: string; size: number; uploadedBy?: string; uploadedAt?: string };
}

/** A file in a list of them: its name, who added it when, and a button that saves it. */
export function FileRow({ path, file }: Props) {
  const { t } = useTranslation();
  const by = file.uploadedBy === 'public' ? t('orders.byCitizen') : file.uploadedBy;
  const save = useMutation({ mutationFn: () => download(path, {}) });
  return (
    <li className="yp-file">
      <span>
        {file.name}
        <span className="yp-quiet"> {join([size(file.size), by, moment(file.uploadedAt)])}</span>
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
