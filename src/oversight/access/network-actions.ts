import { BlockList, isIP } from 'node:net';
import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { inTx, sqlState } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { audit } from '../audit/index.ts';
import { type Actor, requirePermission } from './actor.ts';
import type { NewNetwork, OfficeNetwork } from './network-contract.ts';
import { deleteNetwork, insertNetwork, listNetworks, type NetworkRow } from './network-store.ts';

/** A shorter prefix than these would be a part of the whole internet, and no hall's. */
const SHORTEST_PREFIX = { 4: 8, 6: 20 } as const;
/** A changed list holds everywhere after this time at the latest. */
const REMEMBER_MS = 5_000;

/** A block of addresses as it was typed; a single address is a block of one. */
export interface Block {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** @throws Refusal `network.malformed`, `network.too_wide` */
export function blockOf(text: string): Block {
  const [address = '', length, ...rest] = text.trim().toLowerCase().split('/');
  const family = isIP(address);
  const longest = family === 6 ? 128 : 32;
  const prefix = length === undefined ? longest : /^\d{1,3}$/.test(length) ? Number(length) : longest + 1;
  const mapped = address.startsWith('::ffff:') || address.includes('%');
  if ((family !== 4 && family !== 6) || rest.length > 0 || prefix > longest || mapped) {
    throw new Refusal('network.malformed', {}, { field: 'network' });
  }
  if (prefix < SHORTEST_PREFIX[family]) {
    throw new Refusal('network.too_wide', { shortest: SHORTEST_PREFIX[family] }, { field: 'network' });
  }
  return { address, prefix, family: family === 6 ? 'ipv6' : 'ipv4' };
}

export async function searchNetworks(deps: Deps, actor: Actor): Promise<OfficeNetwork[]> {
  requirePermission(actor, 'network.manage');
  return (await listNetworks(deps.db.app, actor.cityCode)).map(viewOf);
}

function viewOf(row: NetworkRow): OfficeNetwork {
  return { network: row.network, note: row.note, addedBy: row.added_by, addedAt: isoMoment(row.added_at) };
}

/**
 * Adds a network of the hall's own computers.
 * @throws Refusal `network.malformed`, `network.too_wide`, `network.known`
 */
export async function addNetwork(deps: Deps, actor: Actor, given: NewNetwork): Promise<OfficeNetwork> {
  requirePermission(actor, 'network.manage');
  const { address, prefix } = blockOf(given.network);
  const at = deps.clock.now();
  const row = { network: `${address}/${prefix}`, note: given.note, added_by: actor.name, added_at: at };
  return await inTx(deps.db, async (tx) => {
    const network = await insertNetwork(tx, actor.cityCode, row).catch((error: unknown) => {
      // Address bits behind the prefix: the database tells whether it is a whole block.
      if (sqlState(error) !== '22P02') throw error;
      throw new Refusal('network.malformed', {}, { field: 'network' });
    });
    if (network === undefined) throw new Refusal('network.known', {}, { field: 'network' });
    await audit(tx, {
      actor,
      action: 'network.added',
      subjectKind: 'network',
      subjectId: network,
      detail: { note: given.note },
      cityCode: actor.cityCode,
      at,
    });
    return viewOf({ ...row, network });
  });
}

/** Takes a network off the list. @throws Refusal `network.malformed`, `network.unknown` */
export async function removeNetwork(deps: Deps, actor: Actor, text: string): Promise<void> {
  requirePermission(actor, 'network.manage');
  const { address, prefix } = blockOf(text);
  const network = `${address}/${prefix}`;
  await inTx(deps.db, async (tx) => {
    if (!(await deleteNetwork(tx, actor.cityCode, network))) throw new Refusal('network.unknown');
    await audit(tx, {
      actor,
      action: 'network.removed',
      subjectKind: 'network',
      subjectId: network,
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    });
  });
}

/** The list as requests meet it: remembered for some seconds, so that a rating costs no query. */
export interface OfficeNetworks {
  /** Whether the address belongs to the city's office; at once where the list is remembered. */
  holds(cityCode: string, address: string): boolean | Promise<boolean>;
}

interface Remembered {
  /** null while the city has none, as most have */
  readonly list: BlockList | null;
  /** milliseconds of the clock */
  readonly since: number;
}

export function officeNetworks({ clock, db }: Pick<Deps, 'clock' | 'db'>): OfficeNetworks {
  const known = new Map<string, Remembered>();
  const loading = new Map<string, Promise<Remembered>>();
  const load = async (cityCode: string): Promise<Remembered> => {
    try {
      const rows = await listNetworks(db.app, cityCode);
      const made = { list: listOf(rows), since: clock.now().getTime() };
      known.set(cityCode, made);
      return made;
    } finally {
      loading.delete(cityCode);
    }
  };
  const loaded = (cityCode: string): Promise<Remembered> => {
    const under = loading.get(cityCode) ?? load(cityCode);
    loading.set(cityCode, under);
    return under;
  };
  return {
    holds(cityCode, address) {
      const remembered = known.get(cityCode);
      const age = clock.now().getTime() - (remembered?.since ?? 0);
      if (remembered && age >= 0 && age < REMEMBER_MS) return isIn(remembered.list, address);
      return loaded(cityCode).then(({ list }) => isIn(list, address));
    },
  };
}

function listOf(rows: readonly NetworkRow[]): BlockList | null {
  if (rows.length === 0) return null;
  const list = new BlockList();
  for (const { network } of rows) {
    const { address, prefix, family } = blockOf(network);
    list.addSubnet(address, prefix, family);
  }
  return list;
}

function isIn(list: BlockList | null, address: string): boolean {
  if (list === null) return false;
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
