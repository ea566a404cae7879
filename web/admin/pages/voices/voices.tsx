import { Link, Outlet, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VOICE_CHANNELS, VOICE_KINDS } from '../../../../src/feedback/voice/contract.ts';
import { type DeskVoiceRow, deskVoicePage } from '../../../../src/handling/resolution/desk-contract.ts';
import { moment } from '../../format.ts';
import { DayRangeFilter, FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { StandIn } from '../../parts/stand-in.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { VoiceForm } from './voice-form.tsx';
import { VoiceCategory, VoiceChannel, VoiceKind, VoiceState, VoiceSubject } from './voice-words.tsx';

const FILTERS = ['kind', 'channel', 'q', 'from', 'to'] as const;

/** The register of what people have to say, however it came in; never who said it. */
export function VoicesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/voices' });
  const can = useCan();
  const [writing, setWriting] = useState(false);
  const query = filtersOf(search, FILTERS);
  return (
    <>
      <PageHead title={t('nav.voices')} hint={t('voices.hint')}>
        <StandIn />
        {can('voice.write') ? (
          <Button type="primary" onClick={() => setWriting(true)}>
            {t('voices.register')}
          </Button>
        ) : null}
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <DayRangeFilter from={search.from} to={search.to} labels={[t('list.from'), t('list.to')]} />
        <SelectFilter
          name="kind"
          value={search.kind}
          label={t('voices.kind')}
          choices={VOICE_KINDS.map((value) => ({ value, label: t(`voices.kinds.${value}`) }))}
        />
        <SelectFilter
          name="channel"
          value={search.channel}
          label={t('voices.channel')}
          choices={VOICE_CHANNELS.map((value) => ({ value, label: t(`voices.channels.${value}`) }))}
        />
        <SearchFilter name="q" value={search.q} label={t('voices.search')} />
      </FilterBar>
      <List
        path="/voices"
        schema={deskVoicePage}
        query={query}
        cursor={search.cursor}
        columns={columns(t)}
        rowKey={(row) => row.id}
        label={t('nav.voices')}
        empty={{ title: t('voices.empty.title'), text: t('voices.empty.text') }}
        exported={can('export.run')}
      />
      <Outlet />
      {writing ? <VoiceForm onDone={() => setWriting(false)} /> : null}
    </>
  );
}

function columns(t: TFunction): TableColumnsType<DeskVoiceRow> {
  return [
    {
      key: 'number',
      title: t('voices.number'),
      className: 'yp-nowrap',
      render: (_, row) => (
        <Link to="/voices/$id" params={{ id: row.id }} search={true} state={true}>
          {row.number}
        </Link>
      ),
    },
    { key: 'kind', title: t('voices.kind'), render: (_, row) => <VoiceKind kind={row.kind} /> },
    { key: 'category', title: t('voices.category'), render: (_, row) => <VoiceCategory voice={row} /> },
    {
      key: 'channel',
      title: t('voices.channel'),
      render: (_, row) => <VoiceChannel channel={row.channel} />,
    },
    { key: 'subject', title: t('voices.subject'), render: (_, row) => <VoiceSubject voice={row} /> },
    { key: 'department', title: t('field.department'), render: (_, row) => row.departmentName },
    {
      key: 'received',
      title: t('voices.receivedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.receivedAt),
    },
    { key: 'state', title: t('voices.state'), render: (_, row) => <VoiceState voice={row} /> },
    {
      key: 'due',
      title: t('voices.dueAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.dueAt),
    },
  ];
}
