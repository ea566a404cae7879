import { z } from 'zod';
import { type Deps, unhurried } from '../../platform/deps.ts';
import { sendDocument } from '../../platform/files-http.ts';
import type { Http } from '../../platform/http.ts';
import { subjectKindSchema } from './contract.ts';
import { departmentNotices, noticeFor } from './notice-actions.ts';

const paramsSchema = z.strictObject({
  month: z.string().max(20),
  kind: subjectKindSchema,
  code: z.string().max(60),
});
const querySchema = z.strictObject({
  format: z.enum(['html', 'docx']).default('html'),
  lang: z.string().max(10).optional(),
});

/** Statements as official notices: a page to print, or docx. */
export function noticeRoutes(http: Http, deps: Deps): void {
  http.get(
    '/admin/api/scores/:month/:kind/:code/notice',
    {
      // Whoever may read the statement; the action tells them apart.
      config: { access: 'signed-in' },
      schema: { hide: true, params: paramsSchema, querystring: querySchema },
    },
    async ({ params: { month, kind, code }, query, actor, lang }, reply) => {
      const made = await noticeFor(deps, actor, { month, subject: { kind, code }, lang });
      return await sendDocument(reply, made, { format: query.format, name: `notice-${month}` });
    },
  );
  http.get(
    '/admin/api/scores/:month/notices',
    {
      config: { access: { permission: 'score.read' } },
      schema: {
        hide: true,
        params: z.strictObject({ month: z.string().max(20) }),
        querystring: querySchema.extend({ department: z.string().max(40) }),
      },
    },
    async ({ params: { month }, query, actor, lang }, reply) => {
      const { department, format } = query;
      const made = await departmentNotices(unhurried(deps), actor, { month, department, lang });
      return await sendDocument(reply, made, { format, name: `notices-${month}` });
    },
  );
}
