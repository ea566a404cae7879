import { formatMoment } from '../../kernel/day.ts';

/** What whoever spoke is told of. */
export const NOTICE_KINDS = [
  'received',
  'answered',
  'extended',
  'reminder',
  'overdue',
  'second_rating',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What may become of a notice. */
export type NoticeState =
  | 'waiting'
  | 'sending'
  | 'sent'
  | 'no_mobile'
  | 'opted_out'
  | 'expired'
  | 'refused'
  | 'unclear';

/** What a notice says: the number and the times that stand in it. */
export interface NoticeFacts {
  readonly kind: NoticeKind;
  readonly number: string;
  readonly until: Date | null;
  readonly url: string;
}

/** The template's name at the provider, what goes into its places, and the whole text. */
export function noticeMessage({ kind, number, until, url }: NoticeFacts): {
  template: string;
  params: string[];
  text: string;
} {
  const at = until === null ? '' : formatMoment(until);
  const [params, text] = (
    {
      received: [[number, url], `您反映的事项已登记，编号 ${number}。查询办理进度：${url}`],
      answered: [[number, url], `编号 ${number} 的事项已有答复，请凭编号查看并评价：${url}`],
      extended: [[number, at, url], `编号 ${number} 的事项经批准延期，最迟 ${at} 前答复。查询：${url}`],
      reminder: [[number, at], `编号 ${number} 的事项正在办理，将于 ${at} 前答复您。`],
      overdue: [[number, url], `编号 ${number} 的事项未能按期答复，我们正在督办，请见谅。查询：${url}`],
      second_rating: [[number, url], `您的差评（${number}）已整改，请您再次评价（自愿）：${url}`],
    } as const
  )[kind];
  return { template: `notice_${kind}`, params: [...params], text };
}
