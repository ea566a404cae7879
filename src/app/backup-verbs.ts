/** The commands that copy the whole instance into a file and take it in again. */
import { resolve } from 'node:path';
import { verifyBook } from '../close/month/index.ts';
import { verifyRatings } from '../feedback/seal/index.ts';
import { cliActor } from '../oversight/access/index.ts';
import { audit } from '../oversight/audit/index.ts';
import { writeBackup } from '../platform/backup.ts';
import type { Manifest } from '../platform/backup-plan.ts';
import { inTx } from '../platform/db.ts';
import { type Deps, unhurried } from '../platform/deps.ts';
import { readBackup } from '../platform/restore.ts';
import { type Call, json, type Verb } from './verb.ts';

const backupVerb: Verb = {
  name: 'backup',
  usage: 'FILE',
  options: {},
  arguments: 1,
  async run(call) {
    const { deps, lang } = call;
    const file = fileOf(call);
    const manifest = await writeBackup(deps, file);
    await note(deps, 'instance.backed_up', manifest);
    const { tables, rows, at } = totalsOf(manifest);
    if (call.format === 'json') return json({ file, at, tables, rows });
    const out =
      lang === 'en'
        ? `${file}: ${rows} rows of ${tables} tables as of ${at}. ` +
          'The secret is not in it: keep secret.key apart.'
        : `${file}：截至 ${at}，共 ${tables} 张表 ${rows} 行。密钥不在其中，请另行保存 secret.key。`;
    return { out };
  },
};

const restoreVerb: Verb = {
  name: 'restore',
  usage: 'FILE',
  options: {},
  arguments: 1,
  async run(call) {
    const { deps, lang } = call;
    const file = fileOf(call);
    const manifest = await readBackup(deps, file);
    await note(deps, 'instance.restored', manifest);
    const actor = cliActor(deps.config.cityCode);
    const ratings = await verifyRatings(unhurried(deps), actor);
    const book = await verifyBook(unhurried(deps), actor);
    const refused = !ratings.ok || !book.ok;
    const { tables, rows, at } = totalsOf(manifest);
    const differences = { ratings: ratings.difference_count, book: book.differences.length };
    if (call.format === 'json') return { ...json({ file, at, tables, rows, differences }), refused };
    const loaded =
      lang === 'en'
        ? `${rows} rows of ${tables} tables as of ${at} have been restored.`
        : `已恢复截至 ${at} 的 ${tables} 张表，共 ${rows} 行。`;
    const proved =
      lang === 'en'
        ? `Verified: ${ratings.ratings} sealed ratings with ${differences.ratings} differences, ` +
          `${book.months.length} closed months with ${differences.book} differences.`
        : `已核对：封缄评价 ${ratings.ratings} 条，差异 ${differences.ratings} 处；` +
          `已结算月份 ${book.months.length} 个，差异 ${differences.book} 处。`;
    return { out: `${loaded}\n${proved}`, refused };
  },
};

function fileOf({ files }: Call): string {
  return resolve(files[0] ?? '');
}

function totalsOf({ at, tables }: Manifest) {
  return { at, tables: tables.length, rows: tables.reduce((sum, table) => sum + table.rows, 0) };
}

async function note(deps: Deps, action: string, { at, tables }: Manifest): Promise<void> {
  const { cityCode } = deps.config;
  const entry = { actor: cliActor(cityCode), action, subjectKind: 'instance', subjectId: cityCode, cityCode };
  await inTx(deps.db, (tx) =>
    audit(tx, { ...entry, detail: { at, tables: tables.length }, at: deps.clock.now() }),
  );
}

export const backupVerbs: readonly Verb[] = [backupVerb, restoreVerb];
