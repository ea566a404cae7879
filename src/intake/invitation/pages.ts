import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Lang } from '../../kernel/lang.ts';
import { sentence } from '../../kernel/refusal.ts';
import { layout, pageQuery, query, showPage, type View, viewOf } from '../../platform/citizen-page.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import type { Http } from '../../platform/http.ts';
import { logFault, refusalOf } from '../../platform/problem.ts';
import { requireSmsLink, stopByLink } from './sms-actions.ts';

interface Words {
  readonly title: string;
  readonly text: string;
  readonly button: string;
  readonly done: string;
  readonly doneText: string;
  readonly failed: string;
}

const words: Readonly<Record<Lang, Words>> = {
  'zh-CN': {
    title: '不再接收评价短信',
    text: '确认后，这个手机号以后不会再收到邀请评价的短信。办事不受影响，窗口和网上仍然可以评价。',
    button: '不再接收',
    done: '已经为您停发',
    doneText: '这个手机号以后不会再收到邀请评价的短信。想恢复时，请告诉大厅服务台。',
    failed: '没有保存',
  },
  en: {
    title: 'No more messages',
    text:
      'This phone will get no more messages that ask for a rating. It changes nothing about your matters, ' +
      'and you can still rate at the window or online.',
    button: 'Stop the messages',
    done: 'The messages are stopped',
    doneText: 'This phone will get no more messages that ask for a rating. To get them again, tell the desk.',
    failed: 'Nothing was saved',
  },
};

const params = z.object({ token: z.string().max(200) });

/** Where the link in a message leads whoever wants no more of them. */
export function invitationPages(http: Http, deps: Deps): void {
  const errorHandler = (error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = refusalOf(error, request);
    logFault(error, refusal, request, deps.log);
    const view = viewOf(request);
    const said = sentence(refusal.code, view.lang, refusal.params);
    return showPage(reply.code(refusal.status), page(view, words[view.lang].failed, said));
  };
  const config = { access: 'public' as const };
  const schema = { hide: true, querystring: pageQuery, params };
  http.get('/r/:token/stop', { config, schema, errorHandler }, (request, reply) => {
    const view = viewOf(request);
    requireSmsLink(deps, request.params.token);
    const { title, text, button } = words[view.lang];
    const form = html`<form method="post" action="?${raw(query(view))}"><button>${button}</button></form>`;
    return showPage(reply, page(view, title, text, form));
  });
  http.post('/r/:token/stop', { config, schema, errorHandler }, async (request, reply) => {
    const view = viewOf(request);
    await stopByLink(deps, request.params.token);
    return showPage(reply, page(view, words[view.lang].done, words[view.lang].doneText));
  });
}

function page(view: View, title: string, text: string, more: Html | string = ''): Html {
  return layout(view, title, html`<h1>${title}</h1><p>${text}</p>${more}`);
}
