import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select, Tag } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { finishedTicket, type QueueView } from '../../../../src/intake/ticket/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { queueQuery, refresh } from './hall-query.ts';

/** The keys that a hand finds without looking: call, and finish with the invitation to rate. */
const KEYS = { call: 'F2', finish: 'F4' } as const;

type Verb = 'call' | 'recall' | 'skip' | 'finish' | 'transfer';

/** Today's queue at a window: who is served, who waits, and one key to finish and invite. */
export function QueuePanel({ window: code }: { window: string }) {
  const { t } = useTranslation();
  const query = useQuery(queueQuery(code));
  const act = useQueueAction(code);
  const { mutate } = act;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const verb = (['call', 'finish'] as const).find((one) => KEYS[one] === event.key);
      if (verb === undefined) return;
      event.preventDefault();
      mutate({ verb });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [mutate]);
  return (
    <Block title={t('hall.queue')}>
      <ProblemAlert error={act.error} />
      <Loaded query={query}>
        {(queue) => (
          <>
            <Current queue={queue} />
            <div className="yp-actions">
              <Button
                type={queue.current ? 'default' : 'primary'}
                disabled={queue.current !== null}
                onClick={() => mutate({ verb: 'call' })}
              >
                {t('hall.call')} {KEYS.call}
              </Button>
              <Button
                type={queue.current ? 'primary' : 'default'}
                disabled={queue.current === null}
                loading={act.isPending}
                onClick={() => mutate({ verb: 'finish' })}
              >
                {t('hall.finish')} {KEYS.finish}
              </Button>
              <Button disabled={queue.current === null} onClick={() => mutate({ verb: 'recall' })}>
                {t('hall.recall')}
              </Button>
              <Button disabled={queue.current === null} onClick={() => mutate({ verb: 'skip' })}>
                {t('hall.skip')}
              </Button>
              <Transfer queue={queue} onGroup={(group) => mutate({ verb: 'transfer', group })} />
            </div>
            <Waiting queue={queue} onCall={(ticket) => mutate({ verb: 'call', ticket })} />
          </>
        )}
      </Loaded>
    </Block>
  );
}

function useQueueAction(window: string) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: async ({ verb, ...more }: { verb: Verb; ticket?: string; group?: string }) => {
      const body = { window, ...more };
      if (verb !== 'finish') {
        await call(z.unknown(), `/tickets/${verb}`, { body });
        return undefined;
      }
      return await call(finishedTicket, '/tickets/finish', { body });
    },
    onSuccess: (finished) => {
      if (finished) message.success(t(`hall.finished.${finished.why}`, { ticket: finished.ticketNo }));
    },
    onSettled: () => refresh(cache),
  });
}

function Current({ queue: { current, waiting, finished } }: { queue: QueueView }) {
  const { t } = useTranslation();
  return (
    <p className="yp-now" aria-live="polite">
      {current ? (
        <>
          <strong className="yp-ticket">{current.ticketNo}</strong> {current.groupName}{' '}
          {current.priority ? <Tag>{t('hall.priority')}</Tag> : null}
        </>
      ) : (
        <span className="yp-quiet">{t('hall.nobody')}</span>
      )}{' '}
      <span className="yp-quiet">{t('hall.counts', { waiting: waiting.length, finished })}</span>
    </p>
  );
}

function Transfer({ queue, onGroup }: { queue: QueueView; onGroup: (group: string) => void }) {
  const { t } = useTranslation();
  const others = queue.groups.filter(({ code }) => code !== queue.current?.groupCode);
  if (queue.current === null || others.length === 0) return null;
  return (
    <Select
      aria-label={t('hall.transfer')}
      placeholder={t('hall.transfer')}
      value={null}
      onChange={(group: string | null) => group && onGroup(group)}
      options={others.map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}

/** As many as are seen at one glance. */
const SEEN = 8;

function Waiting({ queue, onCall }: { queue: QueueView; onCall: (ticket: string) => void }) {
  const { t } = useTranslation();
  const all = [...queue.waiting.slice(0, SEEN), ...queue.skipped];
  if (all.length === 0) return null;
  return (
    <ul className="yp-tickets" aria-label={t('hall.waiting')}>
      {all.map((ticket) => (
        <li key={ticket.id}>
          <Button
            size="small"
            disabled={queue.current !== null}
            title={moment(ticket.drawnAt)}
            onClick={() => onCall(ticket.id)}
          >
            {ticket.ticketNo}
          </Button>
          {ticket.priority ? ` ${t('hall.priority')}` : ''}
          {ticket.state === 'skipped' ? ` ${t('hall.skipped')}` : ''}
        </li>
      ))}
    </ul>
  );
}
