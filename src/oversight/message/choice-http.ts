import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { choiceOf, chooseMessages, confirmAddress, nameAddress, removeAddress } from './choice-actions.ts';
import { addressForm, choiceForm, choiceView, codeForm } from './choice-contract.ts';

const config = { access: 'signed-in' } as const;

/** Everybody's own choice of channels; each change answers it as it stands. */
export function choiceRoutes(http: Http, deps: Deps): void {
  const schema = { hide: true, response: { 200: choiceView } } as const;
  http.get('/admin/api/me/messages', { config, schema }, async ({ actor }) => await choiceOf(deps, actor));
  http.post(
    '/admin/api/me/messages',
    { config, schema: { ...schema, body: choiceForm } },
    async ({ actor, body }) => await chooseMessages(deps, actor, body),
  );
  http.post(
    '/admin/api/me/address',
    { config, schema: { ...schema, body: addressForm } },
    async ({ actor, body, lang }) => await nameAddress(deps, actor, body.address, lang),
  );
  http.post(
    '/admin/api/me/address/confirm',
    { config, schema: { ...schema, body: codeForm } },
    async ({ actor, body }) => await confirmAddress(deps, actor, body.code),
  );
  http.post(
    '/admin/api/me/address/remove',
    { config, schema },
    async ({ actor }) => await removeAddress(deps, actor),
  );
}
