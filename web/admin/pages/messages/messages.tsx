import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { GROUPS, type MessageView, messagePage } from '../../../../src/oversight/message/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { FilterBar, SelectFilter } from '../../parts/filters.tsx';
import { Pager } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Empty, Loaded } from '../../parts/states.tsx';
import { filtersOf } from '../../search.ts';
import { useRefresh, useUnread } from './message-query.ts';

/** The reader's own messages, the newest first; new ones appear without a reload. */
export function MessagesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/messages' });
  const filters = filtersOf(search, ['group', 'state']);
  const unread = useUnread();
  const { cursor } = search;
  const query = useQuery({
    // Whenever the number changes there is something new, or something was read elsewhere.
    queryKey: ['messages', 'list', filters, cursor ?? '', unread],
    queryFn: ({ signal }) =>
      call(messagePage, '/messages', { query: { ...filters, cursor, limit: 50 }, signal }),
    placeholderData: keepPreviousData,
  });
  const newest = query.data?.items[0]?.id;
  return (
    <>
      <PageHead title={t('nav.messages')} hint={t('messages.hint')}>
        {newest !== undefined && !cursor && unread > 0 ? (
          <ReadAll upTo={newest} group={filters.group} />
        ) : null}
      </PageHead>
      <FilterBar active={Object.keys(filters).length > 0}>
        <SelectFilter
          name="state"
          value={search.state}
          label={t('messages.state')}
          choices={(['unread', 'read'] as const).map((value) => ({
            value,
            label: t(`messages.states.${value}`),
          }))}
        />
        <SelectFilter
          name="group"
          value={search.group}
          label={t('messages.group')}
          choices={GROUPS.map((value) => ({ value, label: t(`messages.groups.${value}`) }))}
        />
      </FilterBar>
      <Loaded query={query}>
        {({ items, next }) => (
          <div className="yp-list" aria-busy={query.isPlaceholderData}>
            {items.length === 0 ? (
              <Empty title={t('messages.empty.title')} text={t('messages.empty.text')} />
            ) : (
              <ul className="yp-messages" aria-label={t('nav.messages')}>
                {items.map((item) => (
                  <Message key={item.id} message={item} />
                ))}
              </ul>
            )}
            <div className="yp-pager">
              <Pager cursor={cursor} next={next} shown={items.length} />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Message({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const { id, text, link, group, urgent, createdAt, readAt } = message;
  const read = useMutation({
    mutationFn: () => call(z.unknown(), '/messages/read', { body: { ids: [id] } }),
    onSuccess: refresh,
  });
  const isUnread = readAt === null;
  return (
    <li className={isUnread ? 'yp-unread' : ''}>
      <div>
        <Link to={link} onClick={() => (isUnread ? read.mutate() : undefined)}>
          {text}
        </Link>
        <p className="yp-quiet">
          {isUnread ? <Tag color="processing">{t('messages.unread')}</Tag> : null}
          {urgent ? <Tag color="error">{t('messages.urgent')}</Tag> : null}
          {group === null ? '' : t(`messages.groups.${group}`)} {moment(createdAt)}
        </p>
        <ProblemAlert error={read.error} />
      </div>
      {isUnread ? (
        <Button
          size="small"
          loading={read.isPending}
          aria-label={t('messages.readOne', { text })}
          onClick={() => read.mutate()}
        >
          {t('messages.read')}
        </Button>
      ) : null}
    </li>
  );
}

function ReadAll({ upTo, group }: { upTo: string; group: string | undefined }) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const read = useMutation({
    mutationFn: () => call(z.unknown(), '/messages/read-all', { body: { upTo, group } }),
    onSuccess: refresh,
  });
  return (
    <>
      <Button loading={read.isPending} onClick={() => read.mutate()}>
        {t('messages.readAll')}
      </Button>
      <ProblemAlert error={read.error} />
    </>
  );
}
