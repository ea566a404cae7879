/** The commands of the seals: verify all ratings against them, or seal at once. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type RatingsVerification, sealNow, verifyRatings } from '../feedback/seal/index.ts';
import type { Lang } from '../kernel/lang.ts';
import { Refusal } from '../kernel/refusal.ts';
import { cliActor } from '../oversight/access/index.ts';
import { unhurried } from '../platform/deps.ts';
import { json, tableText, type Verb } from './verb.ts';

const verifyVerb: Verb = {
  name: 'ratings verify',
  usage: '[--published SEALS.json]',
  options: { published: { type: 'string' } },
  async run({ deps, values, format, lang }) {
    const kept = values.published === undefined ? undefined : readPublished(String(values.published));
    const found = await verifyRatings(unhurried(deps), cliActor(deps.config.cityCode), kept);
    const refused = !found.ok;
    if (format === 'json') return { ...json(found), refused };
    return { out: verificationText(found, lang), refused };
  },
};

/** The file of the public page as somebody kept it: hashes by number. */
function readPublished(file: string): Map<number, string> {
  try {
    const { seals } = publishedFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Map(seals.map(({ seal, hash }) => [sealText.parse(JSON.parse(seal)).number, hash]));
  } catch {
    throw new Refusal('seal.unreadable_file', { file }, { field: 'published' });
  }
}

const publishedFile = z.object({ seals: z.array(z.object({ seal: z.string(), hash: z.string() })) });
const sealText = z.object({ number: z.number() });

/** So many differences are named on a screen; more of them stand in the JSON. */
const SHOWN = 200;

function verificationText(found: RatingsVerification, lang: Lang): string {
  const say = (zh: string, en: string) => (lang === 'en' ? en : zh);
  const rows = found.differences
    .slice(0, SHOWN)
    .map((one) => [
      one.code,
      String(one.seal ?? ''),
      one.projectNo ?? (one.step === null ? '' : `(${one.step})`),
      String(one.serviceNumber ?? ''),
      String(one.assess ?? ''),
      ...[one.expected, one.found].map((text) => text ?? '—'),
    ]);
  const head = ['code', 'seal', 'projectNo', 'serviceNumber', 'assessNumber', 'sealed', 'found'];
  const list = rows.length === 0 ? [] : [tableText(head, rows)];
  const { seals, ratings, unsealed, difference_count: count, last } = found;
  const counted = say(
    `已核对 ${seals} 次封缄、${ratings} 条评价，另有 ${unsealed} 条待封缄。`,
    `${seals} seals with ${ratings} ratings verified; ${unsealed} ratings wait for the next seal.`,
  );
  const result = say(
    count === 0 ? '全部与封缄一致。' : `发现差异 ${count} 处。`,
    count === 0 ? 'All is as it was sealed.' : `${count} differences.`,
  );
  const end =
    last === null
      ? []
      : [say(`最后一次封缄：第 ${last.number} 号 ${last.hash}`, `Last seal: ${last.number} ${last.hash}`)];
  return [...list, counted, ...end, result].join('\n');
}

const sealVerb: Verb = {
  name: 'ratings seal',
  usage: '',
  options: {},
  async run({ deps, format, lang }) {
    const sealed = await sealNow(unhurried(deps), cliActor(deps.config.cityCode));
    if (format === 'json') return json(sealed);
    const { number, size, hash } = sealed;
    return {
      out:
        lang === 'en'
          ? `Seal ${number}: ${size} ratings\n${hash}`
          : `第 ${number} 号封缄：${size} 条评价\n${hash}`,
    };
  },
};

export const sealVerbs: readonly Verb[] = [verifyVerb, sealVerb];
