import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DeviceView,
  deviceKinds,
  devicePage,
  deviceStates,
} from '../../../../src/registry/device/contract.ts';
import { moment } from '../../format.ts';
import { FilterBar, SearchFilter, SelectFilter } from '../../parts/filters.tsx';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { filtersOf } from '../../search.ts';
import { useCan } from '../../session.ts';
import { DeviceDialog } from './device-dialog.tsx';
import { PairDialog } from './pair-dialog.tsx';
import { RevokeDeviceDialog } from './revoke-device-dialog.tsx';

/** What is being done to which device; a new one has none yet. */
type Step =
  | { step: 'create' }
  | { step: 'change'; device: DeviceView }
  | { step: 'pair'; device: DeviceView }
  | { step: 'revoke'; device: DeviceView };

/** The rating tablets and button devices of the halls. */
export function DevicesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/devices' });
  const can = useCan();
  const cache = useQueryClient();
  const [doing, setDoing] = useState<Step>();
  const query = filtersOf(search, ['q', 'kind', 'state']);
  const mayWrite = can('registry.write');
  const done = () => {
    setDoing(undefined);
    void cache.invalidateQueries({ queryKey: ['list', '/registry/devices'] });
  };
  const create = (
    <Button type="primary" onClick={() => setDoing({ step: 'create' })}>
      {t('devices.create')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('nav.devices')} hint={t('devices.hint')}>
        {mayWrite ? create : null}
      </PageHead>
      <FilterBar active={Object.keys(query).length > 0}>
        <SearchFilter name="q" value={search.q} label={t('devices.search')} />
        <SelectFilter
          name="kind"
          value={search.kind}
          label={t('registry.kind')}
          choices={deviceKinds.options.map((value) => ({ value, label: t(`devices.kinds.${value}`) }))}
        />
        <SelectFilter
          name="state"
          value={search.state}
          label={t('users.state')}
          choices={deviceStates.options.map((value) => ({ value, label: t(`devices.states.${value}`) }))}
        />
      </FilterBar>
      <List
        path="/registry/devices"
        schema={devicePage}
        query={query}
        cursor={search.cursor}
        columns={columns(t, mayWrite ? setDoing : undefined)}
        rowKey={(row) => row.id}
        label={t('nav.devices')}
        empty={{ title: t('devices.empty.title'), text: t('devices.empty.text') }}
      />
      {doing?.step === 'create' ? <DeviceDialog onDone={done} /> : null}
      {doing?.step === 'change' ? <DeviceDialog device={doing.device} onDone={done} /> : null}
      {doing?.step === 'pair' ? <PairDialog device={doing.device} onDone={done} /> : null}
      {doing?.step === 'revoke' ? <RevokeDeviceDialog device={doing.device} onDone={done} /> : null}
    </>
  );
}

function columns(t: TFunction, go?: (step: Step) => void): TableColumnsType<DeviceView> {
  return [
    { key: 'window', title: t('field.windowCode'), className: 'yp-nowrap', dataIndex: 'windowCode' },
    { key: 'windowName', title: t('field.window'), dataIndex: 'windowName' },
    { key: 'name', title: t('devices.name'), dataIndex: 'name' },
    { key: 'kind', title: t('registry.kind'), render: (_, row) => t(`devices.kinds.${row.kind}`) },
    { key: 'state', title: t('users.state'), render: (_, row) => <DeviceState device={row} /> },
    {
      key: 'seen',
      title: t('devices.seen'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.seenAt) || t('devices.never'),
    },
    {
      key: 'waiting',
      title: t('devices.waiting'),
      align: 'right',
      className: 'yp-num',
      render: (_, row) => row.waiting ?? '',
    },
    ...(go
      ? [
          {
            key: 'steps',
            title: t('devices.steps'),
            render: (_: unknown, row: DeviceView) =>
              row.state === 'revoked' ? null : <Steps device={row} go={go} />,
          },
        ]
      : []),
  ];
}

function DeviceState({ device }: { device: DeviceView }) {
  const { t } = useTranslation();
  const { state, pairedAt, pairedBy, revokedAt, revokedBy } = device;
  if (state === 'open') return <Tag>{t('devices.states.open')}</Tag>;
  const [at, by] = state === 'paired' ? [pairedAt, pairedBy] : [revokedAt, revokedBy];
  return (
    <span title={t('devices.byAt', { by, at: moment(at) })}>
      <Tag color={state === 'paired' ? 'success' : 'default'}>{t(`devices.states.${state}`)}</Tag>
    </span>
  );
}

function Steps({ device, go }: { device: DeviceView; go: (step: Step) => void }) {
  const { t } = useTranslation();
  return (
    <div className="yp-actions">
      <Button size="small" onClick={() => go({ step: 'pair', device })}>
        {t(device.kind === 'tablet' ? 'devices.pair' : 'devices.issue')}
      </Button>
      <Button size="small" onClick={() => go({ step: 'change', device })}>
        {t('devices.change')}
      </Button>
      <Button size="small" onClick={() => go({ step: 'revoke', device })}>
        {t('devices.revoke')}
      </Button>
    </div>
  );
}
