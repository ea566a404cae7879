import { present } from '../../kernel/assert.ts';
import { type Day, day, dayOf, parseDay } from '../../kernel/day.ts';
import type { CityCode } from '../../kernel/ids.ts';
import type { Lang } from '../../kernel/lang.ts';
import { defineRefusals, Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { RuleError, type RuleFile, readRuleFolder } from '../../platform/rules.ts';
import { contentHash } from './canonical.ts';
import type { SchemeDocument } from './contract.ts';
import { schemeLines } from './document.ts';
import type { Scheme, SchemeInForce } from './scheme.ts';
import { parseScheme } from './scheme-file.ts';
import { findInForce, findInForceDays, findVersions, insertInForce, insertVersion } from './store.ts';

defineRefusals({
  'scheme.day': {
    status: 422,
    zh: '日期应写成 2026-06-01 这样的真实日期。请改正。',
    en: 'The day must be a real one such as 2026-06-01. Correct it.',
  },
});

const EXAMPLE = 'example-city';

/** The folder's scheme. @throws RuleError naming file, line, field and remedy of every fault */
export function readScheme(folder: string, files: readonly RuleFile[] = readRuleFolder(folder)): Scheme {
  const parsed = parseScheme(folder, files);
  if (parsed.kind === 'broken') throw new RuleError(parsed.faults);
  return parsed.scheme;
}

/**
 * Gives a city the example scheme from the day of its first value on, unless a scheme is in force there
 * already. Safe to repeat.
 */
export async function installScheme(deps: Deps, cityCode: CityCode): Promise<void> {
  const now = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    if ((await findInForce(tx, cityCode)).length > 0) return;
    const scheme = readScheme(EXAMPLE);
    const effectiveFrom = scheme.total.highest[0].from;
    await putInForce(tx, { cityCode, scheme, effectiveFrom, by: 'system', now });
  });
}

/** Stores the scheme as a version and lets it hold from the day on; a day that has one keeps it. */
export async function putInForce(
  tx: Tx,
  given: {
    cityCode: string;
    scheme: Scheme;
    effectiveFrom: Day;
    by: string;
    confirmedBy?: string;
    now: Date;
  },
): Promise<{ hash: string; inForce: boolean }> {
  const { cityCode, scheme, effectiveFrom, by, confirmedBy = null, now } = given;
  const hash = contentHash(scheme);
  await insertVersion(tx, cityCode, { hash, name: scheme.name, content: scheme, by, now });
  const inForce = await insertInForce(tx, cityCode, { effectiveFrom, hash, by, confirmedBy, now });
  return { hash, inForce };
}

/** All versions in force of a city, oldest first. */
export async function schemesInForce(reader: Reader, cityCode: string): Promise<SchemeInForce[]> {
  const rows = await findInForceDays(reader, cityCode);
  const contents = await contentsOf(
    reader,
    cityCode,
    rows.map(({ hash }) => hash),
  );
  return rows.map(({ effective_from, hash, recorded_at }) => ({
    effectiveFrom: day(effective_from),
    hash,
    scheme: present(contents.get(hash), 'a version in force is stored'),
    recordedAt: recorded_at,
  }));
}

/** Versions that were read lately: a hash stands for one content for good. */
const read = new Map<string, Scheme>();
const KEPT = 40;

async function contentsOf(reader: Reader, cityCode: string, hashes: readonly string[]) {
  const missing = [...new Set(hashes)].filter((hash) => !read.has(hash));
  const found = new Map(hashes.flatMap((hash) => (read.has(hash) ? [[hash, read.get(hash)] as const] : [])));
  if (missing.length === 0) return found;
  if (read.size > KEPT) read.clear();
  for (const { hash, content } of await findVersions(reader, cityCode, missing)) {
    read.set(hash, content);
    found.set(hash, content);
  }
  return found;
}

/** The version that holds on the day. @throws Refusal `scheme.none_in_force` before the first */
export function schemeOn(inForce: readonly SchemeInForce[], on: Day): SchemeInForce {
  const found = inForce.findLast(({ effectiveFrom }) => effectiveFrom <= on);
  if (found === undefined) throw new Refusal('scheme.none_in_force', { day: on });
  return found;
}

/** Versions by hash, for reading what an entry or a statement used. */
export async function schemesByHash(
  reader: Reader,
  cityCode: string,
  hashes: readonly string[],
): Promise<Map<string, Scheme>> {
  const rows = await findVersions(reader, cityCode, [...new Set(hashes)]);
  return new Map(rows.map(({ hash, content }) => [hash, content]));
}

/** The scheme as a document on a day, for reading. */
export async function readDocument(
  deps: Deps,
  actor: Actor,
  query: { on?: string | undefined; lang: Lang },
): Promise<SchemeDocument> {
  const on = query.on === undefined ? dayOf(deps.clock.now()) : parseDay(query.on);
  if (on === undefined) throw new Refusal('scheme.day', {}, { field: 'on' });
  const inForce = await schemesInForce(deps.db.read, actor.scope.cityCode);
  const { effectiveFrom, hash, scheme } = schemeOn(inForce, on);
  const name = query.lang === 'en' ? scheme.nameEn : scheme.name;
  const lines = schemeLines(scheme, on, query.lang);
  return { code: scheme.code, name, hash, on, effective_from: effectiveFrom, lines };
}
