import type { Lang } from '../../kernel/lang.ts';
import { defineRefusals } from '../../kernel/refusal.ts';

defineRefusals({
  'embed.not_allowed': {
    status: 403,
    zh: '这个网站没有被允许嵌入评价页，所以这里不显示评价。请从大厅的短信、二维码或网站直接打开评价链接。',
    en:
      'This site is not allowed to frame the rating page, so no rating is shown here. Open the rating ' +
      'link from the hall’s message, its QR code or its own site.',
  },
});

interface Ending {
  heading: string;
  text: string;
}

interface EmbedWords {
  rated: Ending;
  used: Ending;
  expired: Ending;
  demo: { title: string; text: string; button: string; note: string; none: string };
}

const zh: EmbedWords = {
  rated: { heading: '谢谢，您的评价已经收到', text: '评价任何人都不能修改或删除。反映的问题会有专人核实。' },
  used: { heading: '这次办理已经评价过了', text: '一次办理只能评价一次，原评价不变。' },
  expired: { heading: '评价期限已过', text: '这次办理不能再评价。如有意见，请联系大厅服务台或拨打12345。' },
  demo: {
    title: '嵌入评价按钮的演示',
    text: '门户或App的页面只需要下面两行；按钮按下后，评价表单在同一页打开。',
    button: '评价这次办理',
    note: '演示只在演示大厅中提供；正式使用前，请系统管理员把门户的网站加入允许名单。',
    none: '演示大厅里没有等待评价的办理记录。',
  },
};

const en: EmbedWords = {
  rated: {
    heading: 'Thank you, we have your rating',
    text: 'Nobody can change or delete it. Somebody will look into what you said went wrong.',
  },
  used: {
    heading: 'This service has already been rated',
    text: 'Each service is rated once; the first rating stands.',
  },
  expired: {
    heading: 'The time for rating is over',
    text: 'This service can no longer be rated. Tell the hall desk or call 12345.',
  },
  demo: {
    title: 'An embedded rating button',
    text: 'A page of a portal or App needs these two lines; the form opens within the page.',
    button: 'Rate this service',
    note: 'It exists in the demo hall only; for real use the portal’s site has to be allowed.',
    none: 'The demo hall has no service that waits for a rating.',
  },
};

export function embedWords(lang: Lang): EmbedWords {
  return lang === 'en' ? en : zh;
}
