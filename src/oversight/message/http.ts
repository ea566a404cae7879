import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { choiceRoutes } from './choice-http.ts';
import { messagePage, messageQuery, readAllForm, readForm, unreadView } from './contract.ts';
import { inboxOf, readAllMessages, readMessages, unreadOf } from './inbox-actions.ts';
import { robotRoutes } from './robot-http.ts';

const config = { access: 'signed-in' } as const;

/** Everybody's own inbox and choice, and the robots. */
export function messageRoutes(http: Http, deps: Deps): void {
  choiceRoutes(http, deps);
  robotRoutes(http, deps);
  http.get(
    '/admin/api/messages',
    { config, schema: { hide: true, querystring: messageQuery, response: { 200: messagePage } } },
    async ({ actor, query, lang }) => await inboxOf(deps, actor, query, lang),
  );
  http.get(
    '/admin/api/messages/unread',
    { config: { ...config, unattended: true }, schema: { hide: true, response: { 200: unreadView } } },
    async ({ actor }) => await unreadOf(deps, actor),
  );
  http.post(
    '/admin/api/messages/read',
    { config, schema: { hide: true, body: readForm, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => {
      await readMessages(deps, actor, body.ids);
      return reply.code(204).send();
    },
  );
  http.post(
    '/admin/api/messages/read-all',
    { config, schema: { hide: true, body: readAllForm, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => {
      await readAllMessages(deps, actor, body);
      return reply.code(204).send();
    },
  );
}
