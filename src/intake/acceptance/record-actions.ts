import { Refusal } from '../../kernel/refusal.ts';
import type { Reader } from '../../platform/db.ts';
import type { Verb } from './contract.ts';
import { countVerb, handledBy, listDecided, listRecords } from './record-store.ts';
import { type ApplicationRecord, findApplication } from './store.ts';

/** @throws Refusal `acceptance.unknown` */
export async function applicationRecord(
  reader: Reader,
  cityCode: string,
  projectNo: string,
): Promise<ApplicationRecord> {
  const found = await findApplication(reader, cityCode, projectNo);
  if (found === undefined) throw new Refusal('acceptance.unknown');
  return found;
}

/** Cases by number. */
export async function applicationRecords(
  reader: Reader,
  cityCode: string,
  projectNos: readonly string[],
): Promise<Map<string, ApplicationRecord>> {
  const rows = await listRecords(reader, cityCode, projectNos);
  return new Map(rows.map((row) => [row.project_no, row]));
}

/** Cases of the halls whose result waits to be handed out, the oldest first. */
export async function decidedCases(
  reader: Reader,
  cityCode: string,
  sought: { halls: readonly string[]; q?: string | undefined; limit: number },
): Promise<ApplicationRecord[]> {
  return await listDecided(reader, cityCode, sought);
}

/** Whoever handled a case at the counter: took it in, decided on its papers, took what followed. */
export async function handlersOf(
  reader: Reader,
  cityCode: string,
  projectNo: string,
): Promise<ReadonlySet<string>> {
  return new Set(await handledBy(reader, cityCode, projectNo));
}

/** How often something was done with a case. */
export async function timesDone(
  reader: Reader,
  cityCode: string,
  projectNo: string,
  verb: Verb,
): Promise<number> {
  return await countVerb(reader, cityCode, { projectNo, verb });
}
