import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { dayOf } from '../kernel/day.ts';
import { valueOn } from '../kernel/history.ts';
import { defineRefusals, Refusal } from '../kernel/refusal.ts';
import { inTx, type Reader, type Tx } from './db.ts';
import type { Deps } from './deps.ts';
import { type FileType, fileName, HEAD_BYTES, judgeFile, TAIL_BYTES } from './file-type.ts';
import { defineJob } from './jobs.ts';
import { datedShape, fieldsShape, loadRuleFile, textShape, wholeShape } from './rule-shape.ts';
import { readRuleFile } from './rules.ts';

defineRefusals({
  'file.type': {
    status: 415,
    zh: '只接收 PDF、JPG、PNG 图片和不带宏的 docx、xlsx 文件，按内容判断。请换一种格式后重新上传。',
    en: 'Only PDF, JPG, PNG and docx or xlsx without macros are taken, by content. Send another format.',
  },
  'file.damaged': {
    status: 422,
    zh: '文件不完整或已损坏，没有保存。请重新保存或重新上传该文件。',
    en: 'The file is incomplete or damaged and was not kept. Save it again or send it once more.',
  },
  'file.too_large': {
    status: 413,
    zh: '文件超过 {limit} MB，没有保存。请压缩或拆分后上传。',
    en: 'The file is larger than {limit} MB and was not kept. Make it smaller or split it.',
  },
  'file.too_many': {
    status: 409,
    zh: '附件已有 {limit} 个，不能再添加。请合并成较少的文件。',
    en: 'There are {limit} files already and no more can be added. Combine them into fewer.',
  },
  'file.missing': {
    status: 422,
    zh: '没有收到文件。请选择一个文件后重新提交。',
    en: 'No file was received. Choose one and send it again.',
  },
  'file.unknown': {
    status: 404,
    zh: '没有找到这个附件。请刷新页面后重试。',
    en: 'There is no such file. Refresh the page and try again.',
  },
});

const MEGABYTE = 1024 * 1024;
/** Bytes of one row: small enough to be streamed, large enough to be few. */
const CHUNK = 256 * 1024;
/** An upload that hasn't ended by then never will. */
const UNFINISHED_MS = 3_600_000;

const value = (highest: number) =>
  datedShape(fieldsShape({ value: wholeShape({ lowest: 1, highest }), source: textShape() }));
const limitsShape = fieldsShape({ megabytes: value(200), count: value(100) });
const readLimits = () => loadRuleFile(readRuleFile('national/files.yaml'), limitsShape);
let limits: ReturnType<typeof readLimits> | undefined;

/** Size and number of files that one matter may have. @throws RuleError when the rules can't be used */
export function fileLimits(now: Date): { bytes: number; count: number } {
  limits ??= readLimits();
  const on = dayOf(now);
  return {
    bytes: valueOn(limits.megabytes, on).value.value * MEGABYTE,
    count: valueOn(limits.count, on).value.value,
  };
}

/** What a file belongs to, in the words of the room that owns it. */
export interface FileOwner {
  readonly cityCode: string;
  readonly kind: string;
  readonly id: string;
}

export interface StoredFile {
  readonly file_id: string;
  readonly name: string;
  readonly type: FileType;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly chunks: number;
  readonly uploaded_by: string;
  readonly uploaded_name: string;
  readonly uploaded_at: Date;
}

/** A file as it comes in. */
export interface Arriving {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
  readonly by: { readonly id: string; readonly name: string };
}

export interface Incoming extends Arriving {
  /**
   * The owning room's last word, in the transaction that makes the file whole: it holds the matter, which may
   * have ended while the file was on its way, and notes the file. What it refuses isn't kept.
   */
  readonly admit: (tx: Tx, file: StoredFile) => Promise<void>;
}

/**
 * Takes a file in piece by piece; only a whole one of a known type is kept. The owning room has asked
 * before whether this person may add one. No transaction waits for a slow line.
 *
 * @throws Refusal `file.too_many`, `file.too_large`, `file.type`, `file.damaged`
 */
export async function receiveFile(deps: Deps, owner: FileOwner, incoming: Incoming): Promise<StoredFile> {
  const staged = await stageFile(deps, owner, incoming);
  try {
    return await inTx(deps.db, async (tx) => {
      const stored = await keepFile(tx, owner, staged, deps.clock.now());
      await incoming.admit(tx, stored);
      return stored;
    });
  } catch (error) {
    await dropStaged(deps, owner.cityCode, [staged]);
    throw error;
  }
}

/** A file that came in whole and is known by its content, but isn't kept yet. */
export interface StagedFile extends Pick<Stored, 'chunks' | 'size' | 'sha256'> {
  readonly fileId: string;
  readonly name: string;
  readonly type: FileType;
}

/**
 * Takes a file in that belongs to something only later, in the transaction that keeps it. Until then nobody
 * reads it, and it is cleared away within the hour.
 *
 * @throws Refusal as `receiveFile`
 */
export async function stageFile(deps: Deps, owner: FileOwner, incoming: Arriving): Promise<StagedFile> {
  const { bytes: most, count } = fileLimits(deps.clock.now());
  const fileId = await begin(deps, owner, incoming, count);
  try {
    const { chunks, size, sha256, head, tail } = await storeChunks(deps, owner.cityCode, {
      fileId,
      content: incoming.content,
      most,
    });
    const judged = judgeFile({ head, tail, size });
    if (judged.kind === 'unknown') throw new Refusal('file.type', {}, { field: 'file' });
    if (judged.kind === 'damaged') throw new Refusal('file.damaged', {}, { field: 'file' });
    const { type } = judged;
    return { fileId, name: fileName(incoming.name, type), type, size, sha256, chunks };
  } catch (error) {
    await dropFile(deps.db.app, owner.cityCode, fileId);
    throw error;
  }
}

/** One statement counts and adds, so that uploads at the same time can't go far beyond the number. */
async function begin(deps: Deps, owner: FileOwner, { name, by }: Arriving, most: number): Promise<string> {
  const fileId = randomUUID();
  const shown = fileName(name, 'pdf');
  const { rows } = await sql`
    INSERT INTO platform.file (city_code, file_id, owner_kind, owner_id, name, uploaded_by, uploaded_name,
      begun_at)
    SELECT ${owner.cityCode}, ${fileId}::uuid, ${owner.kind}, ${owner.id}, ${shown}, ${by.id}, ${by.name},
      ${deps.clock.now()}::timestamptz
    WHERE (SELECT count(*) FROM platform.file WHERE city_code = ${owner.cityCode}
      AND owner_kind = ${owner.kind} AND owner_id = ${owner.id}) < ${most}
    RETURNING file_id`.execute(deps.db.app);
  if (rows.length === 0) throw new Refusal('file.too_many', { limit: most }, { field: 'file' });
  return fileId;
}

/** Makes a staged file whole, as one of what it turned out to belong to. */
export async function keepFile(
  tx: Tx,
  { cityCode, kind, id }: FileOwner,
  { fileId, name, type, ...whole }: StagedFile,
  at: Date,
): Promise<StoredFile> {
  const { rows } = await sql<StoredFile>`
    UPDATE platform.file SET owner_kind = ${kind}, owner_id = ${id}, name = ${name}, type = ${type},
      size_bytes = ${whole.size}, sha256 = ${whole.sha256}, chunks = ${whole.chunks}, uploaded_at = ${at}
    WHERE city_code = ${cityCode} AND file_id = ${fileId}
    RETURNING file_id, name, type, size_bytes, sha256, chunks, uploaded_by, uploaded_name, uploaded_at
  `.execute(tx);
  const [stored] = rows;
  if (stored === undefined) throw new Refusal('file.damaged', {}, { field: 'file' });
  return stored;
}

interface Stored {
  readonly chunks: number;
  readonly size: number;
  readonly sha256: string;
  readonly head: Buffer;
  readonly tail: Buffer;
}

async function storeChunks(
  deps: Deps,
  cityCode: string,
  { fileId, content, most }: { fileId: string; content: AsyncIterable<Uint8Array>; most: number },
): Promise<Stored> {
  const hash = createHash('sha256');
  let [size, chunks] = [0, 0];
  let [held, head, tail]: [Buffer[], Buffer, Buffer] = [[], Buffer.alloc(0), Buffer.alloc(0)];
  let waiting = 0;
  const flush = async (): Promise<void> => {
    const chunk = Buffer.concat(held);
    [held, waiting] = [[], 0];
    tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
    await sql`INSERT INTO platform.file_chunk (city_code, file_id, no, content)
      VALUES (${cityCode}, ${fileId}, ${chunks}, ${chunk})`.execute(deps.db.app);
    chunks += 1;
  };
  for await (const piece of content) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > most) throw new Refusal('file.too_large', { limit: most / MEGABYTE }, { field: 'file' });
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, bytes]).subarray(0, HEAD_BYTES);
    hash.update(bytes);
    held.push(bytes);
    waiting += bytes.length;
    if (waiting >= CHUNK) await flush();
  }
  if (waiting > 0) await flush();
  if (size === 0) throw new Refusal('file.missing', {}, { field: 'file' });
  return { chunks, size, sha256: hash.digest('hex'), head, tail };
}

/** The whole files of a matter, oldest first. */
export async function filesOf(reader: Reader, owner: FileOwner): Promise<StoredFile[]> {
  const { rows } = await sql<StoredFile>`
    SELECT file_id, name, type, size_bytes, sha256, chunks, uploaded_by, uploaded_name, uploaded_at
    FROM platform.file WHERE city_code = ${owner.cityCode} AND owner_kind = ${owner.kind}
      AND owner_id = ${owner.id} AND uploaded_at IS NOT NULL ORDER BY uploaded_at, file_id`.execute(reader);
  return rows;
}

/** One file of a matter with its content piece by piece. @throws Refusal `file.unknown` */
export async function openFile(
  deps: Deps,
  owner: FileOwner,
  fileId: string,
): Promise<{ file: StoredFile; content: AsyncGenerator<Buffer> }> {
  const file = (await filesOf(deps.db.app, owner)).find(({ file_id }) => file_id === fileId);
  if (file === undefined) throw new Refusal('file.unknown');
  return { file, content: chunksOf(deps, owner.cityCode, file) };
}

/** A reader that is slower than the database holds one chunk; what was changed on the disk is never sent. */
async function* chunksOf(deps: Deps, cityCode: string, file: StoredFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let held: Buffer | undefined;
  for (let no = 0; no < file.chunks; no += 1) {
    const { rows } = await sql<{ content: Buffer }>`
      SELECT content FROM platform.file_chunk
      WHERE city_code = ${cityCode} AND file_id = ${file.file_id} AND no = ${no}`.execute(deps.db.app);
    const chunk = rows[0]?.content;
    if (chunk === undefined) throw new Error('a chunk of a file is missing');
    hash.update(chunk);
    if (held !== undefined) yield held;
    held = chunk;
  }
  // The last piece goes out only when the whole is what was handed in.
  if (hash.digest('hex') !== file.sha256) throw new Error('a file is not what was handed in');
  if (held !== undefined) yield held;
}

async function dropFile(reader: Reader, cityCode: string, fileId: string): Promise<void> {
  await sql`DELETE FROM platform.file WHERE city_code = ${cityCode} AND file_id = ${fileId}`.execute(reader);
}

/** Forgets staged files that nothing has kept. */
export async function dropStaged(
  deps: Deps,
  cityCode: string,
  staged: readonly Pick<StagedFile, 'fileId'>[],
): Promise<void> {
  const ids = staged.map(({ fileId }) => fileId);
  await sql`DELETE FROM platform.file WHERE city_code = ${cityCode} AND file_id = ANY(${ids}::uuid[])
    AND uploaded_at IS NULL`.execute(deps.db.app);
}

/** Erases the files of a kind of matter that were uploaded before the instant; answers how many. */
export async function eraseFiles(
  reader: Reader,
  { cityCode, kind }: Pick<FileOwner, 'cityCode' | 'kind'>,
  before: Date,
): Promise<number> {
  const result = await sql`
    DELETE FROM platform.file WHERE city_code = ${cityCode} AND owner_kind = ${kind}
      AND uploaded_at < ${before}`.execute(reader);
  return Number(result.numAffectedRows ?? 0n);
}

/** Clears away what broken uploads left behind. */
export const fileSweepJob = defineJob({
  name: 'platform.files',
  schema: z.unknown(),
  cron: '50 3 * * *',
  async run({ db, clock }) {
    const before = new Date(clock.now().getTime() - UNFINISHED_MS);
    await sql`DELETE FROM platform.file WHERE uploaded_at IS NULL AND begun_at < ${before}`.execute(db.app);
  },
});
