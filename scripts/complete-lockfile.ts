import { readFileSync, writeFileSync } from 'node:fs';
import { completed, type Lockfile } from './lockfile.ts';

// node scripts/complete-lockfile.ts, after `npm install` from a mirror.
const file = new URL('../package-lock.json', import.meta.url);
const { lockfile, added } = completed(JSON.parse(readFileSync(file, 'utf8')) as Lockfile);
writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
process.stdout.write(`${added.length} added\n`);
