import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/refusal.ts';
import type { FileType } from './file-type.ts';
import type { StoredFile } from './stored-file.ts';

const TYPES: Readonly<Record<FileType, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The one file of a form, as a stream. @throws Refusal `file.missing`, `request.malformed` */
export async function incomingFile(
  request: FastifyRequest,
): Promise<{ name: string; content: AsyncIterable<Uint8Array> }> {
  const upload = request.isMultipart() ? await request.file().catch(unreadable) : undefined;
  if (upload === undefined) throw new Refusal('file.missing', {}, { field: 'file' });
  return { name: upload.filename, content: piecesOf(upload.file) };
}

/** What a form with files brought: its fields, and the first of its files that was refused. */
export interface IncomingForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly refused: { readonly name: string; readonly error: Refusal } | undefined;
}

const FIELDS = 20;

/**
 * Reads a form with files to its end, so that what was typed is there also where a file is refused; after
 * that no further one is taken.
 * @throws Refusal `request.malformed`
 */
export async function incomingForm(
  request: FastifyRequest,
  take: (file: { name: string; content: AsyncIterable<Uint8Array> }) => Promise<void>,
): Promise<IncomingForm> {
  const fields: [string, string][] = [];
  let refused: IncomingForm['refused'];
  // Whoever takes files counts and measures them; what is too much is read to its end and dropped, so that
  // the answer reaches the sender.
  const limits = { files: Infinity, fileSize: Infinity, fields: FIELDS, parts: Infinity };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields.push([part.fieldname, part.value]);
        continue;
      }
      // An empty choice of files comes as a file without a name.
      if (refused === undefined && part.filename) {
        refused = await refusalOf(take({ name: part.filename, content: piecesOf(part.file) }), part.filename);
      }
      part.file.resume();
    }
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    throw statusCode === undefined || statusCode < 500 ? new Refusal('request.malformed') : error;
  }
  return { fields: Object.fromEntries(fields), refused };
}

async function refusalOf(taking: Promise<void>, name: string): Promise<IncomingForm['refused']> {
  try {
    await taking;
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { name, error };
  }
}

/** The pieces of an upload; one that breaks off is no file. */
async function* piecesOf(file: Readable & { truncated?: boolean }): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of file) yield piece as Uint8Array;
  } catch {
    throw new Refusal('file.damaged', {}, { field: 'file' });
  } finally {
    // What is left of a refused upload is read and dropped, so that the answer reaches the sender.
    file.resume();
  }
  if (file.truncated) throw new Refusal('file.damaged', {}, { field: 'file' });
}

function unreadable(error: Error & { statusCode?: number }): never {
  throw error.statusCode === undefined ? new Refusal('request.malformed') : error;
}

/**
 * Hands a file out to be saved: our origin never shows what others have written. Its route says `compress:
 * false`, since packing again would cost the length.
 */
export function sendFile(
  reply: FastifyReply,
  { file, content }: { file: StoredFile; content: AsyncGenerator<Buffer> },
): never {
  const encoded = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  reply
    .type(TYPES[file.type])
    .header('content-disposition', `attachment; filename="file.${file.type}"; filename*=UTF-8''${encoded}`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .header('content-length', String(file.size_bytes))
    .send(Readable.from(content, { objectMode: false }));
  return reply as never;
}
