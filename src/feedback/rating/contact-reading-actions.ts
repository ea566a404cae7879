import type { Deps } from '../../platform/deps.ts';
import { receiptCode } from './actions.ts';
import { type Contact, keyOf, openContact, type Rated } from './contact-actions.ts';
import { findContact } from './contact-store.ts';
import type { Level } from './rating.ts';

/** What was left with a rating to be contacted by; undefined where nothing was, or it is erased. */
export async function contactOfRating(
  { db, keys }: Deps,
  rated: Rated,
): Promise<{ receipt: string; level: Level; contact: Contact } | undefined> {
  const row = await findContact(db.app, rated.cityCode, keyOf(rated));
  if (row === undefined) return undefined;
  const level = row.satisfaction as Level;
  return { receipt: receiptCode(row.receipt), level, contact: openContact(keys, row) };
}
