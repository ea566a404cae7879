import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementLine } from '../../../../src/close/statement/contract.ts';
import { appealStateSchema } from '../../../../src/ledger/appeal/contract.ts';
import { AppealDialog } from './appeal-dialog.tsx';
import { AppealStateTag } from './appeal-words.tsx';

/** Whose statement a line stands on, and until when it can be appealed. */
export interface Target {
  month: string;
  kind: string;
  code: string;
  until: string | null;
}

/** Under a line: the appeal that stands against it, or the way to file one. */
export function LineAppeal({ line, target }: { line: StatementLine; target: Target }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (line.appeal) {
    return (
      <div>
        <Link to="/appeals/$id" params={{ id: line.appeal.id }}>
          {t('appeals.standing', { number: line.appeal.number })}
        </Link>{' '}
        <AppealStateTag state={appealStateSchema.catch('opinion').parse(line.appeal.state)} />
      </div>
    );
  }
  if (!line.may_appeal) return null;
  return (
    <div className="yp-no-print">
      <Button
        type="link"
        size="small"
        className="yp-appeal-button"
        aria-label={t('appeals.against', { line: line.text })}
        onClick={() => setOpen(true)}
      >
        {t('appeals.file')}
      </Button>
      {open ? <AppealDialog target={target} line={line} onDone={() => setOpen(false)} /> : null}
    </div>
  );
}
