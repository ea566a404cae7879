/** The commands that this version has, each a line of contract §2. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal, sentence } from '../kernel/refusal.ts';
import { cliActor, createApiKey, createUser, disableUser, resetUser } from '../oversight/access/index.ts';
import { describeProblem, findKind, importAnswerOf, importFile, isRefused } from '../platform/imports.ts';
import { backupVerbs } from './backup-verbs.ts';
import { fillBasics } from './fill.ts';
import { importOptionsOf } from './import-routes.ts';
import { scoreVerbs } from './score-verbs.ts';
import { sealVerbs } from './seal-verbs.ts';
import { importKinds, staffExists } from './slices.ts';
import { type Answer, type Call, json, textOf, UsageError, type Verb } from './verb.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const migrateVerb: Verb = {
  name: 'migrate',
  usage: '',
  options: {},
  async run({ deps, applied, format, lang }) {
    await fillBasics(deps);
    if (format === 'json') return json({ applied });
    if (applied.length > 0) return { out: applied.join('\n') };
    return { out: lang === 'en' ? 'The database is up to date.' : '数据库已是最新。' };
  },
};

const importVerb: Verb = {
  name: 'import',
  usage: '<kind> <file.csv|xlsx> [--dry-run] [--partial]',
  options: { 'dry-run': flag, partial: flag },
  arguments: 2,
  run: importRows,
};

async function importRows(call: Call): Promise<Answer> {
  const { deps, files, values, format, lang } = call;
  const [kindName = '', file = ''] = files;
  const kind = findKind(importKinds, kindName);
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(lang === 'en' ? `The file ${file} can't be read.` : `无法读取文件 ${file}。`);
  });
  const options = importOptionsOf(deps, cliActor(deps.config.cityCode), {
    dryRun: values['dry-run'] === true,
    partial: values.partial === true,
  });
  const report = await importFile(deps, kind, { bytes, name: basename(file) }, options);
  const refused = isRefused(report);
  if (format === 'json') return { ...json(importAnswerOf(report, lang)), refused };
  const { rows, created, updated, unchanged, badRows } = report;
  const counts =
    lang === 'en'
      ? `${rows} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${badRows} bad`
      : `共 ${rows} 行：新增 ${created}，更新 ${updated}，未变 ${unchanged}，有误 ${badRows}`;
  const lines = report.problems.map((problem) => describeProblem(problem, lang));
  if (refused) {
    const code = report.outcome === 'tried' ? 'import.would_be_refused' : 'import.rows_refused';
    lines.push(sentence(code, lang, { count: badRows }));
  }
  return { out: [...lines, counts].join('\n'), refused };
}

const userCreate: Verb = {
  name: 'user create',
  usage: '--username U --role R [--scope CODE] [--staff STAFF_NO] [--name NAME]',
  options: { username: text, role: text, scope: text, staff: text, name: text },
  needs: ['username', 'role'],
  async run(call) {
    const { deps, values } = call;
    const made = await createUser(
      deps,
      cliActor(deps.config.cityCode),
      {
        username: textOf(call, 'username'),
        role: textOf(call, 'role'),
        ...(values.scope === undefined ? {} : { scope: textOf(call, 'scope') }),
        ...(values.staff === undefined ? {} : { staffNo: textOf(call, 'staff') }),
        ...(values.name === undefined ? {} : { name: textOf(call, 'name') }),
      },
      (cityCode, staffNo) => staffExists(deps, cityCode, staffNo),
    );
    return shownOnce(call, made);
  },
};

const userReset: Verb = {
  name: 'user reset',
  usage: '--username U',
  options: { username: text },
  needs: ['username'],
  async run(call) {
    const actor = cliActor(call.deps.config.cityCode);
    return shownOnce(call, await resetUser(call.deps, actor, { username: textOf(call, 'username') }));
  },
};

/** A password that is shown here and nowhere else, ever. */
function shownOnce(call: Call, made: { user: { username: string; role: string }; password: string }): Answer {
  const { username, role } = made.user;
  if (call.format === 'json') return json({ username, role, password: made.password });
  const note =
    call.lang === 'en'
      ? 'The password is shown this once and must be changed at the first sign-in.'
      : '密码只显示这一次，首次登录须修改。';
  return { out: `${username}  ${made.password}\n${note}` };
}

const userDisable: Verb = {
  name: 'user disable',
  usage: '--username U',
  options: { username: text },
  needs: ['username'],
  async run(call) {
    const actor = cliActor(call.deps.config.cityCode);
    const user = await disableUser(call.deps, actor, { username: textOf(call, 'username') });
    if (call.format === 'json') return json({ username: user.username, disabled: true });
    return { out: call.lang === 'en' ? `${user.username} is disabled.` : `${user.username} 已停用。` };
  },
};

const keyCreate: Verb = {
  name: 'api-key create',
  usage: '--name N --scope CODE',
  options: { name: text, scope: text },
  needs: ['name', 'scope'],
  async run(call) {
    const actor = cliActor(call.deps.config.cityCode);
    const given = { name: textOf(call, 'name').trim(), scope: textOf(call, 'scope') };
    if (given.name === '') throw new Refusal('field.required', {}, { field: 'name' });
    const { key } = await createApiKey(call.deps, actor, given);
    return { out: JSON.stringify({ ...given, key }) };
  },
};

export const verbs: readonly Verb[] = [
  migrateVerb,
  importVerb,
  userCreate,
  userReset,
  userDisable,
  keyCreate,
  ...scoreVerbs,
  ...sealVerbs,
  ...backupVerbs,
];
