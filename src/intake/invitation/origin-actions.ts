import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { originOf, parseOrigin } from './origin.ts';
import type { EmbedOrigin, NewOrigin } from './origin-contract.ts';
import { deleteOrigin, insertOrigin, keysOfOrigin, listOrigins } from './origin-store.ts';

/** The sites that may frame a rating page of the city. */
export async function searchOrigins(deps: Deps, actor: Actor): Promise<EmbedOrigin[]> {
  requirePermission(actor, 'origin.manage');
  const rows = await listOrigins(deps.db.app, actor.cityCode);
  return rows.map((row) => ({
    origin: row.origin,
    keyName: row.key_name,
    note: row.note,
    addedBy: row.added_by,
    addedAt: isoMoment(row.added_at),
  }));
}

/** Lets a site frame rating pages. @throws Refusal `origin.malformed`, `origin.known` */
export async function addOrigin(deps: Deps, actor: Actor, given: NewOrigin): Promise<void> {
  requirePermission(actor, 'origin.manage');
  const origin = parseOrigin(given.origin);
  if (origin === undefined) throw new Refusal('origin.malformed', {}, { field: 'origin' });
  const at = deps.clock.now();
  const row = { origin, key_name: given.keyName, note: given.note, added_by: actor.name, added_at: at };
  await inTx(deps.db, async (tx) => {
    if (!(await insertOrigin(tx, actor.cityCode, row)))
      throw new Refusal('origin.known', {}, { field: 'origin' });
    await note(tx, actor, { action: 'origin.added', origin, keyName: given.keyName, at });
  });
}

/** Takes a site off the list; its frames stay empty from now on. @throws Refusal `origin.unknown` */
export async function removeOrigin(
  deps: Deps,
  actor: Actor,
  given: { origin: string; keyName: string },
): Promise<void> {
  requirePermission(actor, 'origin.manage');
  await inTx(deps.db, async (tx) => {
    if (!(await deleteOrigin(tx, actor.cityCode, given))) throw new Refusal('origin.unknown');
    await note(tx, actor, { action: 'origin.removed', ...given, at: deps.clock.now() });
  });
}

async function note(
  tx: Tx,
  actor: Actor,
  { action, origin, keyName, at }: { action: string; origin: string; keyName: string; at: Date },
): Promise<void> {
  await audit(tx, {
    actor,
    action,
    subjectKind: 'embed_origin',
    subjectId: origin,
    ...(keyName ? { detail: { key: keyName } } : {}),
    cityCode: actor.cityCode,
    at,
  });
}

/** The site as it may frame a rating page of the city; undefined when it may not. */
export async function framingOrigin(
  reader: Reader,
  cityCode: string,
  parent: string,
): Promise<string | undefined> {
  const origin = parseOrigin(parent);
  if (origin === undefined) return undefined;
  return (await keysOfOrigin(reader, cityCode, origin)).length > 0 ? origin : undefined;
}

/**
 * Whether a citizen may be led to the address after rating.
 * @param keyName of the key that asks; absent: of any key
 */
export async function mayReturn(
  reader: Reader,
  cityCode: string,
  { address, keyName }: { address: string; keyName?: string },
): Promise<boolean> {
  const origin = originOf(address);
  if (origin === undefined) return false;
  const keys = await keysOfOrigin(reader, cityCode, origin);
  return keyName === undefined ? keys.length > 0 : keys.includes('') || keys.includes(keyName);
}
