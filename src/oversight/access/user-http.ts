import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import {
  changeRoleSchema,
  createUserSchema,
  endedSessionsSchema,
  idParams,
  reasonSchema,
  roleListSchema,
  roleSchema,
  userListQuery,
  userListSchema,
  userSchema,
  userWithPasswordSchema,
} from './contract.ts';
import { knownPermissions } from './session-actions.ts';
import {
  changeRole,
  createUser,
  disableUser,
  enableUser,
  endSessions,
  resetUser,
  roles,
  type StaffCheck,
  searchUsers,
  userById,
} from './user-actions.ts';

const config = { access: { permission: 'user.manage' } };

/** Accounts: list, create, disable, enable, reset, end sessions, change the role. */
export function userRoutes(http: Http, deps: Deps, staffExists: StaffCheck): void {
  listRoutes(http, deps);
  http.post(
    '/admin/api/users',
    {
      config,
      schema: { hide: true, body: createUserSchema, response: { 201: userWithPasswordSchema } },
    },
    async (request, reply) =>
      reply.code(201).send(await createUser(deps, request.actor, request.body, staffExists)),
  );

  http.post(
    '/admin/api/users/:id/role',
    {
      config,
      schema: { hide: true, params: idParams, body: changeRoleSchema, response: { 200: userSchema } },
    },
    async (request) => changeRole(deps, request.actor, request.params, request.body, staffExists),
  );

  http.post(
    '/admin/api/users/:id/reset',
    {
      config,
      schema: { hide: true, params: idParams, body: reasonSchema, response: { 200: userWithPasswordSchema } },
    },
    async (request) => resetUser(deps, request.actor, request.params, request.body?.reason),
  );

  http.post(
    '/admin/api/users/:id/disable',
    {
      config,
      schema: { hide: true, params: idParams, body: reasonSchema, response: { 200: userSchema } },
    },
    async (request) => disableUser(deps, request.actor, request.params, request.body?.reason),
  );

  http.post(
    '/admin/api/users/:id/enable',
    {
      config,
      schema: { hide: true, params: idParams, body: reasonSchema, response: { 200: userSchema } },
    },
    async (request) => enableUser(deps, request.actor, request.params, request.body?.reason),
  );

  http.post(
    '/admin/api/users/:id/end-sessions',
    {
      config,
      schema: { hide: true, params: idParams, body: reasonSchema, response: { 200: endedSessionsSchema } },
    },
    async (request) => ({
      ended: await endSessions(deps, request.actor, request.params, request.body?.reason),
    }),
  );
}

function listRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/users',
    {
      config,
      schema: { hide: true, querystring: userListQuery, response: { 200: userListSchema } },
    },
    async (request) => searchUsers(deps, request.actor, request.query),
  );

  http.get(
    '/admin/api/users/:id',
    { config, schema: { hide: true, params: idParams, response: { 200: userSchema } } },
    async (request) => userById(deps, request.actor, request.params.id),
  );

  http.get(
    '/admin/api/roles',
    {
      config,
      schema: { hide: true, response: { 200: roleListSchema } },
    },
    async (request) => ({
      items: (await roles(deps, request.actor)).map((row) => ({
        role: roleSchema.parse(row.role),
        name: { zh: row.name_zh, en: row.name_en },
        permissions: knownPermissions(row.permissions),
        needsSecondFactor: row.needs_second_factor,
        needsStaffNo: row.needs_staff_no,
      })),
    }),
  );
}
