import { assert } from '../../kernel/assert.ts';
import { dayOf, isoMoment, parseMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { sha256 } from '../../platform/crypto.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { audit } from '../audit/index.ts';
import { type Actor, KEY_PERMISSIONS, type KeyActor, requirePermission } from './actor.ts';
import type { ApiKey } from './contract.ts';
import { newId, newToken } from './credential-actions.ts';
import {
  type ApiKeyRow,
  findApiKey,
  insertApiKey,
  listApiKeys,
  markKeyUsed,
  revokeKey,
} from './key-store.ts';
import { parseScope } from './scope.ts';

const PREFIX = 'yp_';
const REMEMBER_MS = 30_000;
const REMEMBER_KEYS = 1000;

/**
 * Creates a key for another system. The key is answered once; only its hash is kept.
 * @throws Refusal `access.scope_unknown`, `access.expiry_past`.
 */
export async function createApiKey(
  deps: Deps,
  actor: Actor,
  given: { name: string; scope: string; expiresAt?: string | null | undefined },
): Promise<{ apiKey: ApiKey; key: string }> {
  requirePermission(actor, 'key.manage');
  const { cityCode } = actor;
  const at = deps.clock.now();
  if (parseScope(given.scope, cityCode) === undefined)
    throw new Refusal('access.scope_unknown', {}, { field: 'scope' });
  const expiresAt = given.expiresAt ? (parseMoment(given.expiresAt) ?? null) : null;
  if (expiresAt !== null && expiresAt <= at)
    throw new Refusal('access.expiry_past', {}, { field: 'expiresAt' });
  const key = `${PREFIX}${newToken()}`;
  const row = await inTx(deps.db, async (tx) => {
    const createdBy = actor.kind === 'user' ? actor.username : actor.name;
    const made = await insertApiKey(tx, {
      id: newId(),
      cityCode,
      name: given.name,
      keyHash: sha256(key),
      scopeCode: given.scope,
      createdBy,
      at,
      expiresAt,
    });
    assert(made, 'a new key is stored');
    await audit(tx, {
      actor,
      action: 'key.created',
      subjectKind: 'api_key',
      subjectId: made.id,
      detail: { name: given.name, scope: given.scope },
      cityCode,
      at,
    });
    return made;
  });
  return { apiKey: apiKeyOf(row), key };
}

export async function searchApiKeys(deps: Deps, actor: Actor): Promise<ApiKey[]> {
  requirePermission(actor, 'key.manage');
  return (await listApiKeys(deps.db.app, actor.cityCode)).map(apiKeyOf);
}

/** Takes a key back; servers that remember it notice within half a minute. */
export async function revokeApiKey(deps: Deps, actor: Actor, id: string, reason?: string): Promise<ApiKey> {
  requirePermission(actor, 'key.manage');
  const at = deps.clock.now();
  return inTx(deps.db, async (tx) => {
    const row = await revokeKey(tx, actor.cityCode, id, at);
    if (row === undefined) throw new Refusal('access.key_unknown');
    await audit(tx, {
      actor,
      action: 'key.revoked',
      subjectKind: 'api_key',
      subjectId: id,
      detail: { name: row.name },
      ...(reason ? { reason } : {}),
      cityCode: actor.cityCode,
      at,
    });
    return apiKeyOf(row);
  });
}

/**
 * Tells who is behind a key. What was found is remembered for half a minute, so that a system that sends
 * thousands of records doesn't cost a query each.
 * @returns a function that throws Refusal `access.key_invalid`
 */
export function keyring(deps: Deps): (key: string) => Promise<KeyActor> {
  const remembered = new Map<string, { row: ApiKeyRow; until: number }>();
  return async (key) => {
    const now = deps.clock.now();
    const hash = sha256(key);
    const mark = hash.toString('hex');
    let known = remembered.get(mark);
    if (known === undefined || known.until <= now.getTime()) {
      remembered.delete(mark);
      const row = key.startsWith(PREFIX) ? await findApiKey(deps.db.app, hash) : undefined;
      if (row === undefined) throw new Refusal('access.key_invalid');
      known = { row, until: now.getTime() + REMEMBER_MS };
      if (remembered.size >= REMEMBER_KEYS) remembered.clear();
      remembered.set(mark, known);
      if (isAlive(row, now)) await markKeyUsed(deps.db.app, row.id, dayOf(now));
    }
    const scope = parseScope(known.row.scope_code, known.row.city_code);
    if (!isAlive(known.row, now) || scope === undefined) throw new Refusal('access.key_invalid');
    const { id, name, city_code: cityCode } = known.row;
    return { kind: 'key', id, name, cityCode, scope, permissions: KEY_PERMISSIONS };
  };
}

function isAlive(row: ApiKeyRow, now: Date): boolean {
  return row.revoked_at === null && (row.expires_at === null || row.expires_at > now);
}

function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope_code,
    createdBy: row.created_by,
    createdAt: isoMoment(row.created_at),
    expiresAt: row.expires_at ? isoMoment(row.expires_at) : null,
    revokedAt: row.revoked_at ? isoMoment(row.revoked_at) : null,
    lastUsedOn: row.last_used_on,
  };
}
