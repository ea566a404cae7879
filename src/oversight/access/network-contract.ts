import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'network.malformed': {
    status: 422,
    zh: '这不是一个网段，没有添加。请写成 10.20.30.0/24 或 2001:db8:1::/48 这样，斜线后的位数以外应为 0。',
    en:
      'This is no block of addresses, so nothing changed. Write it like 10.20.30.0/24 or ' +
      '2001:db8:1::/48, with zeros behind the prefix.',
  },
  'network.too_wide': {
    status: 422,
    zh: '网段太大，会把群众也挡在外面，没有添加。前缀至少 {shortest} 位，请只填大厅自己电脑所在的网段。',
    en:
      'The block is so wide that it would bar citizens, so nothing changed. Its prefix has at least ' +
      '{shortest} bits; name the hall’s own computers only.',
  },
  'network.known': {
    status: 409,
    zh: '这个网段已经在名单里，没有改动。',
    en: 'This block is on the list already, so nothing changed.',
  },
  'network.unknown': {
    status: 404,
    zh: '名单里没有这个网段。请刷新列表。',
    en: 'The list has no such block. Refresh it.',
  },
});

/** POST /admin/api/office-networks */
export const newNetwork = z.strictObject({
  network: z.string().trim().min(1).max(60),
  note: z.string().trim().min(2).max(200),
});
export type NewNetwork = z.output<typeof newNetwork>;

/** POST /admin/api/office-networks/remove: a block has slashes, which no path takes well */
export const removedNetwork = z.strictObject({ network: z.string().trim().min(1).max(60) });

export const officeNetwork = z.object({
  network: z.string(),
  note: z.string(),
  addedBy: z.string(),
  addedAt: z.string(),
});
export type OfficeNetwork = z.infer<typeof officeNetwork>;

/** GET /admin/api/office-networks */
export const officeNetworkList = z.object({
  items: z.array(officeNetwork),
  /** the asker's own address as the server sees it: what to compare with */
  yours: z.string(),
});
