import { type Deps, unhurried } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import { readMonth } from '../statement/index.ts';
import { closeMonth, listMonths } from './actions.ts';
import {
  closedMonthSchema,
  monthEndSchema,
  monthListSchema,
  monthParamsSchema,
  sealSchema,
  unitQuerySchema,
} from './contract.ts';
import { deskOf } from './desk-actions.ts';
import { deskSchema } from './desk-contract.ts';
import { publishMonth, sealMonth } from './ending-actions.ts';
import { readUnit } from './unit.ts';

export function monthRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/months',
    {
      // Everybody sees which months there are; a clerk needs them to open the own file.
      config: { access: 'signed-in' },
      schema: { hide: true, response: { 200: monthListSchema } },
    },
    async ({ actor }) => await listMonths(deps, actor),
  );
  http.get(
    '/admin/api/months/:month/desk',
    {
      config: { access: { permission: 'month.close' } },
      schema: {
        hide: true,
        params: monthParamsSchema,
        querystring: unitQuerySchema,
        response: { 200: deskSchema },
      },
    },
    async ({ params, query, actor }) =>
      await deskOf(deps, actor, readMonth(params.month), readUnit(query.unit)),
  );
  http.post(
    '/admin/api/months/:month/close',
    {
      config: { access: { permission: 'month.close' } },
      schema: {
        hide: true,
        params: monthParamsSchema,
        querystring: unitQuerySchema,
        response: { 200: closedMonthSchema },
      },
    },
    async ({ params, query, actor }) =>
      await closeMonth(unhurried(deps), actor, readMonth(params.month), readUnit(query.unit)),
  );
  http.post(
    '/admin/api/months/:month/publish',
    {
      config: { access: { permission: 'month.close' } },
      schema: {
        hide: true,
        params: monthParamsSchema,
        querystring: unitQuerySchema,
        response: { 200: monthEndSchema },
      },
    },
    async ({ params, query, actor }) =>
      await publishMonth(unhurried(deps), actor, readMonth(params.month), readUnit(query.unit)),
  );
  http.post(
    '/admin/api/months/:month/seal',
    {
      config: { access: { permission: 'month.close' } },
      schema: {
        hide: true,
        params: monthParamsSchema,
        querystring: unitQuerySchema,
        body: sealSchema,
        response: { 200: monthEndSchema },
      },
    },
    async ({ params, query, body, actor }) => {
      const unit = readUnit(query.unit);
      return await sealMonth(unhurried(deps), actor, readMonth(params.month), { ...body, unit });
    },
  );
}
