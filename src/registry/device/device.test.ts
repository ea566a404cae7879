import { describe, expect, it } from 'vitest';
import { openApp } from '../../../test/support/app.ts';
import { systemActor } from '../../oversight/access/index.ts';
import {
  createDevice,
  devicePageFor,
  issueCode,
  issueCredential,
  pair,
  pairedDevice,
  requireDevice,
  revokeDevice,
  updateDevice,
} from './actions.ts';
import { deviceKeys, type NewDevice } from './contract.ts';

const { t } = await openApp();
const CITY = '370800';
const office = systemActor(CITY, 'test');
const MINUTE = 60_000;

const make = (given: Partial<NewDevice> = {}) =>
  createDevice(t, office, { kind: 'tablet', windowCode: 'T01', name: '平板', ...given });

describe('pairing', () => {
  it('binds a tablet to its window by a code that people may type as they like', async () => {
    const device = await make();
    expect(device.state).toBe('open');
    const { code } = await issueCode(t, office, device.id);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const { credential } = await pair(t, ` ${code.toLowerCase().replace('-', ' ')} `);
    expect(await pairedDevice(t, credential)).toEqual({
      cityCode: CITY,
      deviceId: device.id,
      kind: 'tablet',
      windowCode: 'T01',
      name: '平板',
      keys: null,
    });
  });

  it('lets exactly one of two tablets have one code', async () => {
    const { id } = await make();
    const { code } = await issueCode(t, office, id);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => pair(t, code)));
    const won = tries.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason.code).toBe('device.code_unknown');
    await expect(pair(t, code)).rejects.toThrow(/wrong, used or expired/);
  });

  it('knows no code that is old, replaced or made up', async () => {
    const { id } = await make();
    const first = await issueCode(t, office, id);
    const second = await issueCode(t, office, id);
    await expect(pair(t, first.code)).rejects.toMatchObject({ code: 'device.code_unknown' });
    t.clock.advance(10 * MINUTE);
    await expect(pair(t, second.code)).rejects.toMatchObject({ code: 'device.code_unknown' });
    for (const typed of ['', 'AAAA-AAAA', '你好', '0'.repeat(200)])
      await expect(pair(t, typed)).rejects.toMatchObject({ code: 'device.code_unknown' });
  });

  it('refuses the tablet before, once another one took its place', async () => {
    const { id } = await make();
    const before = await pair(t, (await issueCode(t, office, id)).code);
    const { code } = await issueCode(t, office, id);
    expect(await pairedDevice(t, before.credential)).not.toBeNull();
    const after = await pair(t, code);
    expect(await pairedDevice(t, before.credential)).toBeNull();
    expect(await pairedDevice(t, after.credential)).not.toBeNull();
  });
});

describe('a paired device', () => {
  it('follows its window and is refused from the revocation on, for good', async () => {
    const { id } = await make();
    const { credential } = await pair(t, (await issueCode(t, office, id)).code);
    await updateDevice(t, office, id, { windowCode: 'T02', name: '平板二' });
    expect(await pairedDevice(t, credential)).toMatchObject({ windowCode: 'T02', name: '平板二' });
    const open = await issueCode(t, office, id);
    const revoked = await revokeDevice(t, office, id, '平板丢失');
    expect(revoked).toMatchObject({ state: 'revoked', revokedBy: 'test' });
    expect(await pairedDevice(t, credential)).toBeNull();
    await expect(requireDevice(t, credential)).rejects.toMatchObject({ code: 'device.revoked' });
    await expect(pair(t, open.code)).rejects.toMatchObject({ code: 'device.code_unknown' });
    const again = { code: 'device.revoked_for_good' };
    await expect(issueCode(t, office, id)).rejects.toMatchObject(again);
    await expect(revokeDevice(t, office, id, '再次停用')).rejects.toMatchObject(again);
    await expect(updateDevice(t, office, id, { windowCode: 'T01', name: 'x' })).rejects.toMatchObject(again);
  });

  it('is nobody with a credential of another city or of no form', async () => {
    const { id } = await make();
    const { credential } = await pair(t, (await issueCode(t, office, id)).code);
    for (const other of [credential.replace('370800', '370900'), `${credential}A`, 'yd_', ''])
      expect(await pairedDevice(t, other)).toBeNull();
  });
});

describe('a button device', () => {
  const keys = [
    { key: '1', satisfaction: 5, tags: [] },
    { key: '4', satisfaction: 2, tags: [214] },
  ];

  it('gets a credential instead of a code, and carries what its keys mean', async () => {
    const device = await make({ kind: 'button', name: '四键', keys });
    await expect(issueCode(t, office, device.id)).rejects.toMatchObject({ code: 'device.wrong_kind' });
    const { credential } = await issueCredential(t, office, device.id);
    expect(await pairedDevice(t, credential)).toMatchObject({ kind: 'button', keys });
  });

  it('needs its keys, each once; a tablet has none', async () => {
    await expect(make({ kind: 'button' })).rejects.toMatchObject({ code: 'device.keys_needed' });
    await expect(make({ keys })).rejects.toMatchObject({ code: 'device.keys_of_tablet' });
    expect(deviceKeys.safeParse([keys[0], keys[0]]).success).toBe(false);
  });
});

describe('the office', () => {
  it('lists devices by window within its reach, and finds no window outside', async () => {
    const all = await devicePageFor(t, office, { limit: 50 });
    expect(all.items.length).toBeGreaterThan(4);
    const first = await devicePageFor(t, office, { limit: 2 });
    const second = await devicePageFor(t, office, { limit: 200, cursor: first.next ?? '' });
    expect([...first.items, ...second.items]).toEqual(all.items);
    const far = { ...office, scope: { cityCode: CITY, regionPrefix: '370811' } };
    expect((await devicePageFor(t, far, { limit: 50 })).items).toEqual([]);
    const given: NewDevice = { kind: 'tablet', windowCode: 'T01', name: 'x' };
    await expect(createDevice(t, far, given)).rejects.toMatchObject({ code: 'window.unknown' });
    const [row] = all.items;
    await expect(revokeDevice(t, far, row?.id ?? '', '不在范围')).rejects.toMatchObject({
      code: 'device.unknown',
    });
  });
});
