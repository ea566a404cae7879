import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type DeskItem,
  type DeskView,
  deskAsked,
  deskView,
} from '../../../../src/feedback/rating/kiosk-contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { deskColumns } from './desk-columns.tsx';

/** How often the list is read anew while it is looked at. */
const REFRESH_MS = 5000;

/** The desk of a clerk: what was served at the own windows, and the button that asks for a rating. */
export function DeskPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['desk'],
    queryFn: ({ signal }) => call(deskView, '/desk', { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <PageHead title={t('nav.desk')} hint={t('clerkDesk.hint')} />
      <Loaded query={query}>
        {(desk) =>
          desk.windows.length === 0 ? (
            <Empty title={t('clerkDesk.noWindow.title')} text={t('clerkDesk.noWindow.text')} />
          ) : (
            <div className="yp-stack">
              {desk.windows.map((window) => (
                <WindowLine key={window.code} window={window} />
              ))}
              <Served items={desk.items} />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

/** A window with its devices: how many ratings wait on each, and nothing of what they say. */
function WindowLine({ window }: { window: DeskView['windows'][number] }) {
  const { t } = useTranslation();
  return (
    <section className="yp-block yp-desk-window" aria-label={window.code}>
      <h2>
        {window.code} {window.name}
      </h2>
      {window.devices.length === 0 ? <p className="yp-quiet">{t('clerkDesk.noDevice')}</p> : null}
      {window.devices.map(({ name, seenAt, waiting }) => (
        <p key={name}>
          {seenAt
            ? t('clerkDesk.device', { name, at: moment(seenAt) })
            : t('clerkDesk.deviceNever', { name })}{' '}
          {waiting ? <Tag>{t('clerkDesk.queue', { count: waiting })}</Tag> : null}
        </p>
      ))}
    </section>
  );
}

function Served({ items }: { items: DeskItem[] }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const ask = useMutation({
    mutationFn: (stepId: string) => call(deskAsked, '/desk/invitations', { body: { stepId } }),
    onSuccess: ({ windowCode }) => {
      message.success(t('clerkDesk.done', { window: windowCode }));
      void cache.invalidateQueries({ queryKey: ['desk'] });
    },
  });
  if (items.length === 0)
    return <Empty title={t('clerkDesk.empty.title')} text={t('clerkDesk.empty.text')} />;
  return (
    <div className="yp-list">
      <ProblemAlert error={ask.error} />
      <Table<DeskItem>
        aria-label={t('clerkDesk.list')}
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey="stepId"
        dataSource={items}
        columns={deskColumns(t, ask.isPending ? ask.variables : undefined, (id) => ask.mutate(id))}
      />
    </div>
  );
}
