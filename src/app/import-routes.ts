/** Imports by upload: one route for every kind of file that the slices bring. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Lang } from '../kernel/lang.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Actor } from '../oversight/access/index.ts';
import { audit } from '../oversight/audit/index.ts';
import type { Tx } from '../platform/db.ts';
import type { Deps } from '../platform/deps.ts';
import type { Http } from '../platform/http.ts';
import {
  describeProblem,
  findKind,
  type ImportKind,
  type ImportOptions,
  type ImportReport,
  importAnswerOf,
  importFile,
} from '../platform/imports.ts';
import { importAnswer, importKinds, importQuery } from '../platform/imports-contract.ts';

/** What an actor's import may write and how it is recorded: for the routes and the command line alike. */
export function importOptionsOf(
  deps: Deps,
  actor: Actor,
  wish: { dryRun?: boolean; partial?: boolean },
): ImportOptions {
  const { regionPrefix, departmentCode } = actor.scope;
  return {
    ...wish,
    by: actor.kind === 'user' ? actor.username : actor.name,
    atOffice: actor.kind === 'user',
    cityCode: actor.scope.cityCode,
    scope: { ...(regionPrefix ? { regionPrefix } : {}), ...(departmentCode ? { departmentCode } : {}) },
    audit: (tx, report) => auditImport(tx, deps, actor, report),
  };
}

async function auditImport(tx: Tx, deps: Deps, actor: Actor, report: ImportReport): Promise<void> {
  const { kind, outcome, partial, rows, created, updated, unchanged, badRows } = report;
  await audit(tx, {
    actor,
    action: 'import.run',
    subjectKind: 'import',
    subjectId: kind,
    detail: { outcome, partial, rows, created, updated, unchanged, badRows },
    result: outcome === 'refused' ? 'refused' : 'ok',
    cityCode: actor.cityCode,
    at: deps.clock.now(),
  });
}

/** The kinds with their columns, and the upload itself: a form with one file. */
export function importRoutes(http: Http, deps: Deps, kinds: readonly ImportKind<unknown>[]): void {
  const config = { access: { permission: 'import.run' } };
  http.get(
    '/admin/api/imports',
    { config, schema: { hide: true, response: { 200: importKinds } } },
    async () => ({
      items: kinds.map(({ kind, columns }) => ({ kind, columns: [...columns] })),
    }),
  );

  http.post(
    '/admin/api/imports/:kind',
    {
      config,
      schema: {
        hide: true,
        params: z.object({ kind: z.string().max(40) }),
        querystring: importQuery,
        response: { 200: importAnswer },
      },
    },
    async (request) => {
      const kind = findKind(kinds, request.params.kind);
      const file = request.isMultipart() ? await uploadOf(request).catch(unreadableForm) : undefined;
      if (file === undefined) throw new Refusal('import.no_file', {}, { field: 'file' });
      const { dryRun, partial } = request.query;
      const wish = { dryRun: dryRun === '1', partial: partial === '1' };
      const report = await importFile(deps, kind, file, importOptionsOf(deps, request.actor, wish));
      if (report.outcome === 'refused') throw refusedImport(report, request.lang);
      return importAnswerOf(report, request.lang);
    },
  );
}

async function uploadOf(request: FastifyRequest): Promise<{ bytes: Buffer; name: string } | undefined> {
  const upload = await request.file();
  return upload && { bytes: await upload.toBuffer(), name: upload.filename };
}

/**
 * A form without a boundary, or broken off, is told by its parser as a plain error; it is the sender's all
 * the same.
 */
function unreadableForm(error: Error & { statusCode?: number }): never {
  throw error.statusCode === undefined ? new Refusal('request.malformed') : error;
}

/** The refusal of an import that had to be all or nothing: each error names the line and the column. */
function refusedImport(report: ImportReport, lang: Lang): Refusal {
  const errors = report.problems.map((problem) => ({
    field: `${problem.line}.${problem.column ?? '*'}`,
    code: problem.code,
    detail: describeProblem(problem, lang),
  }));
  return new Refusal('import.rows_refused', { count: report.badRows }, { errors });
}
