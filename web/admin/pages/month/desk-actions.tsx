import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../../../../src/close/month/desk-contract.ts';
import { Block } from '../../parts/facts.tsx';
import { CloseDialog } from '../scores/close-dialog.tsx';
import { hallOf } from './month-query.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { SealDialog } from './seal-dialog.tsx';

type Asked = 'close' | 'publish' | 'seal';

/** The steps that the reader can take now; the one that is due stands out. */
export function DeskActions({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>();
  const { month, running } = desk;
  const { state } = month;
  const closed = month.closed_at !== null;
  const done = () => setAsked(undefined);
  if (state === 'sealed') {
    return (
      <Block title={t('desk.actions')}>
        <p>{t('desk.isSealed')}</p>
        <Results month={month.month} />
      </Block>
    );
  }
  return (
    <Block title={t('desk.actions')}>
      <div className="yp-actions">
        <Button type={closed ? 'default' : 'primary'} onClick={() => setAsked('close')}>
          {t(closed ? 'scores.closeAgain' : 'scores.close')}
        </Button>
        <Button
          type={state === 'provisional' && !running ? 'primary' : 'default'}
          disabled={running || !closed || state === 'objection'}
          onClick={() => setAsked('publish')}
        >
          {t('desk.publish')}
        </Button>
        <Button
          type={state === 'objection' && !desk.needs_waiver ? 'primary' : 'default'}
          disabled={running || !closed}
          onClick={() => setAsked('seal')}
        >
          {t('desk.seal')}
        </Button>
        {closed ? <Results month={month.month} /> : null}
      </div>
      {running ? <p className="yp-hint">{t('desk.notOver')}</p> : null}
      {asked === 'close' ? <CloseDialog month={month} hall={hallOf(desk)} onDone={done} /> : null}
      {asked === 'publish' ? <PublishDialog desk={desk} onDone={done} /> : null}
      {asked === 'seal' ? <SealDialog desk={desk} onDone={done} /> : null}
    </Block>
  );
}

function Results({ month }: { month: string }) {
  const { t } = useTranslation();
  return (
    <Link to="/scores" search={{ month }}>
      {t('desk.results')}
    </Link>
  );
}
