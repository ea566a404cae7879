import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendDocument, sendTable } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { summaryOf, summaryReport, summaryTable } from './summary-actions.ts';
import { reportQuery, summaryQuery, summaryView } from './summary-contract.ts';

/** The monthly summary of stuck matters: figures, a table, or an official report to print. */
export function summaryRoutes(http: Http, deps: Deps): void {
  const config = { access: { permission: 'voice.read' } } as const;
  http.get(
    '/admin/api/stuck-summary',
    { config, schema: { hide: true, querystring: summaryQuery, response: { 200: summaryView } } },
    async ({ actor, query: { month, format }, lang }, reply) => {
      if (format === 'json') return await summaryOf(deps, actor, { month, lang });
      requirePermission(actor, 'export.run');
      const table = await summaryTable(deps, actor, { month, lang });
      return await sendTable(reply, 'stuck-matters', format, table);
    },
  );
  http.get(
    '/admin/api/stuck-summary/report',
    { config, schema: { hide: true, querystring: reportQuery } },
    async ({ actor, query: { month, format }, lang }, reply) => {
      const made = await summaryReport(deps, actor, { month, lang });
      return await sendDocument(reply, made, { format, name: 'stuck-matters' });
    },
  );
}
