import { ratableFrom } from '../../intake/case/index.ts';
import { type Invitation, linkChannels, secondTokenFor } from '../../intake/invitation/index.ts';
import { assert } from '../../kernel/assert.ts';
import { firstDay } from '../../kernel/month.ts';
import { parseStepId, unpackRecordNumber } from '../../kernel/record-number.ts';
import type { Reader, Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { receiptCode } from './actions.ts';
import { findSecondStanding, insertSecondOpening } from './second-store.ts';

/**
 * Lets a service be rated a second time, for as many days as the first: its bad rating has been answered.
 * Answers whether that is new.
 */
export async function openSecondRating(
  tx: Tx,
  cityCode: string,
  { stepId, at }: { stepId: string; at: Date },
): Promise<boolean> {
  const number = unpackRecordNumber(stepId);
  assert(number !== undefined, 'a rated step has a record number');
  const until = ratableFrom(at);
  return await insertSecondOpening(tx, cityCode, { stepId, month: firstDay(number.month), at, until });
}

/** The second rating of a service, where there may be one: its link, until when, and whether it was given. */
export interface SecondRating {
  readonly url: string;
  readonly until: Date;
  /** receipt of the second rating */
  readonly receipt: string | null;
}

export async function secondRatingOf(
  deps: Pick<Deps, 'config' | 'keys'>,
  reader: Reader,
  cityCode: string,
  stepId: string,
): Promise<SecondRating | undefined> {
  const row = (await findSecondStanding(reader, cityCode, [stepId])).get(stepId);
  const id = parseStepId(stepId);
  if (row === undefined || id === undefined) return undefined;
  const token = secondTokenFor(deps.keys, id, linkChannels.mobile);
  return {
    url: `${deps.config.publicUrl}/r/${token}`,
    until: row.ratable_until,
    receipt: row.receipt && receiptCode(row.receipt),
  };
}

/** Where whoever holds the link of a first rating gives the second; null where there is nothing to give. */
export async function secondLinkOf(
  deps: Pick<Deps, 'clock' | 'config' | 'db' | 'keys'>,
  { cityCode, stepId, assessNumber }: Invitation,
): Promise<string | null> {
  if (assessNumber === 2) return null;
  const second = await secondRatingOf(deps, deps.db.app, cityCode, stepId);
  const open = second !== undefined && second.receipt === null && deps.clock.now() < second.until;
  return open ? second.url : null;
}
