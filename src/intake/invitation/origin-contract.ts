import { z } from 'zod';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'origin.malformed': {
    status: 422,
    zh: '这不是一个网站来源，没有添加。请写成 https://portal.example.gov.cn 这样，只有协议、域名和端口，不带路径。',
    en:
      'This is no site, so nothing was added. Write it like https://portal.example.gov.cn: scheme, ' +
      'host and port, without a path.',
  },
  'origin.known': {
    status: 409,
    zh: '这个网站已经在名单里，没有改动。',
    en: 'This site is on the list already, so nothing changed.',
  },
  'origin.unknown': {
    status: 404,
    zh: '名单里没有这个网站。请刷新列表。',
    en: 'The list has no such site. Refresh it.',
  },
  'link.return_not_allowed': {
    status: 422,
    zh: '返回地址不在允许的网站名单里，没有生成链接。请联系大厅系统管理员添加该网站。',
    en:
      'The address to return to lies on no site that is allowed, so no link was made. Ask the hall’s ' +
      'system administrator to add the site.',
  },
  'link.not_ratable': {
    status: 410,
    zh: '这次办理的评价期限已过，没有生成链接。',
    en: 'The time for rating this service is over, so no link was made.',
  },
  'link.over': {
    status: 410,
    zh: '这个入口已经失效。请回到刚才的页面或App，重新点“评价”。',
    en: 'This way in is no longer good. Go back to where you came from and choose “rate” again.',
  },
});

/** POST /admin/api/embed-origins */
export const newOrigin = z.strictObject({
  origin: z.string().trim().min(1).max(200),
  /** name of the key whose links may lead back there; empty for every key */
  keyName: z.string().trim().max(60).default(''),
  note: z.string().trim().min(2).max(200),
});
export type NewOrigin = z.output<typeof newOrigin>;

/** POST /admin/api/embed-origins/remove */
export const removedOrigin = z.strictObject({
  origin: z.string().max(200),
  keyName: z.string().max(60).default(''),
});

export const embedOrigin = z.object({
  origin: z.string(),
  keyName: z.string(),
  note: z.string(),
  addedBy: z.string(),
  addedAt: z.string(),
});
export type EmbedOrigin = z.output<typeof embedOrigin>;

export const embedOriginList = z.object({ items: z.array(embedOrigin) });
