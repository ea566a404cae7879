import { requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { DOCUMENT_POLICY, documentPage } from '../../platform/document-page.ts';
import { DOCX_TYPE, writeDocx } from '../../platform/files-docx.ts';
import { sendTable } from '../../platform/files-http.ts';
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
      reply.header('cache-control', 'private, no-store');
      if (format === 'html') {
        return reply
          .header('content-security-policy', DOCUMENT_POLICY)
          .type('text/html; charset=utf-8')
          .send(documentPage(made).text);
      }
      return reply
        .header('content-disposition', 'attachment; filename="stuck-matters.docx"')
        .type(DOCX_TYPE)
        .send(await writeDocx(made));
    },
  );
}
