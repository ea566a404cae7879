import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutDir } from '../../src/platform/config.ts';
import type { TestDb } from './db.ts';

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Settings that lead a program of its own to this file's database. */
export function environmentOf(t: TestDb): Record<string, string | undefined> {
  const { dataDir, secretKey, cityCode } = t.config;
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATABASE_URL: t.ownerUrl,
    DATABASE_APP_URL: t.appUrl,
    DATA_DIR: dataDir,
    SECRET_KEY: secretKey,
    CITY_CODE: cityCode,
    // Reading the program takes half of a short command's time; once is enough.
    NODE_COMPILE_CACHE: join(dataDir, 'compiled'),
  };
}

/** The operator's commands, as programs of their own against this file's database. */
export function commandOver(t: TestDb) {
  const { dataDir } = t.config;
  const environment = environmentOf(t);

  /** Runs `npm run -s yiping -- …words` without npm. */
  function yiping(words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
    const program = [join(checkoutDir, 'src/app/cli.ts'), ...words];
    const child = spawn(process.execPath, program, { env: { ...environment, ...env }, cwd: dataDir });
    const chunks: { out: Buffer[]; err: Buffer[] } = { out: [], err: [] };
    child.stdout.on('data', (chunk: Buffer) => chunks.out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.err.push(chunk));
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        const text = (parts: Buffer[]) => Buffer.concat(parts).toString('utf8');
        resolve({ code, out: text(chunks.out), err: text(chunks.err) });
      });
    });
  }

  /** Writes a file for a command to read, and answers its path. */
  async function file(name: string, content: string | Buffer): Promise<string> {
    const path = join(dataDir, name);
    await writeFile(path, content);
    return path;
  }
  return { yiping, file };
}
