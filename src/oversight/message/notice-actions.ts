import { randomUUID } from 'node:crypto';
import { inTx, type Reader } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emit } from '../../platform/facts.ts';
import { deputiesNow, isLent, type Permission, parseScope } from '../access/index.ts';
import { isMeant, type Reach } from './audience.ts';
import { deliveriesPlanned } from './fact.ts';
import type { MessageKind, Params } from './kind.ts';
import { type CalendarOf, type Place, planDeliveries } from './plan-actions.ts';
import { type Candidate, findCandidates, insertMessages } from './store.ts';

/** Who is to be told: chosen by role and scope, or by name. */
export interface Audience extends Reach {
  /** what their role must allow */
  readonly permission?: Permission;
  readonly accounts?: readonly string[];
  readonly staff?: readonly string[];
}

/** What somebody is to be told of a fact. */
export interface Notice {
  readonly cityCode: string;
  readonly kind: MessageKind;
  /** names the fact: told again under the same key, nobody hears of it twice */
  readonly factKey: string;
  readonly params: Params;
  /** path below /admin */
  readonly link: string;
  readonly audience: Audience;
  /** where it belongs, for the group robots of that part of the hall; null: none of them */
  readonly place: Place | null;
}

/** Tells people of facts, each of them once, however often the fact comes. */
export async function notify(deps: Deps, calendarOf: CalendarOf, notices: readonly Notice[]): Promise<void> {
  const at = deps.clock.now();
  for (const notice of notices) {
    const { cityCode, kind, factKey, params, link } = notice;
    const people = await told(deps, notice);
    await inTx(deps.db, async (tx) => {
      const rows = people.map((userId) => ({
        message_id: randomUUID(),
        user_id: userId,
        kind,
        fact_key: factKey,
        params,
        link,
      }));
      const userIds = await insertMessages(tx, cityCode, rows, at);
      const planned = await planDeliveries(tx, notice, { userIds, at, calendarOf });
      if (planned > 0) await emit(tx, deliveriesPlanned, { cityCode });
    });
  }
}

/** Those who are meant, and whoever stands in today for one of them with what it is about. */
async function told(deps: Deps, notice: Notice): Promise<string[]> {
  const { cityCode, audience, link } = notice;
  const ids = (await meantBy(deps.db.app, notice)).map(({ id }) => id);
  // Whoever is told by name is told of the own things, of which a deputy has the orders only.
  const lent = audience.permission ? isLent(audience.permission) : link.startsWith('/orders/');
  if (!lent) return ids;
  const { except } = audience;
  const deputies = (await deputiesNow(deps, cityCode, ids)).filter(({ id, staff_no: staffNo }) =>
    isMeant(except === undefined ? {} : { except }, { id, staffNo }),
  );
  return [...new Set([...ids, ...deputies.map(({ id }) => id)])];
}

async function meantBy(reader: Reader, { cityCode, audience }: Notice): Promise<Candidate[]> {
  const { permission = null, accounts = null, staff = null } = audience;
  const found = await findCandidates(reader, cityCode, { permission, ids: accounts, staff });
  return found.filter(({ id, staff_no: staffNo, scope_code: code }) => {
    const scope = code === null ? { cityCode } : parseScope(code, cityCode);
    return scope !== undefined && isMeant(audience, { id, staffNo, ...scope });
  });
}
