import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './checkout.mjs';
import { runTool } from './node-24.mjs';

/**
 * Builds each web part that has a vite.config.ts, unless what it is made of is what its last build was made
 * of.
 */
export async function ensureWebBuilt() {
  const sources = sourcesHash();
  for (const part of parts()) {
    const mark = join(root, 'web', part, 'dist/.built-from');
    if (existsSync(mark) && readFileSync(mark, 'utf8') === sources) continue;
    say(`Building web/${part}.`);
    const code = await runTool('vite', ['build', '--logLevel', 'warn'], {
      cwd: join(root, 'web', part),
      stdio: ['ignore', 2, 2],
    });
    if (code !== 0) {
      say(`web/${part} can't be built: see the lines above.`);
      process.exit(1);
    }
    writeFileSync(mark, sources);
  }
}

function parts() {
  const names = existsSync(join(root, 'web')) ? readdirSync(join(root, 'web')) : [];
  return names.filter((name) => existsSync(join(root, 'web', name, 'vite.config.ts')));
}

/** By content: a clone and a checkout change the times of files without changing them. */
function sourcesHash() {
  const hash = createHash('sha256');
  const files = [...filesUnder('web'), ...filesUnder('src').filter(mayReachBrowsers), 'package-lock.json'];
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function mayReachBrowsers(file) {
  return file.startsWith('src/kernel/') || file.endsWith('contract.ts');
}

function filesUnder(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : filesUnder(path);
    return entry.isFile() && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
