import type { FastifyReply } from 'fastify';
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
