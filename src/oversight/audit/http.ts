import { dayOf } from '../../kernel/day.ts';
import type { Deps } from '../../platform/deps.ts';
import { TABLE_TYPES } from '../../platform/files-write.ts';
import type { Http } from '../../platform/http.ts';
import { type Auditor, exportAudit, searchAudit } from './actions.ts';
import { auditListSchema, auditQuery } from './contract.ts';

/** The auditor's search, and the same lines as a file. */
export function auditRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/audit',
    {
      config: { access: { permission: 'audit.read' } },
      schema: { hide: true, querystring: auditQuery, response: { 200: auditListSchema } },
    },
    async (request, reply) => {
      const auditor: Auditor = request.actor;
      const { format } = request.query;
      if (format === undefined) return searchAudit(deps, auditor, request.query);
      const file = await exportAudit(deps, auditor, request.query, format);
      const name = `audit-${dayOf(deps.clock.now())}.${format}`;
      return (
        reply
          .type(TABLE_TYPES[format])
          .header('content-disposition', `attachment; filename="${name}"`)
          // The declared answer is the list; bytes go out as they are.
          .send(file as never)
      );
    },
  );
}
