import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

export const deviceRefusals = defineRefusals({
  'device.not_paired': {
    status: 401,
    zh: '这台设备还没有与窗口配对，或配对已失效。请联系管理员取得配对码后重新配对。',
    en: 'This device is not paired with a window. Ask the administrator for a pairing code and pair it.',
  },
  'device.revoked': {
    status: 401,
    zh: '这台设备已被停用，没有接收它的内容。未上传的评价仍保存在设备上，重新配对后会继续上传。',
    en:
      'This device has been revoked, so nothing was taken from it. Ratings that wait on it are kept and go ' +
      'on once it is paired again.',
  },
  'device.code_unknown': {
    status: 422,
    zh: '配对码不正确、已被使用或已过期。请核对后重新输入，或请管理员生成新的配对码。',
    en: 'This pairing code is wrong, used or expired. Compare it and enter it again, or ask for a new one.',
  },
  'device.unknown': {
    status: 404,
    zh: '没有找到这台设备。请刷新列表后重试。',
    en: 'There is no such device. Refresh the list and try again.',
  },
  'device.revoked_for_good': {
    status: 409,
    zh: '这台设备已经停用，不能再修改或配对。如需继续使用，请新建一台设备。',
    en: 'This device has been revoked and can be neither changed nor paired. Create another one for it.',
  },
  'device.keys_needed': {
    status: 422,
    zh: '按键设备须说明每个按键对应的满意度。请填写按键对照。',
    en: 'A button device needs the level that each of its keys means. Fill in the keys.',
  },
  'device.keys_of_tablet': {
    status: 422,
    zh: '平板没有按键对照。请去掉按键，或把类型改为按键设备。',
    en: 'A tablet has no keys to describe. Leave them out, or make it a button device.',
  },
  'device.key_repeated': {
    status: 422,
    zh: '同一个按键写了两次。每个按键只保留一行。',
    en: 'A key stands here twice. Keep one line for each key.',
  },
  'device.key_unknown': {
    status: 422,
    zh: '这台设备没有名为{key}的按键对照，没有记录。请管理员在设备页面补充。',
    en: 'This device has no meaning for the key {key}, so nothing was recorded. Add it to the device.',
  },
  'device.wrong_kind': {
    status: 422,
    zh: '这种设备不使用这个接口：平板使用评价页面，按键设备使用按键接口。',
    en:
      'This kind of device does not use this call: tablets use the kiosk page, button devices the call ' +
      'for keys.',
  },
});

export const deviceKinds = z.enum(['tablet', 'button']);
export type DeviceKind = z.output<typeof deviceKinds>;

/** Name of a key as the device sends it. */
const keyName = z.string().regex(/^[A-Za-z0-9_.-]{1,16}$/);

/** What a key of a button device means: the level, and tags where the key itself tells a reason. */
export const deviceKeys = z
  .array(
    z.strictObject({
      key: keyName,
      satisfaction: z.number().int().min(1).max(5),
      tags: z.array(z.number().int().min(100).max(999)).max(5).default([]),
    }),
  )
  .min(1)
  .max(10)
  .refine((keys) => new Set(keys.map(({ key }) => key)).size === keys.length, {
    params: { code: 'device.key_repeated' },
  });
export type DeviceKeys = z.output<typeof deviceKeys>;

const name = z.string().trim().min(1).max(60);
const windowCode = z.string().trim().min(1).max(32);

export const newDevice = z.strictObject({
  kind: deviceKinds,
  windowCode,
  name,
  keys: deviceKeys.nullish(),
});
export type NewDevice = z.output<typeof newDevice>;

export const deviceChange = z.strictObject({ windowCode, name, keys: deviceKeys.nullish() });
export type DeviceChange = z.output<typeof deviceChange>;

export const deviceRevocation = z.strictObject({ reason: z.string().trim().min(4).max(200) });

/** `open`: made and not paired yet; `revoked`: refused for good. */
export const deviceStates = z.enum(['open', 'paired', 'revoked']);

export const deviceView = z.object({
  id: z.string(),
  kind: deviceKinds,
  windowCode: z.string(),
  windowName: z.string(),
  name: z.string(),
  keys: deviceKeys.nullable(),
  state: deviceStates,
  pairedAt: z.string().nullable(),
  pairedBy: z.string().nullable(),
  revokedAt: z.string().nullable(),
  revokedBy: z.string().nullable(),
  seenAt: z.string().nullable(),
  /** Ratings that wait on it for the line, as it last told. */
  waiting: z.number().nullable(),
});
export type DeviceView = z.output<typeof deviceView>;

export const deviceQuery = z.object({
  q: z.string().trim().max(100).optional(),
  kind: deviceKinds.optional(),
  state: deviceStates.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  lang: z.string().max(10).optional(),
});
export type DeviceQuery = z.output<typeof deviceQuery>;

export const devicePage = z.object({ items: z.array(deviceView), next: z.string().nullable() });

/** Shown once: a code that one tablet can use, or the credential of a button device. */
export const pairingCode = z.object({ code: z.string(), until: z.string() });
export const issuedCredential = z.object({ credential: z.string() });

export const pairing = z.strictObject({ code: z.string().max(40) });
export const paired = z.object({ deviceId: z.string(), windowCode: z.string() });
