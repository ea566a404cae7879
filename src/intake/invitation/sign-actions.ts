import { isoMoment } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { randomBytesFast } from '../../platform/crypto.ts';
import { pageOf } from '../../platform/cursor.ts';
import { inTx, type Reader, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { afterKey, withinPrefix } from '../../registry/region/index.ts';
import { readSignCode, SIGN_BYTES, signCodeOf } from './sign.ts';
import type {
  SignEnding,
  SignIssue,
  SignPrintQuery,
  SignQuery,
  SignState,
  SignView,
} from './sign-contract.ts';
import { endSigns, findSign, insertSigns, listSigns, type SignFilter, type SignRow } from './sign-store.ts';

/** Windows of one print job or one stroke of the pen. */
const AT_ONCE = 500;

/** What a scanned sign says: its window, and whether it still holds. */
export interface Sign {
  readonly code: string;
  readonly cityCode: string;
  readonly windowCode: string;
  readonly windowName: string;
  readonly departmentCode: string;
  readonly departmentName: string;
  readonly state: SignState;
}

/** The sign of a code; undefined when no such sign was ever made. */
export async function signByCode(reader: Reader, text: string): Promise<Sign | undefined> {
  const read = readSignCode(text);
  if (read === undefined) return undefined;
  const { code, cityCode } = read;
  const row = await findSign(reader, cityCode, code);
  return (
    row && {
      code,
      cityCode,
      windowCode: row.window_code,
      windowName: row.window_name,
      departmentCode: row.department_code,
      departmentName: row.department_name,
      state: row.ended_as ?? 'live',
    }
  );
}

function reachOf(actor: Actor): Pick<SignFilter, 'cityCode' | 'regionPrefix' | 'departmentCode'> {
  return { ...actor.scope, cityCode: actor.cityCode };
}

/** The hall of a county has its townships with it; that of the city stands for itself. */
function withinHall(region: string | undefined): string {
  return region?.endsWith('00000000') ? region : withinPrefix(region);
}

/** The address that a sign's QR code leads to. */
function signUrl(deps: Pick<Deps, 'config'>, code: string): string {
  return `${deps.config.publicUrl}/w/${code}`;
}

/** What the list shows is what is made and printed: one reading of the filter for all three. */
function filterOf({ q, department, region, held }: Omit<SignIssue, 'windows'>) {
  return {
    q,
    department,
    within: withinHall(region),
    held: held === undefined ? undefined : held === 'true',
  };
}

/** A page of windows within reach, each with its sign. */
export async function signs(deps: Deps, actor: Actor, query: SignQuery) {
  const { cursor, limit } = query;
  const rows = await listSigns(deps.db.app, {
    ...reachOf(actor),
    ...filterOf(query),
    after: afterKey(cursor),
    limit: limit + 1,
  });
  return pageOf(
    rows,
    limit,
    (row) => viewOf(deps, row),
    (row) => [row.window_code],
  );
}

function viewOf(deps: Deps, row: SignRow): SignView {
  const code = row.sign_code;
  return {
    windowCode: row.window_code,
    windowName: row.window_name,
    departmentCode: row.department_code,
    departmentName: row.department_name,
    regionCode: row.region_code,
    regionName: row.region_name,
    signCode: code,
    state: code === null ? null : (row.ended_as ?? 'live'),
    url: code !== null && row.ended_as === null ? signUrl(deps, code) : null,
    issuedAt: row.issued_at && isoMoment(row.issued_at),
    issuedBy: row.issued_by,
    endedAt: row.ended_at && isoMoment(row.ended_at),
    reason: row.reason,
  };
}

/**
 * Makes signs for windows that have none; those that have one keep it.
 * @throws Refusal `sign.unknown_window`, `sign.no_windows`, `sign.too_many`
 */
export async function issueSigns(deps: Deps, actor: Actor, given: SignIssue) {
  requirePermission(actor, 'sign.manage');
  const rows = await chosen(deps.db.app, actor, given);
  const without = rows.filter((row) => row.sign_code === null || row.ended_as !== null);
  const done = await inTx(deps.db, (tx) =>
    putUp(tx, deps, actor, { windows: without.map((row) => row.window_code), action: 'sign.issued' }),
  );
  return { done, unchanged: rows.length - done };
}

/**
 * Ends the signs of the windows and puts others in their place, at one stroke.
 * @throws Refusal `sign.unknown_window`
 */
export async function replaceSigns(deps: Deps, actor: Actor, { windows, reason }: SignEnding) {
  requirePermission(actor, 'sign.manage');
  const rows = await chosen(deps.db.app, actor, { windows });
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const by = actor.name;
    const { cityCode } = actor;
    const ended = await endSigns(tx, cityCode, { windows, as: 'replaced', at, by, reason });
    const done = await putUp(tx, deps, actor, { windows: ended, action: 'sign.replaced', reason });
    return { done, unchanged: rows.length - done };
  });
}

/** Ends the signs of the windows without another. @throws Refusal `sign.unknown_window` */
export async function revokeSigns(deps: Deps, actor: Actor, { windows, reason }: SignEnding) {
  requirePermission(actor, 'sign.manage');
  const rows = await chosen(deps.db.app, actor, { windows });
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const by = actor.name;
    const ended = await endSigns(tx, actor.cityCode, { windows, as: 'revoked', at, by, reason });
    await note(tx, actor, { action: 'sign.revoked', windows: ended, at, reason });
    return { done: ended.length, unchanged: rows.length - ended.length };
  });
}

async function putUp(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  { windows, action, reason }: { windows: readonly string[]; action: string; reason?: string },
): Promise<number> {
  if (windows.length === 0) return 0;
  const at = deps.clock.now();
  const rows = windows.map((code) => ({
    sign_code: signCodeOf(actor.cityCode, randomBytesFast(SIGN_BYTES)),
    window_code: code,
  }));
  const done = await insertSigns(tx, actor.cityCode, { rows, at, by: actor.name });
  await note(tx, actor, { action, windows, at, reason });
  return done;
}

async function note(
  tx: Tx,
  actor: Actor,
  event: { action: string; windows: readonly string[]; at: Date; reason?: string | undefined },
): Promise<void> {
  const { action, windows, at, reason } = event;
  if (windows.length === 0) return;
  await audit(tx, {
    actor,
    action,
    subjectKind: 'sign',
    subjectId: windows.length === 1 ? (windows[0] ?? '') : '',
    detail: { windows },
    ...(reason === undefined ? {} : { reason }),
    cityCode: actor.cityCode,
    at,
  });
}

/** The windows that are named, or all that the filter covers; each must be in reach. */
async function chosen(reader: Reader, actor: Actor, { windows, ...filter }: SignIssue): Promise<SignRow[]> {
  const rows = await listSigns(reader, {
    ...reachOf(actor),
    windows,
    ...filterOf(filter),
    limit: AT_ONCE + 1,
  });
  if (rows.length > AT_ONCE) throw new Refusal('sign.too_many', { limit: AT_ONCE });
  const known = new Set(rows.map((row) => row.window_code));
  const unknown = windows?.find((code) => !known.has(code));
  if (unknown !== undefined) throw new Refusal('sign.unknown_window', { window: unknown });
  if (rows.length === 0) throw new Refusal('sign.no_windows');
  return rows;
}

/** A sign as it is printed. */
export interface PrintedSign {
  readonly code: string;
  readonly url: string;
  readonly windowCode: string;
  readonly windowName: string;
  readonly departmentName: string;
}

/** The signs that hold for the windows, to be printed in one job. @throws Refusal `sign.none` */
export async function signsToPrint(
  deps: Deps,
  actor: Actor,
  { windows, size: _, lang: __, ...filter }: SignPrintQuery,
): Promise<PrintedSign[]> {
  const named = windows?.split(',').filter((code) => code !== '');
  const rows = await chosen(deps.db.app, actor, { ...filter, windows: named });
  const printed = rows.flatMap((row) =>
    row.sign_code === null || row.ended_as !== null
      ? []
      : [
          {
            code: row.sign_code,
            url: signUrl(deps, row.sign_code),
            windowCode: row.window_code,
            windowName: row.window_name,
            departmentName: row.department_name,
          },
        ],
  );
  if (printed.length === 0) throw new Refusal('sign.none');
  return printed;
}
