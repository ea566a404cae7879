import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDb } from '../../test/support/db.ts';
import { office, samples } from '../../test/support/multipart.ts';
import { Refusal } from '../kernel/refusal.ts';
import { fileName, judgeFile } from './file-type.ts';
import { type FileOwner, fileSweepJob, filesOf, openFile, receiveFile } from './stored-file.ts';

const t = await testDb();
const by = { id: 'u1', name: '王芳' };
const admit = async () => undefined;
let made = 0;
const newOwner = (): FileOwner => ({ cityCode: '370800', kind: 'test', id: `m${++made}` });

async function* pieces(bytes: Buffer, size = 70_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const judge = (bytes: Buffer) =>
  judgeFile({ head: bytes.subarray(0, 1024), tail: bytes.subarray(-256 * 1024), size: bytes.length });

describe('what a file is', () => {
  it.each(Object.entries(samples))('%s by its content', (type, bytes) => {
    expect(judge(bytes)).toEqual({ kind: 'file', type });
  });

  it.each(Object.entries(samples))('%s cut off is damaged', (_, bytes) => {
    expect(judge(bytes.subarray(0, bytes.length - 12))).toEqual({ kind: 'damaged' });
  });

  it.each([
    ['a page', Buffer.from('<html><script>alert(1)</script>')],
    ['a program', Buffer.from('4d5a90000300000004000000', 'hex')],
    ['a plain archive', office('readme.txt')],
    ['a document with macros', office('word/document.xml', 'word/vbaProject.bin')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is none of ours', (_, bytes) => {
    expect(judge(bytes)).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\x\\证明.PDF', '证明.pdf'],
    ['a\r\nset-cookie: x=1.pdf', 'aset-cookie x=1.pdf'],
    ['报告\u202Efdp.exe', '报告fdp.exe.pdf'],
    ['..', 'file.pdf'],
    ['', 'file.pdf'],
    [`${'长'.repeat(400)}.pdf`, `${'长'.repeat(120)}.pdf`],
  ])('the name %j is kept as %j', (given, kept) => {
    expect(fileName(given, 'pdf')).toBe(kept);
  });
});

describe('a file in the database', () => {
  it('comes back as it went in, in many pieces', async () => {
    const owner = newOwner();
    const big = Buffer.concat([samples.pdf, Buffer.alloc(900_000, 7), Buffer.from('\n%%EOF')]);
    const stored = await receiveFile(t, owner, { name: '大.pdf', content: pieces(big), by, admit });
    expect(stored).toMatchObject({ name: '大.pdf', type: 'pdf', size_bytes: big.length });
    expect(stored.sha256).toBe(createHash('sha256').update(big).digest('hex'));
    expect(stored.chunks).toBeGreaterThan(2);
    const { content } = await openFile(t, owner, stored.file_id);
    const back: Buffer[] = [];
    for await (const piece of content) back.push(piece);
    expect(Buffer.concat(back).equals(big)).toBe(true);
  });

  it.each([
    ['file.type', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['file.damaged', samples.png.subarray(0, 30)],
    ['file.missing', Buffer.alloc(0)],
    ['file.too_large', Buffer.concat([samples.pdf, Buffer.alloc(10 * 1024 * 1024)])],
  ])('%s leaves nothing behind', async (code, bytes) => {
    const owner = newOwner();
    const attempt = receiveFile(t, owner, { name: 'x.pdf', content: pieces(bytes), by, admit });
    await expect(attempt).rejects.toMatchObject({ code });
    const { rows } = await sql`SELECT FROM platform.file WHERE owner_id = ${owner.id}`.execute(t.db.app);
    expect(rows).toEqual([]);
    const chunks = await sql`SELECT FROM platform.file_chunk c LEFT JOIN platform.file f USING (file_id)
      WHERE f.file_id IS NULL`.execute(t.db.app);
    expect(chunks.rows).toEqual([]);
  });

  it('refused by its room in the end leaves nothing behind, nor what that had noted', async () => {
    const owner = newOwner();
    const refused = receiveFile(t, owner, {
      ...{ name: 'x.png', content: pieces(samples.png), by },
      admit: async (tx, file) => {
        expect(await filesOf(tx, owner)).toEqual([file]);
        await sql`UPDATE platform.file SET uploaded_name = 'noted' WHERE owner_id = ${owner.id}`.execute(tx);
        throw new Refusal('file.unknown');
      },
    });
    await expect(refused).rejects.toMatchObject({ code: 'file.unknown' });
    const { rows } = await sql`SELECT FROM platform.file WHERE owner_id = ${owner.id}`.execute(t.db.app);
    expect(rows).toEqual([]);
  });

  it('an upload that breaks off leaves nothing behind', async () => {
    const owner = newOwner();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield samples.pdf;
      throw new Error('line lost');
    }
    await expect(receiveFile(t, owner, { name: 'x.pdf', content: broken(), by, admit })).rejects.toThrow(
      'lost',
    );
    expect(await filesOf(t.db.app, owner)).toEqual([]);
  });

  it('no more than the rules allow', async () => {
    const owner = newOwner();
    const send = () => receiveFile(t, owner, { name: 'x.png', content: pieces(samples.png), by, admit });
    for (let at = 0; at < 10; at += 1) await send();
    await expect(send()).rejects.toMatchObject({ code: 'file.too_many', params: { limit: 10 } });
  });

  it('belongs to its matter alone', async () => {
    const owner = newOwner();
    const { file_id } = await receiveFile(t, owner, {
      name: 'x.png',
      content: pieces(samples.png),
      by,
      admit,
    });
    await expect(openFile(t, newOwner(), file_id)).rejects.toMatchObject({ code: 'file.unknown' });
    await expect(openFile(t, { ...owner, cityCode: '370100' }, file_id)).rejects.toMatchObject({
      code: 'file.unknown',
    });
  });

  it('that was changed on the disk is not handed out', async () => {
    const owner = newOwner();
    const { file_id } = await receiveFile(t, owner, {
      name: 'x.png',
      content: pieces(samples.png),
      by,
      admit,
    });
    await t.db.owner.query('UPDATE platform.file_chunk SET content = content || $2 WHERE file_id = $1', [
      file_id,
      Buffer.from('x'),
    ]);
    const { content } = await openFile(t, owner, file_id);
    await expect(content.next()).rejects.toThrow('not what was handed in');
  });

  it('that never came to an end is cleared away', async () => {
    await sql`INSERT INTO platform.file (city_code, file_id, owner_kind, owner_id, name, uploaded_by,
        uploaded_name, begun_at)
      VALUES ('370800', gen_random_uuid(), 'test', 'left', 'x.pdf', 'u1', 'x', ${t.clock.now()})`.execute(
      t.db.app,
    );
    t.clock.advance(2 * 3_600_000);
    await fileSweepJob.work(t, {});
    const { rows } = await sql`SELECT FROM platform.file WHERE owner_id = 'left'`.execute(t.db.app);
    expect(rows).toEqual([]);
  });
});
