/**
 * `npm run -s yiping -- <verb>`: the operator's commands (contract §2). They work beside a running server
 * and end with 0, 1 (refused, with a sentence) or 2 (usage).
 */
import { parseArgs } from 'node:util';
import { Refusal, sentence } from '../kernel/refusal.ts';
import { ConfigError, loadConfig } from '../platform/config.ts';
import { openLog } from '../platform/log.ts';
import { MigrationError } from '../platform/migrate.ts';
import { EmbeddedPostgresError } from '../platform/postgres-programs.ts';
import { RuleError } from '../platform/rules.ts';
import { formatsOf, UsageError, usageText, type Verb } from './verb.ts';
import { verbs } from './verbs.ts';
import { openInstance } from './wire.ts';

const OK = 0;
const REFUSED = 1;
const USAGE = 2;

function findVerb(words: readonly string[]): { verb: Verb; rest: string[] } {
  // 'user create' before 'user': the longer name wins.
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const verb = verbs.find((one) => one.name === name);
    if (verb && words.length >= length) return { verb, rest: words.slice(length) };
  }
  throw new UsageError(usageText(verbs));
}

function parse(verb: Verb, rest: string[]): { values: Record<string, string | boolean>; files: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...verb.options, format: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
    if (positionals.length !== (verb.arguments ?? 0)) throw new UsageError(usageText([verb]));
    return { values: values as Record<string, string | boolean>, files: positionals };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(usageText([verb]));
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const { verb, rest } = findVerb(argv);
  const { values, files } = parse(verb, rest);
  for (const name of verb.needs ?? [])
    if (values[name] === undefined) throw new UsageError(usageText([verb]));
  const format = String(values.format ?? 'text');
  if (!formatsOf(verb).includes(format)) throw new UsageError(usageText([verb]));
  const config = loadConfig();
  const { deps, applied, close } = await openInstance(config, { as: 'command', log: openLog('silent') });
  try {
    const answer = await verb.run({ deps, values, files, format, applied, lang: config.lang });
    process.stdout.write(
      typeof answer.out === 'string' && !answer.out.endsWith('\n') ? `${answer.out}\n` : answer.out,
    );
    return answer.refused ? REFUSED : OK;
  } finally {
    await close();
  }
}

function explain(error: unknown): { text: string; code: number } {
  if (error instanceof UsageError) return { text: error.message, code: USAGE };
  if (error instanceof Refusal) {
    const lang = loadConfig().lang;
    const fields = (error.errors ?? []).map(
      (one) => `  ${one.field}: ${one.detail ?? sentence(one.code, lang)}`,
    );
    return { text: [sentence(error.code, lang, error.params), ...fields].join('\n'), code: REFUSED };
  }
  const known = [ConfigError, MigrationError, EmbeddedPostgresError, RuleError].some(
    (kind) => error instanceof kind,
  );
  if (known) return { text: (error as Error).message, code: REFUSED };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: REFUSED };
}

// Whoever reads our output may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { text, code } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
}
