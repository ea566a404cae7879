import type { FastifyReply } from 'fastify';
import { DOCUMENT_POLICY, documentPage } from './document-page.ts';
import { DOCX_TYPE, type OutDocument, writeDocx } from './files-docx.ts';
import { type OutTable, TABLE_TYPES, type TableFormat, writeTable } from './files-write.ts';

/** Answers with the table as a download. Nothing of it may stay in a cache. */
export async function sendTable(
  reply: FastifyReply,
  name: string,
  format: TableFormat,
  table: OutTable,
): Promise<never> {
  const bytes = await writeTable(table, format);
  reply
    .type(TABLE_TYPES[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-store')
    .send(bytes);
  // Fastify takes the reply itself as "already answered"; to the route's declared answer it is nothing.
  return reply as never;
}

/** Answers with an official document: a page to print, or docx as a download. No shared cache may keep it. */
export async function sendDocument(
  reply: FastifyReply,
  made: OutDocument,
  { format, name }: { format: 'html' | 'docx'; name: string },
): Promise<FastifyReply> {
  reply.header('cache-control', 'private, no-store');
  if (format === 'html') {
    return reply
      .header('content-security-policy', DOCUMENT_POLICY)
      .type('text/html; charset=utf-8')
      .send(documentPage(made).text);
  }
  return reply
    .header('content-disposition', `attachment; filename="${name}.docx"`)
    .type(DOCX_TYPE)
    .send(await writeDocx(made));
}
